package io.jenkins.plugins.kubeflow.engine.pod;

import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.run.TaskLaunch;
import io.jenkins.plugins.kubeflow.engine.store.ClaimUri;
import io.jenkins.plugins.kubeflow.engine.store.ObjectUri;
import io.jenkins.plugins.kubeflow.engine.task.ArtifactPaths;
import io.jenkins.plugins.kubeflow.engine.task.OutputPlan;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where things lie in a task's pod. Below {@code /kfp}, one emptyDir: {@code out} takes parameters and the executor's output,
 * {@code run} stands for the run's pipeline root on this machine, {@code in} takes artifacts from elsewhere. What a step sees of
 * this machine's paths is thus only what lies below the run's own root. Artifacts of object stores lie where the SDK expects them
 * ({@code /s3/bucket/key}), which is the same emptyDir again; those of a claim lie on the claim.
 */
final class PodPaths {
    static final String ROOT = "/kfp";
    static final String OUT = ROOT + "/out";
    static final String EXECUTOR_OUTPUT = OUT + "/.executor-output.json";
    private static final String RUN = ROOT + "/run/";
    private static final String CLAIMS = "/kfp-claims/";

    private final String pipelineRoot;
    private final String taskRoot;
    private final Map<String, String> elsewhere = new LinkedHashMap<>();

    PodPaths(TaskLaunch launch) {
        pipelineRoot = launch.run().pipelineRoot();
        taskRoot = PodNames.label(launch.taskKey()) + "/" + PodNames.digest(launch.handle());
    }

    /** Where the task's own artifacts lie in the pod. */
    String artifactRoot() {
        return ArtifactPaths.path(artifactUri());
    }

    /** What a step takes for the URI of that place. */
    private String artifactUri() {
        if (ObjectUri.is(pipelineRoot)) {
            return pipelineRoot + "/" + taskRoot;
        }
        return ClaimUri.is(pipelineRoot) ? claimPath(pipelineRoot + "/" + taskRoot) : RUN + taskRoot;
    }

    /** The URI of that place in an object store, or null when they are not kept in one. */
    String objectRoot() {
        return ObjectUri.is(pipelineRoot) ? artifactUri() : null;
    }

    /** Whether the task's artifacts come to this machine through the pod's helper, its message or its log. */
    boolean keptHere() {
        return !ObjectUri.is(pipelineRoot) && !ClaimUri.is(pipelineRoot);
    }

    OutputPlan outputs(TaskLaunch launch) {
        return OutputPlan.provision(launch.component(), OUT, artifactUri(), EXECUTOR_OUTPUT);
    }

    /**
     * As a step is told of it. One that gives its artifacts places of its own (the SDK's {@code dsl.get_uri}) takes the directory of the
     * executor's output for that of the task: there is a link to it where the artifacts lie, which the wrapper makes.
     */
    OutputPlan seen(OutputPlan plan, TaskLaunch launch) {
        List<String> command = launch.executor().command();
        if (plan.artifacts().isEmpty() || command.isEmpty() || !PodPlan.isShell(command.get(0))) {
            return plan;
        }
        return new OutputPlan(plan.parameterFiles(), plan.artifacts(), artifactRoot() + EXECUTOR_OUTPUT.substring(OUT.length()));
    }

    /** The artifact as the step sees it. */
    Artifact inPod(Artifact artifact) {
        return new Artifact(
                artifact.name(), artifact.type(), artifact.instanceSchema(), artifact.schemaVersion(), inPod(artifact.uri()),
                artifact.metadata(), null);
    }

    private String inPod(String uri) {
        if (ClaimUri.is(uri)) {
            return claimPath(uri);
        }
        if (keptHere() && uri.startsWith(pipelineRoot + "/")) {
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

    /** Where a claim's artifact is seen: the SDK takes a URI of no scheme that it knows for a path. */
    static String claimPath(String uri) {
        return CLAIMS + uri.substring(ClaimUri.SCHEME.length());
    }

    /** The artifact as this machine knows it: its URI outside the pod. */
    Artifact outside(Artifact artifact) {
        return new Artifact(
                artifact.name(), artifact.type(), artifact.instanceSchema(), artifact.schemaVersion(), outside(artifact.uri()),
                artifact.metadata(), artifact.customPath());
    }

    /** Also for a string value that is the path of an artifact. */
    String outside(String uri) {
        if (uri.startsWith(CLAIMS)) {
            return ClaimUri.SCHEME + uri.substring(CLAIMS.length());
        }
        return keptHere() && uri.startsWith(RUN) ? pipelineRoot + "/" + uri.substring(RUN.length()) : elsewhere.getOrDefault(uri, uri);
    }

    /** Where the files of the task's artifacts are kept on this machine; null when they are not. */
    Path storedArtifacts() {
        return keptHere() ? Path.of(ArtifactPaths.path(pipelineRoot)).resolve(taskRoot) : null;
    }

    /** Relative to the volume, as in the archives that come and go. */
    static String relative(String inPod) {
        return inPod.startsWith(ROOT + "/") ? inPod.substring(ROOT.length() + 1) : inPod.substring(1);
    }
}
