package io.jenkins.plugins.kubeflow.engine.pod.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;

/** {@code secretAsVolume}, {@code secretAsEnv}. */
final class Secrets {
    private Secrets() {}

    static void apply(JsonNode config, PodDraft pod) throws InvalidPodException {
        for (JsonNode entry : config.path("secretAsVolume")) {
            String name = PlatformValue.name(entry, "secretNameParameter", "secretName", "secretAsVolume");
            if (name != null) {
                String volume = VolumeNames.of(name);
                pod.volume(
                        new VolumeBuilder().withName(volume)
                                .withNewSecret().withSecretName(name).withOptional(entry.path("optional").asBoolean()).endSecret()
                                .build(),
                        new VolumeMountBuilder().withMountPath(entry.path("mountPath").asText()).build(),
                        VolumeNames.of("secret." + name));
            }
        }
        for (JsonNode entry : config.path("secretAsEnv")) {
            String name = PlatformValue.name(entry, "secretNameParameter", "secretName", "secretAsEnv");
            if (name == null) {
                continue;
            }
            for (JsonNode key : entry.path("keyToEnv")) {
                pod.environment(new EnvVarBuilder().withName(key.path("envVar").asText())
                        .withNewValueFrom()
                        .withNewSecretKeyRef(key.path("secretKey").asText(), name, PlatformValue.bool(entry, "optional"))
                        .endValueFrom()
                        .build());
            }
        }
    }
}
