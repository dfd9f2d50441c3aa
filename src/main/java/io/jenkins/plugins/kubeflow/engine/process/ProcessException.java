package io.jenkins.plugins.kubeflow.engine.process;

import io.jenkins.plugins.kubeflow.engine.run.AttemptResult;

/** A step cannot be started, for a reason that is a sentence for people. {@link #outcome} says whose fault it is; it is null when trying again would
 * not help, see {@link #isImpossible}. */
final class ProcessException extends Exception {
    private static final long serialVersionUID = 1;

    private final AttemptResult.Outcome outcome;

    private ProcessException(AttemptResult.Outcome outcome, String message) {
        super(message);
        this.outcome = outcome;
    }

    static ProcessException user(String message) {
        return new ProcessException(AttemptResult.Outcome.USER_FAILED, message);
    }

    static ProcessException platform(String message) {
        return new ProcessException(AttemptResult.Outcome.PLATFORM_FAILED, message);
    }

    /** Nothing can be run as things are: the sentence ends with what to do first, as an order that goes on with "and resume it". */
    static ProcessException impossible(String message) {
        return new ProcessException(null, message);
    }

    boolean isImpossible() {
        return outcome == null;
    }

    AttemptResult.Outcome outcome() {
        return outcome;
    }

    AttemptResult result() {
        return AttemptResult.failed(outcome, null, getMessage());
    }
}
