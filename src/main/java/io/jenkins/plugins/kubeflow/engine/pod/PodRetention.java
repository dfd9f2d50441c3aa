package io.jenkins.plugins.kubeflow.engine.pod;

import io.jenkins.plugins.kubeflow.engine.run.AttemptResult.Outcome;

/** Which pods stay after their attempt has ended, for looking into them; they go with their run's anchor at the latest. */
public enum PodRetention {
    NEVER,
    ON_FAILURE,
    ALWAYS;

    public boolean keeps(Outcome outcome) {
        return this == ALWAYS || (this == ON_FAILURE && outcome != Outcome.SUCCEEDED && outcome != Outcome.CANCELED);
    }
}
