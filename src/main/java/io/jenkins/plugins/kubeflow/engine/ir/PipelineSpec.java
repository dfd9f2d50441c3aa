package io.jenkins.plugins.kubeflow.engine.ir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A compiled pipeline as read from IR 2.1.0, checked and immutable. {@code document} is the PipelineSpec exactly as written
 * (for "view spec" and hashing); everything else is derived from it. {@code platform} is never null, only empty.
 */
public record PipelineSpec(
        String name,
        String displayName,
        String description,
        String schemaVersion,
        String sdkVersion,
        String defaultPipelineRoot,
        ComponentSpec root,
        Map<String, ComponentSpec> components,
        Map<String, ExecutorSpec> executors,
        PlatformSpec platform,
        JsonNode document) {

    /** The component that a task runs; the checker guarantees that it exists. */
    public ComponentSpec component(TaskSpec task) {
        return components.get(task.component());
    }

    /** The executor of a component without a DAG; the checker guarantees that it exists. */
    public ExecutorSpec executor(ComponentSpec component) {
        return executors.get(component.executorLabel());
    }
}
