package io.jenkins.plugins.kubeflow.job;

/** What holds pipelines and has a say in whether they may run. */
public interface RunGroup {
    /** False: nothing in it starts any more, neither by hand nor by a schedule. */
    boolean acceptsRuns();
}
