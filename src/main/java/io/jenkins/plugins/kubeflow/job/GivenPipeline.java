package io.jenkins.plugins.kubeflow.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Action;
import hudson.model.InvisibleAction;
import hudson.model.Queue;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jenkins.model.Jenkins;

/**
 * Typed parameters, and possibly artifacts and the pipeline itself, that one run is given when it is scheduled; they take the place of the build's
 * parameters and of the job's definition. They lie in files of the Jenkins home until the run has its own copy, never in the queue or
 * in build.xml.
 */
public final class GivenPipeline extends InvisibleAction implements Queue.QueueAction {
    private final String id;
    private final String name;

    private GivenPipeline(String id, String name) {
        this.id = id;
        this.name = name;
    }

    /** @param source null for the job's own definition */
    public static GivenPipeline keep(@CheckForNull PipelineDefinition.Source source, Map<String, JsonNode> parameters) throws IOException {
        GivenPipeline given = new GivenPipeline(UUID.randomUUID().toString(), source == null ? null : source.name());
        Files.createDirectories(given.directory());
        if (source != null) {
            Files.write(given.directory().resolve("pipeline"), source.bytes());
        }
        ObjectNode values = Json.MAPPER.createObjectNode();
        parameters.forEach(values::set);
        Json.MAPPER.writeValue(given.directory().resolve("parameters.json").toFile(), values);
        return given;
    }

    private Path directory() {
        return Jenkins.get().getRootDir().toPath().resolve("kubeflow").resolve("given").resolve(id);
    }

    /** Null when the job's definition is meant. */
    @CheckForNull
    PipelineDefinition.Source source() throws IOException {
        return name == null ? null : new PipelineDefinition.Source(name, Files.readAllBytes(directory().resolve("pipeline")));
    }

    Map<String, JsonNode> parameters() throws IOException {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        Json.MAPPER.readTree(directory().resolve("parameters.json").toFile()).fields()
                .forEachRemaining(field -> values.put(field.getKey(), field.getValue()));
        return values;
    }

    /** Files and references for the pipeline's artifact inputs; empty unless somebody adds to them before the run is scheduled. */
    public GivenArtifacts artifacts() {
        return new GivenArtifacts(directory().resolve("artifacts"));
    }

    /** The run has begun, or never will. */
    public void discard() throws IOException {
        artifacts().discard();
        Files.deleteIfExists(directory().resolve("pipeline"));
        Files.deleteIfExists(directory().resolve("parameters.json"));
        Files.deleteIfExists(directory());
    }

    @Override
    public boolean shouldSchedule(List<Action> actions) {
        return true;
    }
}
