package io.jenkins.plugins.kubeflow.engine.report;

import com.fasterxml.jackson.databind.JsonNode;
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

    GraphSource(RunDirectory directory, RunRecord record, PipelineSpec spec) {
        this.directory = directory;
        this.record = record;
        this.spec = spec;
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
        Map<String, List<Artifact>> artifacts = read(graph -> {
            TaskNode node = graph.task(path);
            return node == null ? null : node.outputs().artifacts();
        });
        return artifacts == null ? null : TaskDocument.views(artifacts);
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

    @Override
    public Path log(String path, int number) throws IOException {
        return read(graph -> {
            TaskNode node = graph.task(path);
            if (node != null) {
                for (Attempt attempt : node.attempts()) {
                    if (attempt.number() == number) {
                        return AttemptLogs.file(directory, node, attempt);
                    }
                }
            }
            return null;
        });
    }

    @Override
    public Path artifact(String path, String name, int index) throws IOException {
        return read(graph -> {
            TaskNode node = graph.task(path);
            List<Artifact> list = node == null ? null : node.outputs().artifacts().get(name);
            return list == null || index < 0 || index >= list.size() ? null : LocalFiles.path(list.get(index).uri());
        });
    }
}
