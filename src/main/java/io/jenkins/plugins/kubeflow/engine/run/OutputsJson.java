package io.jenkins.plugins.kubeflow.engine.run;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.artifact.LocalFiles;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import io.jenkins.plugins.kubeflow.engine.task.TaskOutputs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Outputs of a task inside an event: {@code "outputs": {"parameters": {…}, "artifacts": {…}}}, left out when there are none. */
public final class OutputsJson {
    private OutputsJson() {}

    static void writeField(JsonGenerator out, TaskOutputs outputs) throws IOException {
        if (outputs.parameters().isEmpty() && outputs.artifacts().isEmpty()) {
            return;
        }
        out.writeFieldName("outputs");
        write(out, outputs);
    }

    private static void write(JsonGenerator out, TaskOutputs outputs) throws IOException {
        out.writeStartObject();
        out.writeObjectFieldStart("parameters");
        for (Map.Entry<String, JsonNode> parameter : outputs.parameters().entrySet()) {
            out.writeFieldName(parameter.getKey());
            out.writeTree(parameter.getValue());
        }
        out.writeEndObject();
        out.writeObjectFieldStart("artifacts");
        for (Map.Entry<String, List<Artifact>> entry : outputs.artifacts().entrySet()) {
            out.writeArrayFieldStart(entry.getKey());
            for (Artifact artifact : entry.getValue()) {
                write(out, artifact);
            }
            out.writeEndArray();
        }
        out.writeEndObject();
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, Artifact artifact) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", artifact.name());
        out.writeStringField("type", artifact.type());
        optional(out, "instanceSchema", artifact.instanceSchema());
        optional(out, "schemaVersion", artifact.schemaVersion());
        out.writeStringField("uri", artifact.uri());
        optional(out, "customPath", artifact.customPath());
        out.writeFieldName("metadata");
        out.writeTree(artifact.metadata());
        out.writeEndObject();
    }

    private static void optional(JsonGenerator out, String name, String value) throws IOException {
        if (value != null) {
            out.writeStringField(name, value);
        }
    }

    static TaskOutputs readField(JsonNode line) {
        JsonNode outputs = line.get("outputs");
        return outputs == null ? TaskOutputs.NONE : read(outputs);
    }

    /** As a tree; for files that hold outputs among other things. */
    public static JsonNode write(TaskOutputs outputs) throws IOException {
        TokenBuffer buffer = new TokenBuffer(Json.MAPPER, false);
        write(buffer, outputs);
        return Json.MAPPER.readTree(buffer.asParser());
    }

    public static TaskOutputs read(JsonNode outputs) {
        Map<String, JsonNode> parameters = new LinkedHashMap<>();
        outputs.path("parameters").fields().forEachRemaining(e -> parameters.put(e.getKey(), e.getValue()));
        Map<String, List<Artifact>> artifacts = new LinkedHashMap<>();
        outputs.path("artifacts").fields().forEachRemaining(e -> {
            List<Artifact> list = new ArrayList<>();
            e.getValue().forEach(a -> list.add(artifact(a)));
            artifacts.put(e.getKey(), list);
        });
        return new TaskOutputs(parameters, artifacts);
    }

    private static Artifact artifact(JsonNode a) {
        return new Artifact(
                text(a, "name"),
                text(a, "type"),
                text(a, "instanceSchema"),
                text(a, "schemaVersion"),
                LocalFiles.current(text(a, "uri")),
                a.path("metadata") instanceof ObjectNode metadata ? metadata : JsonNodeFactory.instance.objectNode(),
                LocalFiles.current(text(a, "customPath")));
    }

    private static String text(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.get(field).asText() : null;
    }
}
