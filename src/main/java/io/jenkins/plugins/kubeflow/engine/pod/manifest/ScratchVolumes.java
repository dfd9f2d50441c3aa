package io.jenkins.plugins.kubeflow.engine.pod.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;

/** Volumes that live as long as the pod: {@code genericEphemeralVolume}, {@code emptyDirMounts}, {@code enabledSharedMemory}. */
final class ScratchVolumes {
    private ScratchVolumes() {}

    static void apply(JsonNode config, PodDraft pod) throws InvalidPodException {
        for (JsonNode entry : config.path("genericEphemeralVolume")) {
            String name = entry.path("volumeName").asText();
            PersistentVolumeClaimSpec claim = new PersistentVolumeClaimSpecBuilder()
                    .withAccessModes(AccessModes.of(PlatformValue.texts(entry.path("accessModes"))))
                    .withStorageClassName(entry.path("defaultStorageClass").asBoolean() ? null : entry.path("storageClassName").asText(""))
                    .withNewResources()
                    .addToRequests("storage", PlatformValue.quantity(entry.path("size").asText(), "the size of volume ‘" + name + "’"))
                    .endResources()
                    .build();
            mount(pod, entry, new VolumeBuilder().withName(name)
                    .withNewEphemeral().withNewVolumeClaimTemplate()
                    .withNewMetadata()
                    .withLabels(PlatformValue.map(entry.path("metadata").path("labels")))
                    .withAnnotations(PlatformValue.map(entry.path("metadata").path("annotations")))
                    .endMetadata()
                    .withSpec(claim)
                    .endVolumeClaimTemplate().endEphemeral()
                    .build());
        }
        for (JsonNode entry : config.path("emptyDirMounts")) {
            mount(pod, entry, emptyDir(entry.path("volumeName").asText(), PlatformValue.text(entry, "medium"), PlatformValue.text(entry, "sizeLimit")));
        }
        JsonNode shared = config.path("enabledSharedMemory");
        if (!shared.isEmpty()) {
            String name = PlatformValue.text(shared, "volumeName") == null ? "shm" : shared.path("volumeName").asText();
            pod.namedVolume(emptyDir(name, "Memory", PlatformValue.text(shared, "size")));
            pod.main().getVolumeMounts().add(new VolumeMountBuilder().withName(name).withMountPath("/dev/shm").build());
        }
    }

    private static Volume emptyDir(String name, String medium, String size) throws InvalidPodException {
        EmptyDirVolumeSource source = new EmptyDirVolumeSource();
        source.setMedium(medium);
        source.setSizeLimit(size == null ? null : PlatformValue.quantity(size, "the size limit of volume ‘" + name + "’"));
        return new VolumeBuilder().withName(name).withEmptyDir(source).build();
    }

    private static void mount(PodDraft pod, JsonNode entry, Volume volume) throws InvalidPodException {
        pod.namedVolume(volume);
        pod.main().getVolumeMounts().add(
                new VolumeMountBuilder().withName(volume.getName()).withMountPath(entry.path("mountPath").asText()).build());
    }
}
