package io.jenkins.plugins.kubeflow.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * A named pipeline and its versions, newest first, as they were when the registry was asked. {@code id} names its directory;
 * {@code chosen} is the version that somebody made the default, null while the newest is.
 */
public record RegisteredPipeline(
        String id,
        String name,
        String description,
        List<String> tags,
        Instant created,
        @CheckForNull String createdBy,
        @CheckForNull String chosen,
        List<PipelineVersion> versions) {
    /** Stands for the newest version where a version is named. */
    public static final String LATEST = "latest";

    /** Stands for the default version where a version is named. */
    public static final String DEFAULT = "default";

    public RegisteredPipeline {
        tags = List.copyOf(tags);
        versions = versions.stream()
                .sorted(Comparator.comparingLong(PipelineVersion::sequence).reversed())
                .toList();
    }

    /** Null when all its versions are deleted. */
    @CheckForNull
    public PipelineVersion latest() {
        return versions.isEmpty() ? null : versions.get(0);
    }

    /** The chosen version, else the newest. */
    @CheckForNull
    public PipelineVersion defaultVersion() {
        PipelineVersion version = chosen == null ? null : named(chosen);
        return version == null ? latest() : version;
    }

    /** @param version a version's name, {@link #LATEST} (also null and empty) or {@link #DEFAULT} */
    @CheckForNull
    public PipelineVersion version(@CheckForNull String version) {
        if (version == null || version.isEmpty() || version.equals(LATEST)) {
            return latest();
        }
        return version.equals(DEFAULT) ? defaultVersion() : named(version);
    }

    @CheckForNull
    PipelineVersion named(String version) {
        return versions.stream().filter(v -> v.name().equals(version)).findFirst().orElse(null);
    }

    RegisteredPipeline withVersions(List<PipelineVersion> newVersions) {
        return new RegisteredPipeline(id, name, description, tags, created, createdBy, chosen, newVersions);
    }

    RegisteredPipeline described(String newDescription, List<String> newTags) {
        return new RegisteredPipeline(id, name, newDescription, newTags, created, createdBy, chosen, versions);
    }

    RegisteredPipeline choosing(@CheckForNull String version) {
        return new RegisteredPipeline(id, name, description, tags, created, createdBy, version, versions);
    }

    /** All but the versions, which have records of their own. */
    ObjectNode json() {
        ObjectNode json = Json.MAPPER.createObjectNode().put("format", 1);
        json.put("name", name).put("description", description);
        tags.forEach(json.putArray("tags")::add);
        return json.put("created", created.toString()).put("createdBy", createdBy).put("default", chosen);
    }

    /** @throws RuntimeException for whatever is not the record of a pipeline */
    static RegisteredPipeline of(String id, JsonNode json, List<PipelineVersion> versions) {
        return new RegisteredPipeline(
                id,
                json.required("name").asText(),
                json.path("description").asText(""),
                PipelineVersion.texts(json.path("tags")),
                Instant.parse(json.required("created").asText()),
                json.hasNonNull("createdBy") ? json.get("createdBy").asText() : null,
                json.hasNonNull("default") ? json.get("default").asText() : null,
                versions);
    }
}
