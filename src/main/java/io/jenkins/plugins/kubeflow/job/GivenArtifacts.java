package io.jenkins.plugins.kubeflow.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import io.jenkins.plugins.kubeflow.engine.ir.InputArtifacts;
import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;

/**
 * What one run is given for its pipeline's artifact inputs, from when it is scheduled until it begins: a directory with a list
 * ({@code artifacts.json}) and the files, which the run then takes into its own directory. Blocks on the disk; {@link #add} also on the
 * node that the file lies on.
 */
public final class GivenArtifacts {
    private final Path directory;

    GivenArtifacts(Path directory) {
        this.directory = directory;
    }

    private Path list() {
        return directory.resolve("artifacts.json");
    }

    private ArrayNode entries() throws IOException {
        return Files.exists(list()) ? (ArrayNode) Json.MAPPER.readTree(list().toFile()) : Json.MAPPER.createArrayNode();
    }

    private void add(ObjectNode entry) throws IOException {
        ArrayNode entries = entries();
        entries.add(entry);
        Files.createDirectories(directory);
        Json.MAPPER.writeValue(list().toFile(), entries);
    }

    /** A file or directory, which is copied. */
    public void add(String input, FilePath file) throws IOException, InterruptedException {
        String copy = entries().size() + "/" + file.getName();
        Path target = directory.resolve(copy);
        Files.createDirectories(target.getParent());
        if (file.isDirectory()) {
            file.copyRecursiveTo(new FilePath(target.toFile()));
        } else {
            file.copyTo(new FilePath(target.toFile()));
        }
        add(Json.MAPPER.createObjectNode().put("input", input).put("file", copy));
    }

    /** Something that stays where it is. */
    public void add(String input, String uri, @CheckForNull JsonNode metadata) throws IOException {
        ObjectNode entry = Json.MAPPER.createObjectNode().put("input", input).put("uri", uri);
        if (metadata instanceof ObjectNode) {
            entry.set("metadata", metadata);
        }
        add(entry);
    }

    /** Moves the files into the directory of the run that begins; a second call after a crash finds what has been moved. */
    Map<String, List<InputArtifacts.Given>> handOver(RunDirectory run) throws IOException {
        Map<String, List<InputArtifacts.Given>> given = new LinkedHashMap<>();
        for (JsonNode entry : entries()) {
            String uri = entry.path("uri").asText();
            if (entry.has("file")) {
                Path target = run.inputs().resolve(entry.get("file").asText());
                move(directory.resolve(entry.get("file").asText()), target);
                uri = target.toString();
            }
            given.computeIfAbsent(entry.path("input").asText(), input -> new ArrayList<>())
                    .add(new InputArtifacts.Given(uri, entry.get("metadata") instanceof ObjectNode metadata ? metadata : null));
        }
        return given;
    }

    /** Jobs may lie on another file system than the rest of the Jenkins home. */
    private static void move(Path source, Path target) throws IOException {
        if (!Files.exists(source)) {
            return;
        }
        FileUtils.deleteQuietly(target.toFile());
        Files.createDirectories(target.getParent());
        if (Files.isDirectory(source)) {
            FileUtils.moveDirectory(source.toFile(), target.toFile());
        } else {
            FileUtils.moveFile(source.toFile(), target.toFile());
        }
    }

    void discard() throws IOException {
        FileUtils.deleteDirectory(directory.toFile());
    }
}
