package io.jenkins.plugins.kubeflow.engine.run;

import io.jenkins.plugins.kubeflow.engine.task.TaskOutputs;

/**
 * How one attempt ended. {@code exitCode} is null when there was none; {@code message} is a sentence for people, null on success;
 * outputs count only for SUCCEEDED; {@code usage} is null where the runner does not know it.
 */
public record AttemptResult(Outcome outcome, Integer exitCode, String message, TaskOutputs outputs, Usage usage) {

    public enum Outcome {
        SUCCEEDED,
        /** The user's code ended with an error or broke its contract (missing output). */
        USER_FAILED,
        /** Not the user's fault: process or pod lost, evicted, no image, no disk. Has its own retry budget. */
        PLATFORM_FAILED,
        TIMED_OUT,
        CANCELED
    }

    public AttemptResult(Outcome outcome, Integer exitCode, String message, TaskOutputs outputs) {
        this(outcome, exitCode, message, outputs, null);
    }

    public static AttemptResult succeeded(TaskOutputs outputs) {
        return new AttemptResult(Outcome.SUCCEEDED, 0, null, outputs);
    }

    public static AttemptResult failed(Outcome outcome, Integer exitCode, String message) {
        return new AttemptResult(outcome, exitCode, message, TaskOutputs.NONE);
    }

    public AttemptResult withUsage(Usage used) {
        return used == null ? this : new AttemptResult(outcome, exitCode, message, outputs, used);
    }
}
