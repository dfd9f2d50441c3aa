package io.jenkins.plugins.kubeflow.engine.pod.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;

/** {@code fieldPathAsEnv}: what the pod knows of itself as environment variables. */
final class FieldPaths {
    private FieldPaths() {}

    static void apply(JsonNode config, PodDraft pod) {
        for (JsonNode entry : config.path("fieldPathAsEnv")) {
            pod.environment(new EnvVarBuilder().withName(entry.path("name").asText())
                    .withNewValueFrom().withNewFieldRef(null, entry.path("fieldPath").asText()).endValueFrom()
                    .build());
        }
    }
}
