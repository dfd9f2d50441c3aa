package io.jenkins.plugins.kubeflow.engine.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.graph.GraphOptions;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ReadResult;
import io.jenkins.plugins.kubeflow.engine.ir.SpecReader;
import io.jenkins.plugins.kubeflow.engine.task.RunContext;
import io.jenkins.plugins.kubeflow.engine.task.TaskInputs;
import io.jenkins.plugins.kubeflow.engine.task.TaskOutputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was asked for: everything of a run that is decided before it starts, kept in {@code run.json} beside the spec, so that the
 * run directory explains and repeats itself. {@code artifacts} are those handed in from outside. {@code scheduled} may be null; {@code round} counts retries of the run;
 * {@code cacheEnabled} false overrides the tasks' own wish; {@code environment} is handed to every task.
 */
public record RunRecord(
        String runId,
        String name,
        String pipelineName,
        String specFile,
        Map<String, JsonNode> parameters,
        Map<String, List<Artifact>> artifacts,
        String pipelineRoot,
        String workspacePath,
        Instant created,
        Instant scheduled,
        int round,
        boolean cacheEnabled,
        GraphOptions graph,
        Map<String, String> environment) {

    public RunContext context() {
        String suffix = runId.length() > 8 ? runId.substring(0, 8) : runId;
        return new RunContext(
                runId, name, pipelineName, pipelineName + "-" + suffix, pipelineRoot, workspacePath, created, scheduled);
    }

    /** What the pipeline itself is given. */
    public TaskInputs inputs() {
        return new TaskInputs(parameters, artifacts);
    }

    /** The pipeline as the run's directory has it. @throws IOException with a sentence when it cannot be read */
    public PipelineSpec spec(RunDirectory directory) throws IOException {
        ReadResult read = SpecReader.read(directory.path().resolve(specFile));
        if (read.spec() == null) {
            throw new IOException("the pipeline of ‘" + name + "’ cannot be read: " + read.problems());
        }
        return read.spec();
    }

    /** Writes the record in one step: readers see the old file or the new one. */
    public void write(RunDirectory directory) throws IOException {
        ObjectNode json = EventCodec.JSON.createObjectNode();
        json.put("format", 1);
        json.put("directory", directory.ofRun().toString());
        json.put("runId", runId);
        json.put("name", name);
        json.put("pipeline", pipelineName);
        json.put("spec", specFile);
        json.putObject("parameters").setAll(parameters);
        if (!artifacts.isEmpty()) {
            json.set("artifacts", OutputsJson.write(new TaskOutputs(Map.of(), artifacts)).get("artifacts"));
        }
        json.put("pipelineRoot", pipelineRoot);
        json.put("workspacePath", workspacePath);
        json.put("created", created.toString());
        json.put("scheduled", scheduled == null ? null : scheduled.toString());
        json.put("round", round);
        json.put("cache", cacheEnabled);
        json.put("platformRetries", graph.platformRetries());
        json.put("platformBackoffMillis", graph.platformBackoff().toMillis());
        json.put("mlmdStates", graph.mlmdStates());
        ObjectNode env = json.putObject("environment");
        environment.forEach(env::put);
        Path temporary = directory.path().resolve("run.json.tmp");
        Files.createDirectories(directory.path());
        EventCodec.JSON.writerWithDefaultPrettyPrinter().writeValue(temporary.toFile(), json);
        Files.move(temporary, directory.record(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** @throws IOException with a sentence when the directory is not one of a run */
    public static RunRecord read(RunDirectory directory) throws IOException {
        if (!Files.isRegularFile(directory.record())) {
            throw new IOException("‘" + directory.path() + "’ is not a run directory: it has no run.json");
        }
        try {
            JsonNode json = EventCodec.JSON.readTree(directory.record().toFile());
            Map<String, JsonNode> parameters = new LinkedHashMap<>();
            json.path("parameters").fields().forEachRemaining(e -> parameters.put(e.getKey(), e.getValue()));
            Map<String, String> environment = new LinkedHashMap<>();
            json.path("environment").fields().forEachRemaining(e -> environment.put(e.getKey(), e.getValue().asText()));
            return new RunRecord(
                    json.required("runId").asText(),
                    json.required("name").asText(),
                    json.required("pipeline").asText(),
                    json.required("spec").asText(),
                    parameters,
                    OutputsJson.read(json).artifacts(),
                    here(json, directory, json.required("pipelineRoot").asText()),
                    here(json, directory, json.path("workspacePath").asText()),
                    Instant.parse(json.required("created").asText()),
                    json.hasNonNull("scheduled") ? Instant.parse(json.get("scheduled").asText()) : null,
                    json.path("round").asInt(),
                    json.path("cache").asBoolean(true),
                    new GraphOptions(
                            json.path("platformRetries").asInt(),
                            Duration.ofMillis(json.path("platformBackoffMillis").asLong()),
                            json.path("mlmdStates").asBoolean()),
                    environment);
        } catch (JsonProcessingException e) {
            throw new IOException(damaged(directory) + "it is not JSON"
                    + (e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr()), e);
        } catch (RuntimeException e) {
            throw new IOException(damaged(directory) + "a field is missing or is not what it was written as", e);
        }
    }

    /** Where the run's directory was when the record was written, if it has been moved since; else null. */
    public static Path movedFrom(RunDirectory directory) throws IOException {
        JsonNode before = EventCodec.JSON.readTree(directory.record().toFile()).path("directory");
        return before.isTextual() && !before.asText().equals(directory.ofRun().toString()) ? Path.of(before.asText()) : null;
    }

    /** A path inside of the run's directory, wherever that is by now. */
    private static String here(JsonNode json, RunDirectory directory, String path) {
        String before = json.path("directory").asText();
        return !before.isEmpty() && path.startsWith(before + "/") ? directory.ofRun() + path.substring(before.length()) : path;
    }

    private static String damaged(RunDirectory directory) {
        return "‘" + directory.record() + "’ is damaged; put it back from a copy, or start the pipeline again with run: ";
    }

    public RunRecord withRound(int newRound, String newSpecFile, String newPipelineName, Map<String, JsonNode> newParameters) {
        return new RunRecord(
                runId, name, newPipelineName, newSpecFile, newParameters, artifacts, pipelineRoot, workspacePath, created, scheduled, newRound,
                cacheEnabled, graph, environment);
    }
}
