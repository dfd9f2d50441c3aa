package io.jenkins.plugins.kubeflow.engine.compare;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.artifact.ArtifactView;
import io.jenkins.plugins.kubeflow.engine.artifact.ArtifactViews;
import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a run is compared with other runs: read from {@code run.json} and {@code result.json}, task by task, because the result of a
 * large run is large. While a run goes on there is no result: it has parameters only and is {@code RUNNING}. Metrics, curves and
 * matrices go by the path of their task and their name, {@code path/name}; so do artifacts, as the result document has them with
 * {@code task}, {@code output} and {@code index}.
 */
public record RunFacts(
        String runId,
        String name,
        String pipeline,
        String state,
        String error,
        String started,
        String ended,
        Map<String, JsonNode> parameters,
        Map<String, JsonNode> outputs,
        Map<String, Double> metrics,
        Map<String, ArtifactView.Roc> curves,
        Map<String, ArtifactView.ConfusionMatrix> matrices,
        Map<String, JsonNode> artifacts,
        Map<String, Task> tasks,
        List<Touch> touches) {
    /** Beyond this a comparison shows nothing any more; a loop of thousands has its own page. */
    private static final int MOST = 2000;

    /** {@code started} and {@code ended} are null for one that never ran. */
    public record Task(String state, String started, String ended) {}

    /** A step that put an artifact out or took it in; {@code name} is that of its output or input. */
    public record Touch(String uri, String path, String name, boolean output, String kind, String state) {}

    /** @throws IOException with a sentence when there is no run in the directory */
    public static RunFacts read(RunDirectory directory) throws IOException {
        RunRecord record = RunRecord.read(directory);
        Reader reader = new Reader();
        reader.parameters.putAll(record.parameters());
        if (Files.exists(directory.result())) {
            reader.result(directory);
        }
        return new RunFacts(
                record.runId(),
                record.name(),
                record.pipelineName(),
                reader.text.getOrDefault("state", "RUNNING"),
                reader.text.get("error"),
                reader.text.getOrDefault("started", record.created().toString()),
                reader.text.get("ended"),
                reader.parameters,
                reader.outputs,
                reader.metrics,
                reader.curves,
                reader.matrices,
                reader.artifacts,
                reader.tasks,
                reader.touches);
    }

    private static final class Reader {
        private final Map<String, String> text = new LinkedHashMap<>();
        private final Map<String, JsonNode> parameters = new LinkedHashMap<>();
        private final Map<String, JsonNode> outputs = new LinkedHashMap<>();
        private final Map<String, Double> metrics = new LinkedHashMap<>();
        private final Map<String, ArtifactView.Roc> curves = new LinkedHashMap<>();
        private final Map<String, ArtifactView.ConfusionMatrix> matrices = new LinkedHashMap<>();
        private final Map<String, JsonNode> artifacts = new LinkedHashMap<>();
        private final Map<String, Task> tasks = new LinkedHashMap<>();
        private final List<Touch> touches = new ArrayList<>();

        void result(RunDirectory directory) throws IOException {
            try (JsonParser parser = Json.MAPPER.getFactory().createParser(directory.result().toFile())) {
                parser.nextToken();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String field = parser.currentName();
                    JsonToken value = parser.nextToken();
                    if (field.equals("parameters")) {
                        JsonNode all = Json.MAPPER.readTree(parser);
                        all.fields().forEachRemaining(entry -> parameters.put(entry.getKey(), entry.getValue()));
                    } else if (field.equals("outputs")) {
                        JsonNode values = Json.MAPPER.readTree(parser);
                        values.path("parameters").fields().forEachRemaining(entry -> outputs.put(entry.getKey(), entry.getValue()));
                    } else if (field.equals("tasks")) {
                        while (parser.nextToken() == JsonToken.START_OBJECT) {
                            task(Json.MAPPER.readTree(parser));
                        }
                    } else if (value == JsonToken.VALUE_STRING) {
                        text.put(field, parser.getText());
                    } else {
                        parser.skipChildren();
                    }
                }
            }
        }

        private void task(JsonNode task) {
            String path = task.path("path").asText();
            if (tasks.size() < MOST) {
                tasks.put(path, new Task(task.path("state").asText(), text(task, "started"), text(task, "ended")));
            }
            if (!task.path("kind").asText().equals("container") && !task.path("kind").asText().equals("importer")) {
                return;
            }
            touches(task, path, true);
            touches(task, path, false);
            task.path("outputs").path("artifacts").fields().forEachRemaining(entry -> {
                for (int i = 0; i < entry.getValue().size(); i++) {
                    artifact(path, entry.getKey(), i, entry.getValue().size() > 1, entry.getValue().get(i));
                }
            });
        }

        private void touches(JsonNode task, String path, boolean output) {
            String side = output ? "outputs" : "inputs";
            task.path(side).path("artifacts").fields().forEachRemaining(entry -> entry.getValue().forEach(artifact -> {
                if (touches.size() < MOST) {
                    touches.add(new Touch(
                            artifact.path("uri").asText(), path, entry.getKey(), output, task.path("kind").asText(), task.path("state").asText()));
                }
            }));
        }

        private void artifact(String path, String name, int index, boolean list, JsonNode json) {
            String key = path + "/" + name + (list ? "[" + index + "]" : "");
            if (artifacts.size() < MOST && json instanceof ObjectNode artifact) {
                artifacts.put(key, artifact.put("task", path).put("output", name).put("index", index));
            }
            String type = json.path("type").asText();
            if (!type.endsWith("Metrics") || !(json.path("metadata") instanceof ObjectNode metadata)) {
                return;
            }
            // metadata only: no file of a step is read for a comparison
            for (ArtifactView view : ArtifactViews.of(new Artifact(name, type, "", "", "", metadata, null), uri -> null)) {
                if (view instanceof ArtifactView.ScalarMetrics scalars) {
                    scalars.metrics().forEach(metric -> number(path + "/" + metric.name(), metric.value()));
                } else if (view instanceof ArtifactView.Roc roc && curves.size() < MOST) {
                    curves.put(key, roc);
                } else if (view instanceof ArtifactView.ConfusionMatrix matrix && matrices.size() < MOST) {
                    matrices.put(key, matrix);
                }
            }
        }

        private void number(String key, JsonNode value) {
            if (value.isNumber() && Double.isFinite(value.asDouble()) && metrics.size() < MOST) {
                metrics.put(key, value.asDouble());
            }
        }

        private static String text(JsonNode task, String field) {
            return task.hasNonNull(field) ? task.get(field).asText() : null;
        }
    }

    /** Metrics by their own name, with the path of their task before it where several tasks of the runs have one of that name. */
    public static List<Map<String, Double>> shortNames(List<RunFacts> runs) {
        Map<String, String> owner = new LinkedHashMap<>();
        Set<String> ambiguous = new HashSet<>();
        for (RunFacts run : runs) {
            for (String key : run.metrics().keySet()) {
                String before = owner.putIfAbsent(last(key), key);
                if (before != null && !before.equals(key)) {
                    ambiguous.add(last(key));
                }
            }
        }
        List<Map<String, Double>> named = new ArrayList<>();
        for (RunFacts run : runs) {
            Map<String, Double> metrics = new LinkedHashMap<>();
            run.metrics().forEach((key, value) -> metrics.put(ambiguous.contains(last(key)) ? key : last(key), value));
            named.add(metrics);
        }
        return named;
    }

    private static String last(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }
}
