package io.jenkins.plugins.kubeflow.engine.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.ir.ArtifactSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ComponentSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ExecutorSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ParameterSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ParameterType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Inputs, outputs and a run for the tests of this package. */
final class Sample {
    static final RunContext RUN = new RunContext(
            "run-1", "Run of Monday", "iris", "iris-abc", "s3://bucket/root/iris/run-1", "/kfp-workspace",
            Instant.parse("2026-01-02T03:04:05.678Z"), null);

    private Sample() {}

    static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Parameters from a JSON object. */
    static TaskInputs inputs(String parameters, Artifact... artifacts) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        json(parameters).properties().forEach(field -> values.put(field.getKey(), field.getValue()));
        Map<String, List<Artifact>> map = new LinkedHashMap<>();
        for (Artifact artifact : artifacts) {
            map.put(artifact.name(), List.of(artifact));
        }
        return new TaskInputs(values, map);
    }

    static Artifact artifact(String name, String uri, String metadata) {
        return new Artifact(name, "system.Dataset", null, "0.0.1", uri, (ObjectNode) json(metadata), null);
    }

    static OutputPlan outputs(Map<String, String> files, Artifact... artifacts) {
        Map<String, List<Artifact>> map = new LinkedHashMap<>();
        for (Artifact artifact : artifacts) {
            map.put(artifact.name(), List.of(artifact));
        }
        return new OutputPlan(files, map, "/tmp/out/executor_output.json");
    }

    static ExecutorSpec.Container container(List<String> command, List<String> args, Map<String, String> env) {
        return new ExecutorSpec.Container("exec", "busybox", command, args, env, Json.MAPPER.createObjectNode(), Json.MAPPER.createObjectNode());
    }

    static ComponentSpec component(Map<String, ParameterType> parameters, Map<String, Boolean> artifacts) {
        Map<String, ParameterSpec> outputs = new LinkedHashMap<>();
        parameters.forEach((name, type) -> outputs.put(name, new ParameterSpec(type, null, false, List.of(), "")));
        Map<String, ArtifactSpec> specs = new LinkedHashMap<>();
        artifacts.forEach((name, list) -> specs.put(name, new ArtifactSpec(
                "system.Model", null, "0.0.1", list, false, (ObjectNode) json("{\"from\":\"spec\"}"), "")));
        return new ComponentSpec("comp", Map.of(), Map.of(), outputs, specs, "exec", null, List.of());
    }
}
