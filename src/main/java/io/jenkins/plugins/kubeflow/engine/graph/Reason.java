package io.jenkins.plugins.kubeflow.engine.graph;

/** Why a task was skipped (first four) or failed. */
public enum Reason {
    CONDITION_FALSE,
    UPSTREAM_FAILED,
    UPSTREAM_SKIPPED,
    RUN_CANCELED,
    /** The user's code failed; for a DAG, loop or iteration: a task in it did. */
    USER,
    /** Something under the user's code failed: a lost process or pod, no image, no disk. */
    PLATFORM,
    /** The pipeline itself is wrong in a way that only shows at run time: an input without value, a condition that cannot be evaluated. */
    SPEC,
    TIMEOUT
}
