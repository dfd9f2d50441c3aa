package io.jenkins.plugins.kubeflow.engine.schedule;

/** A schedule cannot be read; the message quotes it and names the field. */
public final class ScheduleException extends Exception {
    private static final long serialVersionUID = 1L;

    public ScheduleException(String message) {
        super(message);
    }
}
