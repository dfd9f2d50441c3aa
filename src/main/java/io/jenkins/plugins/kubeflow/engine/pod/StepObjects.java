package io.jenkins.plugins.kubeflow.engine.pod;

import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.pod.manifest.InvalidPodException;
import io.jenkins.plugins.kubeflow.engine.run.TaskLaunch;
import io.jenkins.plugins.kubeflow.engine.store.ObjectUri;
import io.jenkins.plugins.kubeflow.engine.store.StoreException;
import io.jenkins.plugins.kubeflow.engine.task.ArtifactPaths;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The artifacts of a step that are objects of a store. The pod's helper moves them with {@code curl} and URLs that this machine has
 * signed; neither their bytes nor any credentials pass the API server. Pure.
 *
 * @param inputs to be there before the step starts
 * @param outputRoot URI below which what the step leaves is put, or null
 */
record StepObjects(List<Input> inputs, String outputRoot) {
    /** @param required whether an input that is not there is an error: metrics, and what a step did not write, are not */
    record Input(String name, String uri, boolean required) {}

    static StepObjects of(TaskLaunch launch, PodPaths paths, PodOptions options) throws InvalidPodException {
        List<Input> inputs = new ArrayList<>();
        String root = launch.component().outputArtifacts().isEmpty() ? null : paths.objectRoot();
        try {
            if (root != null) {
                ObjectUri.of(root);
            }
            for (var entry : launch.inputs().artifacts().entrySet()) {
                for (Artifact artifact : entry.getValue()) {
                    boolean mounted = artifact.uri().startsWith("gs://") && options.objects() == null; // by whoever runs the step
                    if (ObjectUri.is(artifact.uri()) && !mounted && !artifact.metadata().path("_kfp_workspace").asBoolean()) {
                        boolean ours = artifact.uri().startsWith(launch.run().pipelineRoot() + "/") || artifact.type().endsWith("Metrics");
                        inputs.add(new Input(entry.getKey(), ObjectUri.of(artifact.uri()).toString(), !ours));
                    }
                }
            }
        } catch (StoreException e) {
            throw new InvalidPodException(e.getMessage());
        }
        if (options.objects() == null && (root != null || !inputs.isEmpty())) {
            String what = root != null ? "the pipeline root ‘" + launch.run().pipelineRoot() + "’" : "its input ‘" + inputs.get(0).name() + "’";
            throw new InvalidPodException(what + " is in an object store, and no credentials for one are set; see docs/artifacts.md");
        }
        return new StepObjects(inputs, root);
    }

    boolean isAny() {
        return outputRoot != null || !inputs.isEmpty();
    }

    boolean moves(String uri) {
        return inputs.stream().anyMatch(input -> uri.equals(input.uri()) || uri.equals(input.uri() + "/"));
    }

    /** The first parts of the paths where a step sees objects: {@code s3}, {@code minio}, {@code gcs}. */
    Set<String> places() {
        Set<String> places = new LinkedHashSet<>();
        inputs.forEach(input -> places.add(place(input.uri())));
        if (outputRoot != null) {
            places.add(place(outputRoot));
        }
        return places;
    }

    private static String place(String uri) {
        String path = ArtifactPaths.path(uri);
        return path.substring(1, path.indexOf('/', 1));
    }
}
