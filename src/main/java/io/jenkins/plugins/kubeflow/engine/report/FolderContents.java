package io.jenkins.plugins.kubeflow.engine.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.artifact.ArtifactViews;
import io.jenkins.plugins.kubeflow.engine.artifact.LocalFiles;
import io.jenkins.plugins.kubeflow.engine.graph.TaskNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;

/**
 * What a report holds of the files in folders of this machine: their views, by task, output, index and file (a line each). The outermost
 * files of a folder come first; there is an end to their number and size, and what is beyond is not in the report. Not thread-safe.
 */
final class FolderContents {
    private static final int FILES = 200;
    private static final long ALL = 16L << 20;
    private static final long IMAGE = 4L << 20;

    private final ObjectNode files;
    private long size;

    /** @param files takes the views */
    FolderContents(ObjectNode files) {
        this.files = files;
    }

    /** @param artifacts the task's artifacts with their views, as {@code views?path=} answers them */
    void add(TaskNode node, ArrayNode artifacts) {
        for (JsonNode entry : artifacts) {
            String name = entry.path("name").asText();
            int index = entry.path("index").asInt();
            Artifact artifact = node.outputs().artifacts().get(name).get(index);
            Path folder = LocalFiles.path(artifact.uri());
            if (folder != null && Files.isDirectory(folder)) {
                add(node.path() + "\n" + name + "\n" + index + "\n", folder, entry.path("views"));
            }
        }
    }

    private void add(String key, Path folder, JsonNode views) {
        Deque<String> left = new ArrayDeque<>();
        entries(views, "", left);
        for (int count = 0; count < FILES && !left.isEmpty(); count++) {
            String relative = left.poll();
            // links may lead out of the folder
            Path file = ShownFiles.inside(folder, relative);
            if (file == null) {
                continue;
            }
            ArrayNode drawn = ArtifactViews.json(ArtifactViews.ofFile(file, "", LocalFiles::path));
            drawn.forEach(view -> image(view, file));
            size += drawn.toString().length();
            if (size > ALL) {
                return;
            }
            files.set(key + relative, drawn);
            entries(drawn, relative + "/", left);
        }
    }

    private static void entries(JsonNode views, String before, Deque<String> into) {
        views.forEach(view -> view.path("entries").forEach(entry -> into.add(before + entry.path("name").asText())));
    }

    private static void image(JsonNode view, Path file) {
        if (view instanceof ObjectNode image && image.path("kind").asText().equals("image") && image.path("size").asLong() <= IMAGE) {
            try {
                image.put("data", "data:" + image.path("mediaType").asText() + ";base64," + Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
            } catch (IOException e) {
                image.put("problem", "cannot be read: " + e.getMessage());
            }
        }
    }
}
