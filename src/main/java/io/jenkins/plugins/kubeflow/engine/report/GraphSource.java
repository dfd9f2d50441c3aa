package io.jenkins.plugins.kubeflow.engine.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.artifact.ArtifactView;
import io.jenkins.plugins.kubeflow.engine.artifact.ArtifactViews;
import io.jenkins.plugins.kubeflow.engine.compare.RunFacts;
import io.jenkins.plugins.kubeflow.engine.graph.Attempt;
import io.jenkins.plugins.kubeflow.engine.graph.RunGraph;
import io.jenkins.plugins.kubeflow.engine.graph.TaskNode;
import io.jenkins.plugins.kubeflow.engine.graph.TaskState;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.run.AttemptLogs;
import io.jenkins.plugins.kubeflow.engine.run.Replay;
import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The documents of a run, from its graph; subclasses say how the graph is come by. */
abstract class GraphSource implements RunSource {
    final RunDirectory directory;
    final RunRecord record;
    final PipelineSpec spec;
    private final ShownFiles files;
    private final OtherRuns others;

    GraphSource(RunDirectory directory, RunRecord record, PipelineSpec spec, ShownFiles files, OtherRuns others) {
        this.directory = directory;
        this.record = record;
        this.spec = spec;
        this.files = files;
        this.others = others;
    }

    /** Looks at the graph as it is now, under whatever lock it needs. */
    abstract <T> T read(Function<RunGraph, T> reader) throws IOException;

    abstract String waiting(String path);

    @Override
    public String title() {
        return record.name();
    }

    @Override
    public JsonNode graph() throws IOException {
        return read(graph -> GraphDocument.of(graph, record, directory.path().toString()));
    }

    @Override
    public JsonNode state(long since) throws IOException {
        return read(graph -> StateDocument.of(graph, directory, since, this::waiting, Instant.now()));
    }

    @Override
    public JsonNode task(String path) throws IOException {
        return read(graph -> TaskDocument.of(graph, directory, path));
    }

    @Override
    public JsonNode views(String path) throws IOException {
        Outputs outputs = read(graph -> Outputs.of(graph.task(path)));
        return outputs == null ? null : TaskDocument.views(outputs.artifacts(), uri -> files.path(uri, outputs.cached()), files.store());
    }

    @Override
    public JsonNode expected() throws IOException {
        return ExpectedDocument.of(record.pipelineName(), facts());
    }

    private List<RunFacts> facts() throws IOException {
        return others.newest().stream().map(OtherRuns.Other::facts).toList();
    }

    @Override
    public JsonNode lineage(String path) throws IOException {
        String origin = read(graph -> graph.task(path) == null ? null : Lineage.originId(graph.task(path)));
        OtherRuns.Other from = origin == null ? null : others.find(origin);
        List<OtherRuns.Other> known = others.newest();
        return read(graph -> graph.task(path) == null ? null : new Lineage(graph, known).of(graph.task(path), from));
    }

    @Override
    public JsonNode history() throws IOException {
        List<ObjectNode> history = new ArrayList<>();
        Replay.of(directory, record, spec, step -> HistoryDocument.add(history, step));
        ArrayNode list = Json.MAPPER.createArrayNode();
        history.forEach(list::add);
        return list;
    }

    @Override
    public String spec() throws IOException {
        String name = record.specFile();
        return name.endsWith(".yaml") || name.endsWith(".json")
                ? Files.readString(directory.path().resolve(name))
                : spec.document().toPrettyString();
    }

    /** Somebody looks at the log of this attempt. */
    void watched(Attempt attempt) {}

    @Override
    public Path log(String path, int number) throws IOException {
        return read(graph -> {
            TaskNode node = graph.task(path);
            if (node != null) {
                for (Attempt attempt : node.attempts()) {
                    if (attempt.number() == number) {
                        watched(attempt);
                        return AttemptLogs.file(directory, node, attempt);
                    }
                }
            }
            return null;
        });
    }

    @Override
    public JsonNode view(String path, String name, int index, String file) throws IOException {
        Outputs outputs = read(graph -> Outputs.of(graph.task(path)));
        Artifact artifact = outputs == null ? null : outputs.artifact(name, index);
        if (artifact != null && files.store().holds(artifact.uri())) {
            List<ArtifactView> views = ArtifactViews.ofStored(
                    inside(artifact.uri(), file), file.isEmpty() ? artifact.type() : "", uri -> files.path(uri, outputs.cached()), files.store());
            return views.isEmpty() ? null : ArtifactViews.json(views);
        }
        Path found = artifact == null ? null : file(outputs, artifact, file);
        return found == null || !Files.exists(found)
                ? null
                : ArtifactViews.json(ArtifactViews.ofFile(found, "", uri -> files.path(uri, outputs.cached())));
    }

    @Override
    public ShownFile artifact(String path, String name, int index, String file) throws IOException {
        Outputs outputs = read(graph -> Outputs.of(graph.task(path)));
        Artifact artifact = outputs == null ? null : outputs.artifact(name, index);
        if (artifact != null && files.store().holds(artifact.uri())) {
            return ShownFile.of(inside(artifact.uri(), file), files.store());
        }
        return artifact == null ? null : ShownFile.of(file(outputs, artifact, file));
    }

    /** A name that leads out of the artifact makes a URI that no store takes. */
    private static String inside(String uri, String file) {
        return file.isEmpty() ? uri : uri.replaceAll("/+$", "") + "/" + file;
    }

    private Path file(Outputs outputs, Artifact artifact, String file) {
        return ShownFiles.inside(files.path(artifact.uri(), outputs.cached()), file);
    }

    /** What a task put out, as it was under the lock. */
    private record Outputs(Map<String, List<Artifact>> artifacts, boolean cached) {
        static Outputs of(TaskNode node) {
            return node == null ? null : new Outputs(node.outputs().artifacts(), node.state() == TaskState.CACHED);
        }

        Artifact artifact(String name, int index) {
            List<Artifact> list = artifacts.get(name);
            return list == null || index < 0 || index >= list.size() ? null : list.get(index);
        }
    }
}
