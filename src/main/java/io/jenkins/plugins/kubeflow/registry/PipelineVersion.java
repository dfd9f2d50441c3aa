package io.jenkins.plugins.kubeflow.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One version of a registered pipeline; it never changes. {@code id} names its directory, {@code name} is unique in the pipeline,
 * {@code sequence} counts the pipeline's versions from 1 in the order of their upload, {@code sha256} is the document's.
 */
public record PipelineVersion(
        String id,
        String name,
        long sequence,
        String description,
        @CheckForNull String codeUrl,
        List<String> tags,
        Instant created,
        @CheckForNull String createdBy,
        String sha256) {

    public PipelineVersion {
        tags = List.copyOf(tags);
    }

    ObjectNode json() {
        ObjectNode json = Json.MAPPER.createObjectNode().put("format", 1);
        json.put("name", name).put("sequence", sequence).put("description", description).put("codeUrl", codeUrl);
        tags.forEach(json.putArray("tags")::add);
        return json.put("created", created.toString()).put("createdBy", createdBy).put("sha256", sha256);
    }

    /** @throws RuntimeException for whatever is not the record of a version */
    static PipelineVersion of(String id, JsonNode json) {
        return new PipelineVersion(
                id,
                json.required("name").asText(),
                json.required("sequence").asLong(),
                json.path("description").asText(""),
                json.hasNonNull("codeUrl") ? json.get("codeUrl").asText() : null,
                texts(json.path("tags")),
                Instant.parse(json.required("created").asText()),
                json.hasNonNull("createdBy") ? json.get("createdBy").asText() : null,
                json.required("sha256").asText());
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
