package io.jenkins.plugins.kubeflow.engine.pod;

import io.jenkins.plugins.kubeflow.engine.run.AttemptResult.Outcome;

/** An artifact cannot be moved between a pod and its store, and another try would not help; ends the attempt with this sentence. */
final class TransferFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Outcome outcome;

    TransferFailure(Outcome outcome, String sentence) {
        super(sentence);
        this.outcome = outcome;
    }

    Outcome outcome() {
        return outcome;
    }
}
