package io.jenkins.plugins.kubeflow.engine.task;

/** A value does not fit; the message reads on after the name of the object: {@code is NUMBER_DOUBLE, got "fast"}. */
public final class ValueException extends Exception {
    private static final long serialVersionUID = 1L;

    public ValueException(String message) {
        super(message);
    }
}
