package io.jenkins.plugins.kubeflow.engine.ir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * The Kubernetes platform document: per executor label the KubernetesExecutorConfig as written, and the pipeline's own settings
 * (TTL, deadline, workspace). Both empty when the package has no platform document.
 */
public record PlatformSpec(Map<String, ObjectNode> executors, ObjectNode pipelineConfig, JsonNode document) {
    public static final PlatformSpec NONE =
            new PlatformSpec(Map.of(), JsonNodeFactory.instance.objectNode(), JsonNodeFactory.instance.missingNode());
}
