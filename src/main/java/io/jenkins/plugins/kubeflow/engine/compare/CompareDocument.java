package io.jenkins.plugins.kubeflow.engine.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.artifact.ArtifactView;
import io.jenkins.plugins.kubeflow.engine.ir.ExecutorSpec;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import io.jenkins.plugins.kubeflow.engine.task.PythonComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs side by side, as data for the compare page: every row has one value for each run, in the order of {@code runs}, null where a run
 * has none. Rows that differ come first. A pure function of what was read.
 */
public final class CompareDocument {
    private static final int LONGEST_SPEC = 1 << 20;

    /** The local file of an artifact's URI if it may be read, else null; {@code cached} for one that another run wrote. */
    @FunctionalInterface
    public interface Files {
        Path path(String uri, boolean cached);
    }

    /**
     * One of the runs. {@code id} is what selects it, {@code url} its page (relative or absolute), {@code spec} its compiled pipeline or
     * null when that cannot be read, {@code specText} as it was given.
     */
    public record Run(String id, String label, String url, RunFacts facts, PipelineSpec spec, String specText, Files files) {
        /** Without a look into artifacts. */
        public Run(String id, String label, String url, RunFacts facts, PipelineSpec spec, String specText) {
            this(id, label, url, facts, spec, specText, (uri, cached) -> null);
        }
    }

    private final List<Run> runs;
    private final ArtifactContents contents = new ArtifactContents();
    private final ObjectNode json = Json.MAPPER.createObjectNode();

    private CompareDocument(List<Run> runs) {
        this.runs = List.copyOf(runs);
    }

    public static ObjectNode of(List<Run> runs) {
        return new CompareDocument(runs).build();
    }

    private ObjectNode build() {
        ArrayNode list = json.putArray("runs");
        runs.forEach(run -> run(run, list.addObject()));
        rows("parameters", run -> run.facts().parameters(), value -> value);
        metrics();
        charts();
        rows("artifacts", this::artifacts, value -> value);
        rows("images", CompareDocument::images, Json.MAPPER::valueToTree);
        rows("packages", CompareDocument::packages, Json.MAPPER::valueToTree);
        tasks();
        specs();
        return json;
    }

    private static void run(Run run, ObjectNode json) {
        RunFacts facts = run.facts();
        json.put("id", run.id());
        json.put("label", run.label());
        json.put("url", run.url());
        json.put("name", facts.name());
        json.put("pipeline", facts.pipeline());
        json.put("state", facts.state());
        json.put("error", facts.error());
        json.put("started", facts.started());
        json.put("ended", facts.ended());
    }

    private <T> void rows(String field, Function<Run, Map<String, T>> values, Function<T, JsonNode> value) {
        Set<String> names = new LinkedHashSet<>();
        List<Map<String, T>> all = runs.stream().map(values).toList();
        all.forEach(map -> names.addAll(map.keySet()));
        List<ObjectNode> same = new ArrayList<>();
        ArrayNode rows = json.putArray(field);
        for (String name : names) {
            ObjectNode row = Json.MAPPER.createObjectNode().put("name", name);
            ArrayNode cells = row.putArray("values");
            all.forEach(map -> cells.add(map.containsKey(name) ? value.apply(map.get(name)) : null));
            boolean differs = differs(cells);
            row.put("differs", differs);
            if (differs) {
                rows.add(row);
            } else {
                same.add(row);
            }
        }
        same.forEach(rows::add);
    }

    private static boolean differs(ArrayNode cells) {
        Set<JsonNode> different = new HashSet<>();
        cells.forEach(different::add);
        return different.size() > 1;
    }

    private Map<String, JsonNode> artifacts(Run run) {
        Map<String, JsonNode> artifacts = new LinkedHashMap<>();
        run.facts().artifacts().forEach((name, artifact) -> artifacts.put(name, artifact(run, artifact)));
        return artifacts;
    }

    /** Where to look at an artifact, and what it is: type, metadata and content; a URI differs with every run. */
    private JsonNode artifact(Run run, JsonNode artifact) {
        String task = artifact.path("task").asText();
        RunFacts.Task made = run.facts().tasks().get(task);
        boolean cached = made != null && made.state().equals("CACHED");
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("task", task);
        json.set("output", artifact.path("output"));
        json.set("index", artifact.path("index"));
        json.set("type", artifact.path("type"));
        json.set("metadata", artifact.path("metadata"));
        json.setAll(contents.of(run.files().path(artifact.path("uri").asText(), cached)));
        return json;
    }

    private static Map<String, String> images(Run run) {
        Map<String, String> images = new LinkedHashMap<>();
        containers(run, (name, container) -> images.put(name, container.image()));
        return images;
    }

    /** What Python components install, as they write it. */
    private static Map<String, String> packages(Run run) {
        Map<String, String> packages = new LinkedHashMap<>();
        containers(run, (name, container) -> {
            PythonComponent python = PythonComponent.of(Stream.concat(container.command().stream(), container.args().stream()).toList());
            if (python != null) {
                packages.put(name, python.installs().stream()
                        .flatMap(List::stream)
                        .filter(word -> !word.startsWith("-"))
                        .collect(Collectors.joining(" ")));
            }
        });
        return packages;
    }

    private static void containers(Run run, BiConsumer<String, ExecutorSpec.Container> visitor) {
        if (run.spec() != null) {
            run.spec().components().forEach((name, component) -> {
                if (component.executorLabel() != null && run.spec().executor(component) instanceof ExecutorSpec.Container container) {
                    visitor.accept(name, container);
                }
            });
        }
    }

    private void metrics() {
        List<Map<String, Double>> named = RunFacts.shortNames(runs.stream().map(Run::facts).toList());
        Set<String> names = new LinkedHashSet<>();
        named.forEach(metrics -> names.addAll(metrics.keySet()));
        ArrayNode rows = json.putArray("metrics");
        for (String name : names) {
            ObjectNode row = rows.addObject().put("name", name).put("direction", MetricDirection.of(name).name());
            ArrayNode cells = row.putArray("values");
            named.forEach(metrics -> cells.add(metrics.get(name)));
            row.put("differs", differs(cells));
        }
    }

    private void charts() {
        ArrayNode curves = json.putArray("curves");
        ArrayNode matrices = json.putArray("matrices");
        for (int i = 0; i < runs.size(); i++) {
            int run = i;
            runs.get(i).facts().curves().forEach((name, roc) -> curves.addObject()
                    .put("run", run)
                    .put("name", name)
                    .set("points", Json.MAPPER.valueToTree(roc.points())));
            runs.get(i).facts().matrices().forEach((name, matrix) -> matrix(matrix, matrices.addObject().put("run", run).put("name", name)));
        }
    }

    private static void matrix(ArtifactView.ConfusionMatrix matrix, ObjectNode json) {
        json.set("labels", Json.MAPPER.valueToTree(matrix.labels()));
        json.set("rows", Json.MAPPER.valueToTree(matrix.rows()));
    }

    private void tasks() {
        Set<String> paths = new LinkedHashSet<>();
        runs.forEach(run -> paths.addAll(run.facts().tasks().keySet()));
        ArrayNode rows = json.putArray("tasks");
        for (String path : paths) {
            ObjectNode row = rows.addObject().put("name", path);
            ArrayNode cells = row.putArray("values");
            Set<String> states = new HashSet<>();
            for (Run run : runs) {
                RunFacts.Task task = run.facts().tasks().get(path);
                states.add(task == null ? null : task.state());
                if (task == null) {
                    cells.addNull();
                } else {
                    cells.addObject().put("state", task.state()).put("seconds", seconds(task));
                }
            }
            row.put("differs", states.size() > 1);
        }
    }

    private static Double seconds(RunFacts.Task task) {
        return task.started() == null || task.ended() == null
                ? null
                : Duration.between(Instant.parse(task.started()), Instant.parse(task.ended())).toMillis() / 1000.0;
    }

    /** Each different spec once, with the runs that have it. */
    private void specs() {
        Map<String, List<Integer>> users = new LinkedHashMap<>();
        for (int i = 0; i < runs.size(); i++) {
            String text = runs.get(i).specText();
            if (text != null) {
                users.computeIfAbsent(text, t -> new ArrayList<>()).add(i);
            }
        }
        ArrayNode specs = json.putArray("specs");
        users.forEach((text, indexes) -> {
            ObjectNode spec = specs.addObject();
            spec.set("runs", Json.MAPPER.valueToTree(indexes));
            spec.put("text", text.length() > LONGEST_SPEC ? null : text);
        });
    }
}
