package io.jenkins.plugins.kubeflow.engine.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.artifact.LocalFiles;
import io.jenkins.plugins.kubeflow.engine.graph.Attempt;
import io.jenkins.plugins.kubeflow.engine.graph.RunGraph;
import io.jenkins.plugins.kubeflow.engine.graph.TaskNode;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.run.AttemptLogs;
import io.jenkins.plugins.kubeflow.engine.run.Replay;
import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import io.jenkins.plugins.kubeflow.engine.store.ArtifactStore;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The report: one HTML file that holds the page, its styles and scripts, and the run as data; opened from a disk it asks the network
 * for nothing. Logs, images and files in folders are bounded, so that a report of a large run still opens.
 */
public final class ReportWriter {
    private static final int LOG_TAIL = 64 * 1024;
    /** Of so many other runs a report tells what became of its artifacts: it should not grow with them. */
    private static final int OTHERS = 5;
    private static final long ALL_LOGS = 24L << 20;
    private static final long ALL_IMAGES = 24L << 20;

    private final RunDirectory directory;
    private final RunGraph graph;
    private final RunRecord record;
    private long logBytes;
    private final ArtifactStore store;
    private long imageBytes;

    private ReportWriter(RunDirectory directory, RunRecord record, RunGraph graph, ArtifactStore store) {
        this.store = store;
        this.directory = directory;
        this.record = record;
        this.graph = graph;
    }

    /** Writes the report of a run that has ended, or of one that goes on as it is now. */
    public static void write(RunDirectory directory, RunRecord record, PipelineSpec spec, Path file, ArtifactStore store) throws IOException {
        List<ObjectNode> history = new ArrayList<>();
        RunGraph graph = Replay.of(directory, record, spec, step -> HistoryDocument.add(history, step));
        ReportWriter writer = new ReportWriter(directory, record, graph, store);
        if (file.toAbsolutePath().getParent() != null) {
            Files.createDirectories(file.toAbsolutePath().getParent());
        }
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write(Assets.page(writer.data(history, spec)));
        }
    }

    private ObjectNode data(List<ObjectNode> history, PipelineSpec spec) throws IOException {
        ObjectNode data = Json.MAPPER.createObjectNode();
        data.set("graph", GraphDocument.of(graph, record, directory.path().toString()));
        data.set("state", StateDocument.of(graph, directory, 0, path -> null, Instant.now()));
        data.putArray("history").addAll(history);
        data.put("spec", specText());
        ObjectNode tasks = data.putObject("tasks");
        ObjectNode views = data.putObject("views");
        ObjectNode logs = data.putObject("logs");
        ObjectNode lineages = data.putObject("lineage");
        FolderContents folders = new FolderContents(data.putObject("files"));
        List<OtherRuns.Other> others = OtherRuns.beside(directory).newest();
        Map<String, OtherRuns.Other> known = new HashMap<>();
        others.forEach(other -> known.put(other.facts().runId(), other));
        Lineage lineage = new Lineage(graph, others.subList(0, Math.min(OTHERS, others.size())));
        graph.walk(node -> {
            tasks.set(node.path(), TaskDocument.of(graph, directory, node.path()));
            if (node.component().executorLabel() != null && !node.outputs().artifacts().isEmpty()) {
                ArrayNode drawn = TaskDocument.views(node.outputs().artifacts(), LocalFiles::path, store);
                views.set(node.path(), withImages(drawn, node));
                folders.add(node, drawn);
            }
            if (!node.inputs().artifacts().isEmpty() || !node.outputs().artifacts().isEmpty()) {
                lineages.set(node.path(), lineage.of(node, known.get(Lineage.originId(node))));
            }
            node.attempts().forEach(attempt -> log(node, attempt, logs));
        });
        return data;
    }

    private String specText() throws IOException {
        Path spec = directory.path().resolve(record.specFile());
        String name = record.specFile();
        return name.endsWith(".yaml") || name.endsWith(".json") ? Files.readString(spec) : graph.spec().document().toPrettyString();
    }

    /** Images travel inside the report. */
    private ArrayNode withImages(ArrayNode views, TaskNode node) {
        views.forEach(entry -> entry.path("views").forEach(view -> {
            if (view.path("kind").asText().equals("image") && view instanceof ObjectNode image) {
                Artifact artifact = node.outputs().artifacts().get(entry.path("name").asText()).get(entry.path("index").asInt());
                Path path = LocalFiles.path(artifact.uri());
                long size = image.path("size").asLong();
                if ((path != null || store.holds(artifact.uri())) && imageBytes + size < ALL_IMAGES) {
                    imageBytes += size;
                    try {
                        image.put("data", "data:" + image.path("mediaType").asText() + ";base64,"
                                + Base64.getEncoder().encodeToString(bytes(artifact.uri(), path, size)));
                    } catch (IOException e) {
                        image.put("problem", "cannot be read: " + e.getMessage());
                    }
                }
            }
        }));
        return views;
    }

    private byte[] bytes(String uri, Path path, long size) throws IOException {
        if (path != null) {
            return Files.readAllBytes(path);
        }
        try (InputStream in = store.open(uri, size)) {
            return in.readAllBytes();
        }
    }

    private void log(TaskNode node, Attempt attempt, ObjectNode logs) {
        Path file = AttemptLogs.file(directory, node, attempt);
        if (file == null || !Files.isRegularFile(file) || logBytes > ALL_LOGS) {
            return;
        }
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, log.length() - LOG_TAIL);
            byte[] tail = new byte[(int) (log.length() - from)];
            log.seek(from);
            log.readFully(tail);
            logBytes += tail.length;
            logs.putObject(node.path() + "#" + attempt.number())
                    .put("from", from)
                    .put("size", log.length())
                    .put("text", new String(tail, StandardCharsets.UTF_8));
        } catch (IOException e) {
            logs.putObject(node.path() + "#" + attempt.number()).put("from", 0).put("size", 0).put("text", "cannot be read: " + e.getMessage());
        }
    }
}
