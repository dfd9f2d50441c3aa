package io.jenkins.plugins.kubeflow.engine.ir;

/** Something wrong with a document: where ({@code path} in the document, {@code line} from 1, 0 if unknown) and what to do about it. */
public record Problem(String file, String path, int line, String message) {
    @Override
    public String toString() {
        String place = file + (line > 0 ? ":" + line : "");
        return (place + ": " + message).replaceAll("\\p{Cntrl}", "�");
    }
}
