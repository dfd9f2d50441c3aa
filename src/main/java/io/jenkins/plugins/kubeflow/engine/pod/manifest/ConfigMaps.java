package io.jenkins.plugins.kubeflow.engine.pod.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;

/** {@code configMapAsVolume}, {@code configMapAsEnv}. */
final class ConfigMaps {
    private ConfigMaps() {}

    static void apply(JsonNode config, PodDraft pod) throws InvalidPodException {
        for (JsonNode entry : config.path("configMapAsVolume")) {
            String name = PlatformValue.name(entry, "configMapNameParameter", "configMapName", "configMapAsVolume");
            if (name != null) {
                String volume = VolumeNames.of(name);
                pod.volume(
                        new VolumeBuilder().withName(volume)
                                .withNewConfigMap().withName(name).withOptional(entry.path("optional").asBoolean()).endConfigMap()
                                .build(),
                        new VolumeMountBuilder().withMountPath(entry.path("mountPath").asText()).build(),
                        VolumeNames.of("config-map." + name));
            }
        }
        for (JsonNode entry : config.path("configMapAsEnv")) {
            String name = PlatformValue.name(entry, "configMapNameParameter", "configMapName", "configMapAsEnv");
            if (name == null) {
                continue;
            }
            for (JsonNode key : entry.path("keyToEnv")) {
                pod.environment(new EnvVarBuilder().withName(key.path("envVar").asText())
                        .withNewValueFrom()
                        .withNewConfigMapKeyRef(key.path("configMapKey").asText(), name, PlatformValue.bool(entry, "optional"))
                        .endValueFrom()
                        .build());
            }
        }
    }
}
