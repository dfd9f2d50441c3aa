package io.jenkins.plugins.kubeflow.engine.pod.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** Kubernetes objects as JSON and YAML, by the client's own rules (quantities, absent fields). */
public final class PodYaml {
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private PodYaml() {}

    public static String yaml(HasMetadata object) {
        return SERIALIZATION.asYaml(object);
    }

    public static <T extends HasMetadata> T read(String yaml, Class<T> type) {
        return SERIALIZATION.unmarshal(yaml, type);
    }

    static JsonNode json(Object value) {
        return SERIALIZATION.convertValue(value, JsonNode.class);
    }

    /** @param what names the field for the message when the JSON is not of this type */
    static <T> T object(JsonNode json, Class<T> type, String what) throws InvalidPodException {
        try {
            return SERIALIZATION.convertValue(json, type);
        } catch (IllegalArgumentException e) {
            throw new InvalidPodException(what + " is not a Kubernetes " + type.getSimpleName() + ": " + firstLine(e.getMessage()));
        }
    }

    private static String firstLine(String message) {
        int end = message == null ? -1 : message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
