package io.jenkins.plugins.kubeflow.engine.pod.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;

/** {@code pvcMount}, in the spellings of all SDK versions: {@code pvcNameParameter}, a constant, or a reference in the entry itself. */
final class ClaimMounts {
    private ClaimMounts() {}

    static void apply(JsonNode config, PodDraft pod) throws InvalidPodException {
        for (JsonNode entry : config.path("pvcMount")) {
            JsonNode merged = entry;
            if (!entry.has("pvcNameParameter") && entry.has("runtimeValue")) {
                merged = JsonNodeFactory.instance.objectNode().set("pvcNameParameter", entry);
            }
            String name = PlatformValue.name(merged, "pvcNameParameter", "constant", "pvcMount");
            if (name != null) {
                String volume = VolumeNames.of(name);
                pod.volume(
                        new VolumeBuilder().withName(volume).withNewPersistentVolumeClaim(name, null).build(),
                        new VolumeMountBuilder()
                                .withMountPath(entry.path("mountPath").asText())
                                .withSubPath(PlatformValue.text(entry, "subPath"))
                                .build(),
                        VolumeNames.of("pvc." + name));
            }
        }
    }
}
