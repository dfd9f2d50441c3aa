package io.jenkins.plugins.kubeflow.engine.ir;

/** The file is not a document at all: not YAML, too large, too deep. */
final class DocumentException extends Exception {
    private static final long serialVersionUID = 1L;
    final int line;

    DocumentException(int line, String message) {
        super(message);
        this.line = line;
    }
}
