package io.jenkins.plugins.kubeflow.engine.pod.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.ArrayList;
import java.util.List;

/** {@code tolerations}; the JSON form may be one or a list of them. */
final class Tolerations {
    private Tolerations() {}

    static void apply(JsonNode config, PodDraft pod) throws InvalidPodException {
        List<Toleration> tolerations = new ArrayList<>();
        for (JsonNode entry : config.path("tolerations")) {
            JsonNode json = PlatformValue.reference(entry, "tolerationJson");
            if (json == null) {
                tolerations.add(new Toleration(
                        PlatformValue.text(entry, "effect"),
                        PlatformValue.text(entry, "key"),
                        PlatformValue.text(entry, "operator"),
                        PlatformValue.number(entry, "tolerationSeconds", "tolerationSeconds"),
                        PlatformValue.text(entry, "value")));
            } else if (json.isArray()) {
                for (JsonNode one : json) {
                    tolerations.add(PodYaml.object(one, Toleration.class, "a toleration"));
                }
            } else if (!json.isNull() && !json.isEmpty()) {
                tolerations.add(PodYaml.object(json, Toleration.class, "a toleration"));
            } else if (!json.isNull() && !json.isObject()) {
                throw new InvalidPodException("a toleration is neither an object nor a list: " + json);
            }
        }
        if (pod.taskConfig().takes(TaskConfig.Field.KUBERNETES_TOLERATIONS)) {
            pod.taskConfig().tolerations(tolerations);
        }
        if (pod.taskConfig().leaves(TaskConfig.Field.KUBERNETES_TOLERATIONS)) {
            pod.spec().getTolerations().addAll(tolerations);
        }
    }
}
