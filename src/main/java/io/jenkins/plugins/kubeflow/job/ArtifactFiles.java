package io.jenkins.plugins.kubeflow.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.artifact.LocalFiles;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files that a finished run has to do with, by the names under which people know them ({@code task/output}, with the path inside of
 * a directory behind it): what its tasks wrote, and what it took from elsewhere - the cache, an importer, whoever started it. Reads the
 * result document; blocks on the disk.
 */
final class ArtifactFiles {
    private final Map<String, Path> produced = new LinkedHashMap<>();
    private final Map<String, Path> used = new LinkedHashMap<>();
    private final Set<Path> seen = new HashSet<>();
    private final int most;

    private ArtifactFiles(int most) {
        this.most = most;
    }

    /** @param most more files than that are left out */
    static ArtifactFiles of(PipelineRun run, int most) throws IOException {
        ArtifactFiles files = new ArtifactFiles(most);
        RunRecord record = run.record();
        if (record != null) {
            for (Map.Entry<String, List<Artifact>> input : record.artifacts().entrySet()) {
                for (Artifact artifact : input.getValue()) {
                    files.add(files.used, input.getKey(), LocalFiles.path(artifact.uri()));
                }
            }
        }
        if (Files.exists(run.directory().result())) {
            Json.MAPPER.readTree(run.directory().result().toFile()).path("tasks").forEach(files::task);
        }
        return files;
    }

    Map<String, Path> produced() {
        return produced;
    }

    Map<String, Path> used() {
        return used;
    }

    private void task(JsonNode task) {
        boolean wrote = task.path("kind").asText().equals("container") && task.path("state").asText().equals("SUCCEEDED");
        boolean took = task.path("kind").asText().equals("importer") || task.path("state").asText().equals("CACHED");
        if (wrote || took) {
            task.path("outputs").path("artifacts").fields().forEachRemaining(output -> output.getValue().forEach(artifact -> {
                if (artifact.hasNonNull("path")) {
                    String name = task.path("path").asText() + "/" + output.getKey();
                    add(wrote ? produced : used, name, LocalFiles.path(LocalFiles.current(artifact.get("path").asText())));
                }
            }));
        }
    }

    private void add(Map<String, Path> to, String name, Path file) {
        if (file == null || !Files.exists(file) || !LocalFiles.mayRead(file)) {
            return;
        }
        try (Stream<Path> inside = Files.walk(file)) {
            inside.filter(Files::isRegularFile).limit(most - seen.size()).filter(seen::add).forEach(one -> {
                String relative = file.relativize(one).toString().replace('\\', '/');
                String full = relative.isEmpty() ? name : name + "/" + relative;
                to.put(to.containsKey(full) ? full + " (" + seen.size() + ")" : full, one);
            });
        } catch (IOException unreadable) {
            // what cannot be listed has no fingerprint
        }
    }
}
