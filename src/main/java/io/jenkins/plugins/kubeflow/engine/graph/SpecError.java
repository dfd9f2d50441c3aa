package io.jenkins.plugins.kubeflow.engine.graph;

/** A mistake in the pipeline that shows only at run time; the task fails with {@link Reason#SPEC} and this message. */
final class SpecError extends Exception {
    private static final long serialVersionUID = 1L;

    SpecError(String message) {
        super(message);
    }
}
