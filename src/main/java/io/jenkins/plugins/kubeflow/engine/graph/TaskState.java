package io.jenkins.plugins.kubeflow.engine.graph;

/** States of a task; the last five are final. */
public enum TaskState {
    /** Its dependencies are not final yet. */
    PENDING,
    /** Ready, but not running yet: waits for a permit, a retry's delay, its cache lookup, its pod. */
    WAITING,
    RUNNING,
    SUCCEEDED,
    CACHED,
    SKIPPED,
    FAILED,
    CANCELED;

    public boolean isFinal() {
        return ordinal() >= SUCCEEDED.ordinal();
    }

    /** Whether its outputs can be used and its dependants may start. */
    public boolean isSuccess() {
        return this == SUCCEEDED || this == CACHED;
    }
}
