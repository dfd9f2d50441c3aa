package io.jenkins.plugins.kubeflow.experiment;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a run has left in its directory, as far as a run table shows it. The result document is read task by task: it may be large.
 * {@code state} is {@code RUNNING} as long as there is no result.
 */
record RunSummary(String runId, String pipeline, String state, long created, long ended, Map<String, String> parameters, Map<String, Double> metrics) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_VALUE = 200;

    /** Null when nothing was ever begun there. */
    static RunSummary read(RunDirectory directory) throws IOException {
        if (!Files.exists(directory.record())) {
            return null;
        }
        RunRecord record = RunRecord.read(directory);
        Map<String, String> parameters = new LinkedHashMap<>();
        record.parameters().forEach((name, value) -> parameters.put(name, text(value)));
        Result result = Files.exists(directory.result()) ? Result.read(directory) : new Result();
        return new RunSummary(
                record.runId(),
                record.pipelineName(),
                result.state == null ? "RUNNING" : result.state,
                record.created().toEpochMilli(),
                result.ended,
                parameters,
                result.metrics());
    }

    static String text(JsonNode value) {
        return text(value.isTextual() ? value.asText() : value.toString());
    }

    static String text(String text) {
        return text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "…" : text;
    }

    private static final class Result {
        private String state;
        private long ended;
        /** task path and metric name -> value, in the order of the tasks */
        private final Map<String, Map<String, Double>> metrics = new LinkedHashMap<>();

        static Result read(RunDirectory directory) throws IOException {
            Result result = new Result();
            try (JsonParser parser = JSON.getFactory().createParser(directory.result().toFile())) {
                parser.nextToken();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String field = parser.currentName();
                    JsonToken value = parser.nextToken();
                    if (field.equals("state")) {
                        result.state = parser.getText();
                    } else if (field.equals("ended") && value == JsonToken.VALUE_STRING) {
                        result.ended = millis(parser.getText());
                    } else if (field.equals("tasks")) {
                        while (parser.nextToken() == JsonToken.START_OBJECT) {
                            result.task(JSON.readTree(parser));
                        }
                    } else {
                        parser.skipChildren();
                    }
                }
            }
            return result;
        }

        private static long millis(String time) {
            try {
                return Instant.parse(time).toEpochMilli();
            } catch (DateTimeParseException e) {
                return 0;
            }
        }

        private void task(JsonNode task) {
            task.path("outputs").path("artifacts").forEach(list -> list.forEach(artifact -> {
                if (artifact.path("type").asText().equals("system.Metrics")) {
                    artifact.path("metadata").fields().forEachRemaining(entry -> {
                        if (entry.getValue().isNumber()) {
                            metrics.computeIfAbsent(task.path("path").asText(), path -> new LinkedHashMap<>())
                                    .put(entry.getKey(), entry.getValue().asDouble());
                        }
                    });
                }
            }));
        }

        /** A metric goes by its own name, with its task's path before it when several tasks have one of that name. */
        Map<String, Double> metrics() {
            Set<String> once = new HashSet<>();
            Set<String> often = new HashSet<>();
            metrics.values().forEach(names -> names.keySet().forEach(name -> {
                if (!once.add(name)) {
                    often.add(name);
                }
            }));
            Map<String, Double> named = new LinkedHashMap<>();
            metrics.forEach((path, values) ->
                    values.forEach((name, value) -> named.put(often.contains(name) ? path + "/" + name : name, value)));
            return named;
        }
    }
}
