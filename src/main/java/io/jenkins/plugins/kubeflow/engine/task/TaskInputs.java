package io.jenkins.plugins.kubeflow.engine.task;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import java.util.List;
import java.util.Map;

/** The resolved inputs of a task: values of the declared type, component defaults applied, absent optionals left out. */
public record TaskInputs(Map<String, JsonNode> parameters, Map<String, List<Artifact>> artifacts) {
    public static final TaskInputs NONE = new TaskInputs(Map.of(), Map.of());
}
