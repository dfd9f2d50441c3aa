package io.jenkins.plugins.kubeflow.engine.task;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import java.util.List;
import java.util.Map;

/** What a finished task produced. */
public record TaskOutputs(Map<String, JsonNode> parameters, Map<String, List<Artifact>> artifacts) {
    public static final TaskOutputs NONE = new TaskOutputs(Map.of(), Map.of());
}
