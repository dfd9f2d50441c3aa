package io.jenkins.plugins.kubeflow.engine.graph;

/** What a task is; in JSON in lower case. */
public enum TaskKind {
    CONTAINER,
    IMPORTER,
    DAG,
    LOOP,
    ITERATION;

    public String json() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
