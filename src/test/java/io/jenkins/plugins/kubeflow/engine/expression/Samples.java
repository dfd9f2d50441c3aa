package io.jenkins.plugins.kubeflow.engine.expression;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.task.TaskInputs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The inputs that the tables of the expression tests use. */
final class Samples {
    private static final ObjectMapper JSON = new ObjectMapper();

    static final TaskInputs INPUTS = inputs("""
            {"pipelinechannel--flip-coin-op-Output": "heads", "pipelinechannel--rand-10-Output": 7, "n": 7, "one": 1, "two": 2, "d": 0.5,
             "minus": -3, "big": 9007199254740993, "yes": true, "no": false, "text": "fast", "empty": "", "it": "it's", "emoji": "a\\uD83D\\uDE00",
             "nothing": null, "list": [1, "b", [2.5]], "none": [], "map": {"k": "v", "n": {"m": 3}, "a b": 1}, "json": "{\\"a\\": [10, {\\"b\\": true}]}",
             "number": "42", "real": "2.5", "word": "x"}
            """);

    private Samples() {}

    static TaskInputs inputs(String json) {
        Map<String, JsonNode> parameters = new LinkedHashMap<>();
        json(json).fields().forEachRemaining(field -> parameters.put(field.getKey(), field.getValue()));
        ObjectNode metadata = (ObjectNode) json("{\"accuracy\": 0.93, \"name\": \"best\"}");
        Artifact model = new Artifact("model", "system.Model", "", "0.0.1", "s3://b/model", metadata, null);
        return new TaskInputs(parameters, Map.of("model", List.of(model), "models", List.of(model, model)));
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
