package io.jenkins.plugins.kubeflow.engine.cache;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.ir.ArtifactSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ComponentSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ExecutorSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ParameterSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ParameterType;
import io.jenkins.plugins.kubeflow.engine.run.TaskLaunch;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import io.jenkins.plugins.kubeflow.engine.task.RunContext;
import io.jenkins.plugins.kubeflow.engine.task.TaskInputs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A launch that can be changed in one place. */
final class Launches {
    String runId = "run-1";
    String path = "loop[3]/train";
    String component = "comp-train";
    String parameters = "{\"lr\":0.1,\"name\":\"a\"}";
    List<Artifact> data = List.of(artifact("data", "gs://bucket/data", "{}"));
    ParameterType output = ParameterType.STRING;
    String image = "python:3.11";
    List<String> command = List.of("sh", "-c");
    List<String> args = List.of("{{$.inputs.parameters['lr']}}");
    Map<String, String> env = Map.of("A", "1");
    String platform = "{}";

    static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Artifact artifact(String name, String uri, String metadata) {
        return new Artifact(name, "system.Dataset", null, "0.0.1", uri, (ObjectNode) json(metadata), null);
    }

    TaskLaunch launch() {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        json(parameters).properties().forEach(e -> values.put(e.getKey(), e.getValue()));
        ComponentSpec spec = new ComponentSpec(
                component, Map.of(), Map.of(), Map.of("out", new ParameterSpec(output, null, false, List.of(), "")),
                Map.of("model", new ArtifactSpec("system.Model", null, "0.0.1", false, false, Json.MAPPER.createObjectNode(), "")), "exec", null, List.of());
        return new TaskLaunch(
                new RunContext(runId, "run " + runId, "iris", "iris-" + runId, "/root/" + runId, "", Instant.EPOCH, null),
                path, "train", "train", 1, runId + "/" + path, spec,
                new ExecutorSpec.Container("exec", image, command, args, env, Json.MAPPER.createObjectNode(), Json.MAPPER.createObjectNode()),
                new TaskInputs(values, Map.of("data", data)), (ObjectNode) json(platform), Json.MAPPER.createObjectNode(), Map.of("RUN", runId),
                Path.of("/run"), Path.of("/run/tasks"), Path.of("/run/log"));
    }
}
