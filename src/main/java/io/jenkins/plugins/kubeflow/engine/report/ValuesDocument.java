package io.jenkins.plugins.kubeflow.engine.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.artifact.LocalFiles;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Parameters and artifacts for a page; a value beyond what a page can show is cut, with its length. */
final class ValuesDocument {
    private static final int LONGEST = 20_000;

    private ValuesDocument() {}

    static ObjectNode of(Map<String, JsonNode> parameters, Map<String, List<Artifact>> artifacts) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.set("parameters", parameters(parameters));
        ObjectNode lists = json.putObject("artifacts");
        artifacts.forEach((name, list) -> {
            ArrayNode array = lists.putArray(name);
            list.stream().limit(1000).forEach(artifact -> artifact(artifact, array.addObject()));
        });
        return json;
    }

    static ObjectNode parameters(Map<String, JsonNode> parameters) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        parameters.forEach((name, value) -> json.set(name, bounded(value)));
        return json;
    }

    private static JsonNode bounded(JsonNode value) {
        if (value.isTextual() && value.textValue().length() > LONGEST) {
            return TextNode.valueOf(value.textValue().substring(0, LONGEST) + "… (" + value.textValue().length() + " characters)");
        }
        return value;
    }

    private static void artifact(Artifact artifact, ObjectNode json) {
        json.put("name", artifact.name());
        json.put("type", artifact.type());
        json.put("uri", artifact.uri());
        json.set("metadata", artifact.metadata());
        Path path = LocalFiles.path(artifact.uri());
        try {
            if (path != null && LocalFiles.mayRead(path) && Files.exists(path)) {
                json.put("path", path.toString());
                json.put("size", Files.isDirectory(path) ? -1 : Files.size(path));
            }
        } catch (IOException | SecurityException gone) {
            json.put("size", 0);
        }
    }
}
