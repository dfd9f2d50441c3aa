package io.jenkins.plugins.kubeflow.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run table knows of a run, so that no build has to be loaded to list it. Times are milliseconds since 1970, 0 for not yet.
 * {@code state} is one of the engine's states of a run; {@code job} is the job's name in its experiment. Parameters are the text of
 * their values, metrics the numbers of the run's scalar metrics.
 */
public record RunRow(
        String runId,
        String job,
        int number,
        String name,
        String state,
        long created,
        long ended,
        String pipeline,
        String version,
        String recurringRun,
        String startedBy,
        boolean archived,
        List<String> tags,
        Map<String, String> parameters,
        Map<String, Double> metrics) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public boolean isOver() {
        return ended > 0;
    }

    /** So far, when it is not over. */
    public long duration(long now) {
        return Math.max(0, (isOver() ? ended : now) - created);
    }

    public RunRow withJob(String newJob) {
        return new RunRow(runId, newJob, number, name, state, created, ended, pipeline, version, recurringRun, startedBy, archived, tags,
                parameters, metrics);
    }

    ObjectNode json() {
        ObjectNode json = JSON.createObjectNode()
                .put("runId", runId)
                .put("job", job)
                .put("number", number)
                .put("name", name)
                .put("state", state)
                .put("created", created)
                .put("ended", ended)
                .put("pipeline", pipeline)
                .put("version", version)
                .put("recurringRun", recurringRun)
                .put("startedBy", startedBy)
                .put("archived", archived);
        tags.forEach(json.putArray("tags")::add);
        ObjectNode values = json.putObject("parameters");
        parameters.forEach(values::put);
        ObjectNode numbers = json.putObject("metrics");
        metrics.forEach(numbers::put);
        return json;
    }

    /** Makes rows of what {@link #json} made. Texts that many rows have are kept once. */
    static final class Reader {
        private static final int LONGEST_SHARED = 40;

        private final Map<String, String> shared = new HashMap<>();
        private final Map<Double, Double> numbers = new HashMap<>();

        RunRow read(JsonNode json) {
            List<String> tags = new ArrayList<>();
            json.path("tags").forEach(tag -> tags.add(share(tag.asText())));
            Map<String, String> parameters = new HashMap<>();
            json.path("parameters").fields().forEachRemaining(e -> parameters.put(share(e.getKey()), share(e.getValue().asText())));
            Map<String, Double> metrics = new HashMap<>();
            json.path("metrics").fields().forEachRemaining(e ->
                    metrics.put(share(e.getKey()), numbers.computeIfAbsent(e.getValue().asDouble(), number -> number)));
            return new RunRow(
                    json.path("runId").asText(),
                    text(json, "job"),
                    json.path("number").asInt(),
                    text(json, "name"),
                    text(json, "state"),
                    json.path("created").asLong(),
                    json.path("ended").asLong(),
                    text(json, "pipeline"),
                    text(json, "version"),
                    text(json, "recurringRun"),
                    text(json, "startedBy"),
                    json.path("archived").asBoolean(),
                    List.copyOf(tags),
                    Map.copyOf(parameters),
                    Map.copyOf(metrics));
        }

        private String text(JsonNode json, String field) {
            return json.hasNonNull(field) ? share(json.get(field).asText()) : null;
        }

        private String share(String text) {
            return text.length() > LONGEST_SHARED ? text : shared.computeIfAbsent(text, same -> same);
        }
    }
}
