package io.jenkins.plugins.kubeflow.step;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import io.jenkins.plugins.kubeflow.engine.artifact.LocalFiles;
import io.jenkins.plugins.kubeflow.engine.store.ArtifactStore;
import io.jenkins.plugins.kubeflow.engine.store.StoreDownload;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import io.jenkins.plugins.kubeflow.job.EngineHost;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;

/** Finds the files of a run's artifacts. Blocks on the disk, and on the network for those in stores. */
final class RunArtifacts {
    private RunArtifacts() {}

    /** @param file null for one that lies in a store */
    record Found(String uri, @CheckForNull Path file, ArtifactStore store) {
        /** What a run names it by. */
        String reference() {
            return file == null ? uri : file.toString();
        }

        /** A copy below {@code scratch} where it is no file. */
        Path fetch(Path scratch) throws IOException {
            if (file != null) {
                return file;
            }
            Path fetched = scratch.resolve("artifact");
            if (!StoreDownload.to(fetched, uri, store)) {
                throw new AbortException("there is nothing at ‘" + uri + "’");
            }
            return fetched;
        }
    }

    /**
     * @param task the task's path, or null for an output of the pipeline
     * @throws AbortException with a sentence when there is no such artifact, or it is neither a file of a run nor in a store
     */
    static Found find(PipelineRun run, @CheckForNull String task, String name) throws IOException {
        if (!Files.exists(run.directory().result())) {
            throw new AbortException(run.getFullDisplayName() + " has not ended yet, so its artifacts are not settled");
        }
        JsonNode owner = Json.MAPPER.readTree(run.directory().result().toFile());
        String what = "artifact ‘" + name + "’ of " + (task == null ? run.getFullDisplayName() : "task ‘" + task + "’");
        if (task != null) {
            owner = task(owner, task, run);
        }
        JsonNode artifacts = owner.path("outputs").path("artifacts");
        JsonNode artifact = artifacts.path(name).path(0);
        if (artifact.isMissingNode()) {
            List<String> names = new ArrayList<>();
            artifacts.fieldNames().forEachRemaining(names::add);
            throw new AbortException("there is no " + what + (names.isEmpty() ? "; it has none" : "; there are ‘" + String.join("’, ‘", names) + "’"));
        }
        String uri = artifact.path("uri").asText();
        ArtifactStore store = EngineHost.reader(run);
        if (store.holds(uri)) {
            return new Found(uri, null, store);
        }
        if (!artifact.path("path").isTextual()) {
            throw new AbortException(what + " is not a file of Jenkins: " + uri);
        }
        Path file = Path.of(LocalFiles.current(artifact.path("path").textValue())).toRealPath();
        if (!isOfARun(file)) {
            throw new AbortException(what + " is a file outside of all runs, which only an administrator may read: " + file);
        }
        return new Found(uri, file, store);
    }

    private static JsonNode task(JsonNode document, String path, PipelineRun run) throws AbortException {
        for (JsonNode task : document.path("tasks")) {
            if (task.path("path").asText().equals(path)) {
                return task;
            }
        }
        throw new AbortException("there is no task ‘" + path + "’ in " + run.getFullDisplayName());
    }

    /** Below jobs/…/builds/N/kubeflow/artifacts: a cached task's lies with another run. An importer can name any file. */
    private static boolean isOfARun(Path file) throws IOException {
        Path jobs = Jenkins.get().getRootDir().toPath().toRealPath().resolve("jobs");
        if (!file.startsWith(jobs)) {
            return false;
        }
        Path relative = jobs.relativize(file);
        for (int i = 1; i + 3 < relative.getNameCount(); i++) {
            if (relative.getName(i).toString().equals("builds")
                    && relative.getName(i + 2).toString().equals("kubeflow")
                    && relative.getName(i + 3).toString().equals("artifacts")) {
                return true;
            }
        }
        return false;
    }
}
