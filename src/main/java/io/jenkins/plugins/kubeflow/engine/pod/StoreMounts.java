package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.pod.manifest.InvalidPodException;
import io.jenkins.plugins.kubeflow.engine.run.TaskLaunch;
import io.jenkins.plugins.kubeflow.engine.store.ClaimUri;
import io.jenkins.plugins.kubeflow.engine.store.StoreException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a step sees artifacts that are not this machine's: places for objects in the pod's own volume, and claims mounted where their
 * artifacts are. Of a claim it sees the run's own root, writable, and each other input, read-only. Pure.
 */
final class StoreMounts {
    private static final String CLAIM_VOLUME = "kfp-claim-";

    private final StepObjects objects;
    private final ClaimUri root;
    private final boolean writesToClaim;
    private boolean readsRoot;
    private final String artifactRoot;
    private final Map<String, ClaimUri> inputs = new LinkedHashMap<>();

    private StoreMounts(StepObjects objects, ClaimUri root, boolean writesToClaim, String artifactRoot) {
        this.objects = objects;
        this.root = root;
        this.writesToClaim = writesToClaim;
        this.artifactRoot = artifactRoot;
    }

    static StoreMounts of(TaskLaunch launch, PodPaths paths, StepObjects objects) throws InvalidPodException {
        try {
            String pipelineRoot = launch.run().pipelineRoot();
            ClaimUri root = ClaimUri.is(pipelineRoot) ? ClaimUri.of(pipelineRoot) : null;
            boolean writes = root != null && !launch.component().outputArtifacts().isEmpty();
            StoreMounts mounts = new StoreMounts(objects, root, writes, paths.artifactRoot());
            for (List<Artifact> list : launch.inputs().artifacts().values()) {
                for (Artifact artifact : list) {
                    if (root != null && artifact.uri().startsWith(pipelineRoot + "/")) {
                        mounts.readsRoot = true;
                    } else if (ClaimUri.is(artifact.uri())) {
                        mounts.inputs.put(PodPaths.claimPath(ClaimUri.of(artifact.uri()).toString()), ClaimUri.of(artifact.uri()));
                    }
                }
            }
            return mounts;
        } catch (StoreException e) {
            throw new InvalidPodException(e.getMessage());
        }
    }

    /** Whether an artifact comes by other ways than from this machine. */
    boolean provides(String uri) {
        return ClaimUri.is(uri) || objects.moves(uri);
    }

    boolean artifactsOnClaim() {
        return root != null;
    }

    void apply(PodSpec spec, Container main) {
        for (String place : objects.places()) {
            main.getVolumeMounts().add(new VolumeMountBuilder()
                    .withName(TaskManifest.VOLUME).withMountPath("/" + place).withSubPath(place).build());
        }
        if (writesToClaim || readsRoot) {
            mount(spec, main, root, PodPaths.claimPath(root.toString()), !writesToClaim);
        }
        if (writesToClaim) {
            // makes the directory, for steps that our script is not there to make it for
            String own = artifactRoot.substring(PodPaths.claimPath(ClaimUri.SCHEME + root.claim()).length() + 1);
            mount(spec, main, new ClaimUri(root.claim(), own), artifactRoot, false);
        }
        inputs.forEach((path, uri) -> mount(spec, main, uri, path, true));
    }

    private static void mount(PodSpec spec, Container main, ClaimUri uri, String path, boolean readOnly) {
        String volume = CLAIM_VOLUME + PodNames.digest(uri.claim());
        if (spec.getVolumes().stream().noneMatch(other -> other.getName().equals(volume))) {
            spec.getVolumes().add(new VolumeBuilder().withName(volume).withNewPersistentVolumeClaim(uri.claim(), null).build());
        }
        main.getVolumeMounts().add(new VolumeMountBuilder()
                .withName(volume)
                .withMountPath(path)
                .withSubPath(uri.path().isEmpty() ? null : uri.path())
                .withReadOnly(readOnly ? true : null)
                .build());
    }

    /** The plan, with what the stores have to do with it. */
    PodPlan explain(PodPlan plan) {
        String why = plan.reason();
        if (objects.isAny()) {
            why += "; its helper moves artifacts from and to the object store";
        }
        if (writesToClaim) {
            why += "; its artifacts lie on claim ‘" + root.claim() + "’";
        }
        return new PodPlan(plan.wrapped(), plan.helper(), plan.inputs(), why);
    }
}
