package io.jenkins.plugins.kubeflow.engine.pod;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.jenkins.plugins.kubeflow.engine.pod.manifest.AccessModes;
import io.jenkins.plugins.kubeflow.engine.pod.manifest.InvalidPodException;
import io.jenkins.plugins.kubeflow.engine.run.TaskLaunch;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** The run's workspace ({@code pipelineConfig.workspace}, kfp.md 1.7): one claim per run, mounted in each of its pods, gone with its anchor. */
final class Workspace {
    private static final Set<String> PATCHABLE = Set.of("accessModes", "storageClassName");

    private Workspace() {}

    static boolean isWanted(TaskLaunch launch) {
        return launch.pipelinePlatform().path("workspace").has("kubernetes");
    }

    static String claimName(TaskLaunch launch) {
        return PodNames.anchor(launch.run().runId()) + "-kfp-workspace";
    }

    static PersistentVolumeClaim claim(TaskLaunch launch, PodOptions options) throws InvalidPodException {
        JsonNode workspace = launch.pipelinePlatform().path("workspace");
        JsonNode patch = workspace.path("kubernetes").path("pvcSpecPatch");
        for (Iterator<String> keys = patch.fieldNames(); keys.hasNext(); ) {
            String key = keys.next();
            if (!PATCHABLE.contains(key)) {
                throw new InvalidPodException("the pipeline's workspace sets ‘" + key + "’; only " + PATCHABLE + " can be set");
            }
        }
        List<String> modes = new ArrayList<>();
        patch.path("accessModes").forEach(mode -> modes.add(mode.asText()));
        String size = workspace.path("size").asText();
        if (size.isEmpty()) {
            throw new InvalidPodException("the pipeline's workspace has no size");
        }
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(claimName(launch))
                .withNamespace(options.namespace())
                .addToLabels(PodNames.MANAGED_BY, PodNames.MANAGER)
                .addToLabels(PodNames.OWNER, PodNames.label(options.owner()))
                .addToLabels(PodNames.RUN, PodNames.label(launch.run().runId()))
                .addToAnnotations(PodNames.RUN_ID, launch.run().runId())
                .endMetadata()
                .withNewSpec()
                .withAccessModes(modes.isEmpty() ? List.of("ReadWriteOnce") : AccessModes.of(modes))
                .withStorageClassName(patch.hasNonNull("storageClassName") ? patch.get("storageClassName").asText() : null)
                .withNewResources().addToRequests("storage", new Quantity(size)).endResources()
                .endSpec()
                .build();
    }
}
