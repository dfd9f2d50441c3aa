package io.jenkins.plugins.kubeflow.engine.ir;

import java.util.List;
import java.util.Map;

/** The tasks of a DAG by key, in the order of the document, and where its outputs come from. */
public record DagSpec(
        Map<String, TaskSpec> tasks,
        Map<String, OutputSource> outputParameters,
        Map<String, OutputSource> outputArtifacts) {

    /** An output of a task of this DAG. */
    public record Selector(String task, String key) {}

    /**
     * Where an output of the DAG comes from: the first selector whose task succeeded or was cached. {@code oneOf} says that the
     * document offers alternatives (valueFromOneof, or several artifact selectors), of which one must have run if the value is used.
     */
    public record OutputSource(boolean oneOf, List<Selector> selectors) {}
}
