package io.jenkins.plugins.kubeflow.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Actionable;
import hudson.model.InvisibleAction;
import hudson.model.Queue;
import hudson.model.queue.QueueListener;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Typed parameters, and possibly artifacts and the pipeline itself, that one run is given when it is scheduled; they take the place of the build's
 * parameters and of the job's definition. They lie in files of the Jenkins home until the run has its own copy, never in the queue or
 * in build.xml.
 */
public final class GivenPipeline extends InvisibleAction implements Queue.QueueAction {
    private static final Logger LOGGER = Logger.getLogger(GivenPipeline.class.getName());

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

    /** Whether the pipeline itself is given, and not the job's definition meant. */
    boolean hasPipeline() {
        return name != null;
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

    /** What an action list holds of it will not be asked for any more. */
    static void discard(Actionable holder) {
        GivenPipeline given = holder.getAction(GivenPipeline.class);
        if (given != null) {
            try {
                given.discard();
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "what was given to a run that never began stays in " + given.directory());
            }
        }
    }

    /** A run is taken out of the queue before it begins. */
    @Extension
    public static final class Dropped extends QueueListener {
        @Override
        public void onLeft(Queue.LeftItem item) {
            if (item.isCancelled()) {
                GivenPipeline.discard(item);
            }
        }
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
