package io.jenkins.plugins.kubeflow.engine.ir;

import java.util.List;
import java.util.Map;

/** A component: an interface plus either a DAG or the label of an executor. Exactly one of the two is non-null. */
public record ComponentSpec(
        String name,
        Map<String, ParameterSpec> inputParameters,
        Map<String, ArtifactSpec> inputArtifacts,
        Map<String, ParameterSpec> outputParameters,
        Map<String, ArtifactSpec> outputArtifacts,
        String executorLabel,
        DagSpec dag,
        List<TaskConfigPassthrough> passthroughs) {

    /** A field of the task's own configuration handed to the component, and whether it also applies to the task's pod. */
    public record TaskConfigPassthrough(String field, boolean applyToTask) {}

    public boolean isDag() {
        return dag != null;
    }
}
