package io.jenkins.plugins.kubeflow.engine.task;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;

/** The ExecutorInput message, what {@code {{$}}} stands for (kfp.md 2.6). */
public record ExecutorInput(TaskInputs inputs, OutputPlan outputs) {

    public String json() {
        StringWriter text = new StringWriter();
        try {
            write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Streams the message; a large parameter is not held twice. */
    public void write(Writer target) throws IOException {
        try (JsonGenerator out = Json.MAPPER.getFactory().createGenerator(target)) {
            Json.exact(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            out.writeStartObject();
            out.writeObjectFieldStart("inputs");
            out.writeObjectFieldStart("parameterValues");
            for (Map.Entry<String, JsonNode> parameter : inputs.parameters().entrySet()) {
                out.writeFieldName(parameter.getKey());
                out.writeTree(Values.normalize(parameter.getValue()));
            }
            out.writeEndObject();
            artifacts(out, inputs.artifacts());
            out.writeEndObject();
            out.writeObjectFieldStart("outputs");
            out.writeObjectFieldStart("parameters");
            for (Map.Entry<String, String> file : outputs.parameterFiles().entrySet()) {
                out.writeObjectFieldStart(file.getKey());
                out.writeStringField("outputFile", file.getValue());
                out.writeEndObject();
            }
            out.writeEndObject();
            artifacts(out, outputs.artifacts());
            out.writeStringField("outputFile", outputs.outputFile());
            out.writeEndObject();
            out.writeEndObject();
        }
    }

    private static void artifacts(JsonGenerator out, Map<String, List<Artifact>> artifacts) throws IOException {
        out.writeObjectFieldStart("artifacts");
        for (Map.Entry<String, List<Artifact>> entry : artifacts.entrySet()) {
            out.writeObjectFieldStart(entry.getKey());
            out.writeArrayFieldStart("artifacts");
            for (Artifact artifact : entry.getValue()) {
                artifact(out, artifact);
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    static void artifact(JsonGenerator out, Artifact artifact) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", artifact.name());
        out.writeObjectFieldStart("type");
        if (artifact.instanceSchema() != null) {
            out.writeStringField("instanceSchema", artifact.instanceSchema());
        } else {
            out.writeStringField("schemaTitle", artifact.type());
            if (artifact.schemaVersion() != null) {
                out.writeStringField("schemaVersion", artifact.schemaVersion());
            }
        }
        out.writeEndObject();
        // the SDK's Artifact.path knows the schemes of stores, and takes everything else for a path as it stands
        out.writeStringField("uri", artifact.uri().startsWith("file://") ? ArtifactPaths.path(artifact.uri()) : artifact.uri());
        out.writeFieldName("metadata");
        out.writeTree(Values.normalize(artifact.metadata()));
        if (artifact.customPath() != null) {
            out.writeStringField("customPath", artifact.customPath());
        }
        out.writeEndObject();
    }
}
