package io.jenkins.plugins.kubeflow.engine.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.graph.RunGraph;
import io.jenkins.plugins.kubeflow.engine.ir.ComponentSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ExecutorSpec;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.ir.TaskSpec;
import io.jenkins.plugins.kubeflow.engine.ir.TaskSpec.ArtifactInput;
import io.jenkins.plugins.kubeflow.engine.ir.TaskSpec.ParameterInput;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import io.jenkins.plugins.kubeflow.engine.task.Json;

/** The static half of the run page (docs/run-page-protocol.md, {@code graph}): DAGs by component, their tasks, how they hang together. */
public final class GraphDocument {
    private final PipelineSpec spec;

    private GraphDocument(PipelineSpec spec) {
        this.spec = spec;
    }

    public static ObjectNode of(RunGraph graph, RunRecord record, String directory) {
        PipelineSpec spec = graph.spec();
        ObjectNode document = Json.MAPPER.createObjectNode().put("format", 1);
        document.putObject("run")
                .put("runId", record.runId())
                .put("name", record.name())
                .put("pipeline", spec.name())
                .put("displayName", spec.displayName())
                .put("description", spec.description())
                .put("created", record.created().toString())
                .put("directory", directory);
        ObjectNode dags = document.putObject("dags");
        GraphDocument writer = new GraphDocument(spec);
        writer.dag("root", spec.root(), dags);
        spec.components().forEach((name, component) -> {
            if (component.isDag()) {
                writer.dag(name, component, dags);
            }
        });
        return document;
    }

    private void dag(String name, ComponentSpec component, ObjectNode dags) {
        ArrayNode tasks = dags.putObject(name).putArray("tasks");
        component.dag().tasks().values().forEach(task -> task(task, tasks.addObject()));
    }

    private void task(TaskSpec task, ObjectNode json) {
        ComponentSpec component = spec.component(task);
        json.put("key", task.key());
        json.put("name", task.displayName());
        json.put("component", task.component());
        json.put("dag", component.isDag() ? task.component() : null);
        json.put("kind", kind(task, component));
        ArrayNode dependsOn = json.putArray("dependsOn");
        task.dependsOn().forEach(dependsOn::add);
        if (task.trigger().condition() != null) {
            json.put("condition", task.trigger().condition());
        }
        if (task.trigger().allCompleted()) {
            json.put("always", true);
        }
        if (task.retry().maxRetries() > 0) {
            json.put("retries", task.retry().maxRetries());
        }
        if (!component.isDag() && spec.executor(component) instanceof ExecutorSpec.Container container) {
            json.put("image", container.image());
        }
        inputs(task, component, json.putObject("inputs"));
        ObjectNode outputs = json.putObject("outputs");
        ArrayNode parameters = outputs.putArray("parameters");
        component.outputParameters().forEach((name, p) -> parameters.addObject().put("name", name).put("type", p.type().name()));
        ArrayNode artifacts = outputs.putArray("artifacts");
        component.outputArtifacts().forEach((name, a) -> artifacts.addObject().put("name", name).put("type", a.schemaTitle()));
    }

    private String kind(TaskSpec task, ComponentSpec component) {
        if (task.iterator() != null) {
            return "loop";
        }
        return component.isDag() ? "dag" : spec.executor(component) instanceof ExecutorSpec.Importer ? "importer" : "container";
    }

    private static void inputs(TaskSpec task, ComponentSpec component, ObjectNode json) {
        ArrayNode parameters = json.putArray("parameters");
        task.parameters().forEach((name, source) -> {
            ObjectNode input = parameters.addObject().put("name", name);
            if (component.inputParameters().containsKey(name)) {
                input.put("type", component.inputParameters().get(name).type().name());
            }
            if (source instanceof ParameterInput.TaskOutput output) {
                input.putObject("from").put("task", output.task()).put("key", output.key());
            } else if (source instanceof ParameterInput.ParentInput parent) {
                input.putObject("from").put("parent", parent.name());
            }
        });
        ArrayNode artifacts = json.putArray("artifacts");
        task.artifacts().forEach((name, source) -> {
            ObjectNode input = artifacts.addObject().put("name", name);
            if (source instanceof ArtifactInput.TaskOutput output) {
                input.putObject("from").put("task", output.task()).put("key", output.key());
            } else if (source instanceof ArtifactInput.ParentInput parent) {
                input.putObject("from").put("parent", parent.name());
            }
        });
    }
}
