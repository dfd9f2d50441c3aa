package io.jenkins.plugins.kubeflow.engine.pod;

/** Where the claim that keeps pip's downloads and wheels is mounted. */
final class PipCache {
    static final String MOUNT = "/kfp-python";
    static final String VOLUME = "kfp-python";

    private PipCache() {}
}
