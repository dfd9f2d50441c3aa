package io.jenkins.plugins.kubeflow.step;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Run;
import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration;
import io.jenkins.plugins.kubeflow.engine.artifact.LocalFiles;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.job.ArtifactFingerprints;
import io.jenkins.plugins.kubeflow.job.GivenArtifacts;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import io.jenkins.plugins.kubeflow.job.RunScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The arguments of a step as what the pipeline declares them to be: values for its parameters, and for its artifact inputs a path in the
 * workspace, an artifact of another run ({@code [run: id, task: path, name: name]}), a reference ({@code [uri: …, metadata: …]}, which
 * is also what a step's result has for an artifact), or a list of those.
 */
final class StepArguments {
    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private final Map<String, Object> artifacts = new LinkedHashMap<>();

    /** @param spec null when it cannot be told before the run begins: all are parameters then */
    StepArguments(@CheckForNull PipelineSpec spec, Map<String, Object> arguments) {
        arguments.forEach((name, value) ->
                (spec != null && spec.root().inputArtifacts().containsKey(name) ? artifacts : parameters).put(name, value));
    }

    /** @throws IllegalArgumentException with a sentence for a value that no pipeline could take */
    Map<String, JsonNode> parameters() {
        return GroovyValues.toJson(parameters);
    }

    /** Copies files and refers to the others. Waits for the node of the workspace. */
    void hand(GivenArtifacts to, KubeflowPipeline job, Run<?, ?> build, @CheckForNull FilePath workspace) throws IOException, InterruptedException {
        for (Map.Entry<String, Object> artifact : artifacts.entrySet()) {
            for (Object one : artifact.getValue() instanceof List<?> list ? list : List.of(artifact.getValue())) {
                hand(to, artifact.getKey(), one, job, build, workspace);
            }
        }
    }

    private static void hand(
            GivenArtifacts to, String name, Object value, KubeflowPipeline job, Run<?, ?> build, @CheckForNull FilePath workspace)
            throws IOException, InterruptedException {
        if (value instanceof String path) {
            FilePath file = file(name, path, workspace);
            to.add(name, file);
            ArtifactFingerprints.handedOver(build, file);
        } else if (value instanceof Map<?, ?> map && map.get("uri") instanceof String uri) {
            to.add(name, reference(name, uri, job), map.get("metadata") == null ? null : GroovyValues.toJson(name, map.get("metadata")));
        } else if (value instanceof Map<?, ?> map && map.get("run") instanceof String run && map.get("name") instanceof String artifact) {
            PipelineRun source = ChildRuns.find(build, run);
            if (source == null) {
                throw new AbortException("artifact ‘" + name + "’: the steps of this build have started no run ‘" + run + "’, or it has been deleted");
            }
            to.add(name, RunArtifacts.find(source, map.get("task") instanceof String task ? task : null, artifact).reference(), null);
        } else {
            throw new AbortException("artifact ‘" + name + "’ is a path in the workspace, [run: id, task: path, name: name], or [uri: address]");
        }
    }

    private static FilePath file(String name, String path, @CheckForNull FilePath workspace) throws IOException, InterruptedException {
        if (workspace == null) {
            throw new AbortException("artifact ‘" + name + "’ needs a workspace for ‘" + path + "’: put the step into a node");
        }
        FilePath file = workspace.child(path);
        if (!file.exists()) {
            throw new AbortException("artifact ‘" + name + "’: there is no file ‘" + path + "’ in the workspace");
        }
        return file;
    }

    private static String reference(String name, String uri, KubeflowPipeline job) throws IOException {
        Path local = LocalFiles.path(uri);
        if (local != null && !KubeflowConfiguration.get().isLocalProcesses()
                && !(Files.exists(local) && RunScope.reaches(job, local.toRealPath()))) {
            throw new AbortException("artifact ‘" + name + "’ may not be ‘" + uri + "’: it is a file of Jenkins that is not an artifact of a run within reach");
        }
        return uri;
    }
}
