package io.jenkins.plugins.kubeflow.engine.graph;

/** States of a run; the last three are final. */
public enum RunState {
    PENDING,
    RUNNING,
    CANCELING,
    SUCCEEDED,
    FAILED,
    CANCELED;

    public boolean isFinal() {
        return ordinal() >= SUCCEEDED.ordinal();
    }
}
