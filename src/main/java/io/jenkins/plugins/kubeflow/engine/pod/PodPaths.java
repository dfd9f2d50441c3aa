package io.jenkins.plugins.kubeflow.engine.pod;

import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.run.TaskLaunch;
import io.jenkins.plugins.kubeflow.engine.task.ArtifactPaths;
import io.jenkins.plugins.kubeflow.engine.task.OutputPlan;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where things lie in a task's pod, below {@code /kfp}, one emptyDir: {@code out} takes parameters and the executor's output,
 * {@code run} stands for the run's pipeline root on this machine, {@code in} takes artifacts from elsewhere. What a step sees of
 * this machine's paths is thus only what lies below the run's own root.
 */
final class PodPaths {
    static final String ROOT = "/kfp";
    static final String OUT = ROOT + "/out";
    static final String EXECUTOR_OUTPUT = OUT + "/.executor-output.json";
    private static final String RUN = ROOT + "/run/";

    private final String pipelineRoot;
    private final String taskRoot;
    private final Map<String, String> elsewhere = new LinkedHashMap<>();

    PodPaths(TaskLaunch launch) {
        pipelineRoot = launch.run().pipelineRoot();
        taskRoot = PodNames.label(launch.taskKey()) + "/" + PodNames.digest(launch.handle());
    }

    /** Where the task's own artifacts lie in the pod. */
    String artifactRoot() {
        return RUN + taskRoot;
    }

    OutputPlan outputs(TaskLaunch launch) {
        return OutputPlan.provision(launch.component(), OUT, artifactRoot(), EXECUTOR_OUTPUT);
    }

    /** The artifact as the step sees it. */
    Artifact inPod(Artifact artifact) {
        return new Artifact(
                artifact.name(), artifact.type(), artifact.instanceSchema(), artifact.schemaVersion(), inPod(artifact.uri()),
                artifact.metadata(), null);
    }

    private String inPod(String uri) {
        if (uri.startsWith(pipelineRoot + "/")) {
            return RUN + uri.substring(pipelineRoot.length() + 1);
        }
        if (!uri.startsWith("/") && !uri.startsWith("file:")) {
            return uri;
        }
        String path = ArtifactPaths.path(uri);
        String name = path.substring(path.lastIndexOf('/') + 1);
        String inPod = ROOT + "/in/" + PodNames.digest(uri) + "/" + (name.isEmpty() ? "artifact" : name);
        elsewhere.put(inPod, uri);
        return inPod;
    }

    /** The artifact as this machine knows it: its URI outside the pod. */
    Artifact outside(Artifact artifact) {
        return new Artifact(
                artifact.name(), artifact.type(), artifact.instanceSchema(), artifact.schemaVersion(), outside(artifact.uri()),
                artifact.metadata(), artifact.customPath());
    }

    /** Also for a string value that is the path of an artifact. */
    String outside(String uri) {
        return uri.startsWith(RUN) ? pipelineRoot + "/" + uri.substring(RUN.length()) : elsewhere.getOrDefault(uri, uri);
    }

    /** Where the files of the task's artifacts are kept on this machine. */
    Path storedArtifacts() {
        return Path.of(ArtifactPaths.path(pipelineRoot)).resolve(taskRoot);
    }

    /** Relative to the volume, as in the archives that come and go. */
    static String relative(String inPod) {
        return inPod.substring(ROOT.length() + 1);
    }
}
