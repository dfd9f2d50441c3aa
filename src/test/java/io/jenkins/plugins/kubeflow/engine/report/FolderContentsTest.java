package io.jenkins.plugins.kubeflow.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.artifact.LocalFiles;
import io.jenkins.plugins.kubeflow.engine.graph.Event;
import io.jenkins.plugins.kubeflow.engine.graph.GraphOptions;
import io.jenkins.plugins.kubeflow.engine.graph.RunGraph;
import io.jenkins.plugins.kubeflow.engine.graph.Specs;
import io.jenkins.plugins.kubeflow.engine.graph.TaskNode;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import io.jenkins.plugins.kubeflow.engine.store.ArtifactStore;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import io.jenkins.plugins.kubeflow.engine.task.TaskOutputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a report takes along of a folder. */
class FolderContentsTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path path;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(path.resolve("model"));
    }

    private ObjectNode contents() {
        RunRecord record = new RunRecord("id", "run", "train", "pipeline.yaml", Map.of(), Map.of(), "/run/artifacts", "", AT, null, 0, true, GraphOptions.DEFAULT, Map.of());
        RunGraph graph = new RunGraph(
                new Specs().component("c", "", "@model").dag("root").task("fit").of("c").end().build(), record.context(), record.inputs(), record.graph());
        graph.apply(new Event.RunStarted(AT));
        graph.apply(new Event.Launched(AT, "fit", 1, "h", null));
        Artifact model = new Artifact("model", "system.Model", null, "0.0.1", folder.toString(), Json.MAPPER.createObjectNode(), null);
        graph.apply(new Event.AttemptEnded(AT, "fit", 1, AttemptResult.succeeded(new TaskOutputs(Map.of(), Map.of("model", List.of(model))))));
        TaskNode node = graph.task("fit");
        ObjectNode files = Json.MAPPER.createObjectNode();
        new FolderContents(files).add(node, TaskDocument.views(node.outputs().artifacts(), LocalFiles::path, ArtifactStore.NONE));
        return files;
    }

    @Test
    void filesOfAllDepthsAreThereAndNothingFromOutside() throws IOException {
        Files.createDirectories(folder.resolve("a/b"));
        Files.writeString(folder.resolve("a/b/deep.txt"), "deep words");
        Files.write(folder.resolve("p.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0});
        Files.writeString(path.resolve("secret"), "secret");
        Files.createSymbolicLink(folder.resolve("link"), path.resolve("secret"));
        ObjectNode files = contents();
        assertThat(files.fieldNames()).toIterable().containsExactlyInAnyOrder(
                "fit\nmodel\n0\na", "fit\nmodel\n0\na/b", "fit\nmodel\n0\na/b/deep.txt", "fit\nmodel\n0\np.png");
        assertThat(files.path("fit\nmodel\n0\na/b/deep.txt").at("/0/text").asText()).isEqualTo("deep words");
        assertThat(files.path("fit\nmodel\n0\np.png").at("/0/data").asText()).startsWith("data:image/png;base64,iVBO");
        assertThat(files.toString()).doesNotContain("secret");
    }

    @Test
    void thereIsAnEndToIt() throws IOException {
        for (int i = 0; i < 500; i++) {
            Files.writeString(folder.resolve("f" + i), "x");
        }
        assertThat(contents()).hasSize(200);
        for (int i = 0; i < 500; i++) {
            Files.writeString(folder.resolve("f" + i), "x".repeat(200_000));
        }
        assertThat(contents().toString().length()).isBetween(15 << 20, 17 << 20);
    }
}
