package io.jenkins.plugins.kubeflow.engine.graph;

import io.jenkins.plugins.kubeflow.engine.run.AttemptResult;
import io.jenkins.plugins.kubeflow.engine.run.Usage;
import java.time.Instant;

/**
 * One attempt of a task, immutable. {@code started} is when the step began to run, or when it was launched if it never did;
 * {@code ended}, {@code outcome}, {@code exitCode} and {@code message} are null while it lasts. {@code running} tells a step that
 * runs from one that is only on its way. {@code usage} is null where nobody knows it.
 */
public record Attempt(
        int number,
        String handle,
        String reference,
        boolean running,
        Instant started,
        Instant ended,
        AttemptResult.Outcome outcome,
        Integer exitCode,
        String message,
        Usage usage) {

    static Attempt launched(int number, String handle, Instant at) {
        return new Attempt(number, handle, null, false, at, null, null, null, null, null);
    }

    /** One that is found again after a restart has been running since it first was. */
    Attempt started(String newReference, Instant at) {
        return new Attempt(number, handle, newReference, true, running ? started : at, null, null, null, null, null);
    }

    Attempt ended(AttemptResult result, Instant at) {
        return new Attempt(
                number, handle, reference, running, started, at, result.outcome(), result.exitCode(), result.message(), result.usage());
    }

    /** The attempt's state as the result document names it. */
    public TaskState state() {
        if (outcome == null) {
            return running ? TaskState.RUNNING : TaskState.WAITING;
        }
        return switch (outcome) {
            case SUCCEEDED -> TaskState.SUCCEEDED;
            case CANCELED -> TaskState.CANCELED;
            case USER_FAILED, PLATFORM_FAILED, TIMED_OUT -> TaskState.FAILED;
        };
    }
}
