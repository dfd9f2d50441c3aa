package io.jenkins.plugins.kubeflow.engine.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.graph.GraphOptions;
import io.jenkins.plugins.kubeflow.engine.graph.RunGraph;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import io.jenkins.plugins.kubeflow.engine.task.TaskInputs;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/** The run page's data block for a pipeline of which nothing runs: its graph before anything has happened. */
public final class SpecDocument {
    private SpecDocument() {}

    public static ObjectNode of(PipelineSpec spec, String title, String text) {
        RunRecord record = new RunRecord(
                "", title, spec.name(), "pipeline.yaml", Map.of(), Map.of(), "", "", Instant.EPOCH, null, 0, true, GraphOptions.DEFAULT, Map.of());
        RunGraph graph = new RunGraph(spec, record.context(), TaskInputs.NONE, GraphOptions.DEFAULT);
        ObjectNode data = Json.MAPPER.createObjectNode();
        data.set("graph", GraphDocument.of(graph, record, ""));
        data.set("state", StateDocument.of(graph, new RunDirectory(Path.of("")), 0, path -> null, Instant.EPOCH));
        data.putObject("tasks");
        data.putObject("views");
        data.putObject("logs");
        return data.put("spec", text);
    }
}
