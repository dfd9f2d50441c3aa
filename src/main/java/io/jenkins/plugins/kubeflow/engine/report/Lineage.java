package io.jenkins.plugins.kubeflow.engine.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.compare.RunFacts;
import io.jenkins.plugins.kubeflow.engine.graph.RunGraph;
import io.jenkins.plugins.kubeflow.engine.graph.TaskKind;
import io.jenkins.plugins.kubeflow.engine.graph.TaskNode;
import io.jenkins.plugins.kubeflow.engine.graph.TaskState;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where artifacts come from and where they go, by their URI: which steps of a run made and used each ({@code lineage?path=}), and which of
 * other runs did. Groups and loops only pass artifacts on and do not count. Made under the run's lock, once for each request.
 */
final class Lineage {
    /** Of what is used more often only so much is told. */
    private static final int MOST = 100;

    private record Place(String path, String name, String how) {}

    private record Elsewhere(OtherRuns.Other run, RunFacts.Touch touch) {}

    private final Map<String, List<Place>> made = new HashMap<>();
    private final Map<String, List<Place>> used = new HashMap<>();
    private final Map<String, List<Elsewhere>> others = new HashMap<>();
    private final int known;

    Lineage(RunGraph graph, List<OtherRuns.Other> known) {
        this.known = known.size();
        known.forEach(run -> run.facts().touches().forEach(
                touch -> others.computeIfAbsent(touch.uri(), uri -> new ArrayList<>()).add(new Elsewhere(run, touch))));
        graph.walk(node -> {
            if (node.kind() == TaskKind.CONTAINER || node.kind() == TaskKind.IMPORTER) {
                String how = node.state() == TaskState.CACHED ? "cached" : node.kind() == TaskKind.IMPORTER ? "imported" : "made";
                add(made, node.path(), node.outputs().artifacts(), how);
                add(used, node.path(), node.inputs().artifacts(), "used");
            }
        });
    }

    private static void add(Map<String, List<Place>> places, String path, Map<String, List<Artifact>> artifacts, String how) {
        artifacts.forEach((name, list) -> list.forEach(
                artifact -> places.computeIfAbsent(artifact.uri(), uri -> new ArrayList<>()).add(new Place(path, name, how))));
    }

    /** One entry for each artifact that the task took in or put out, and for a task from the cache the one that it came from. */
    ObjectNode of(TaskNode node, OtherRuns.Other origin) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        String runId = originId(node);
        if (runId != null) {
            json.putObject("origin")
                    .put("run", origin == null ? null : origin.label())
                    .put("runId", runId)
                    .put("url", origin == null ? null : origin.url())
                    .put("path", node.cache().path("path").asText());
        }
        json.put("others", known);
        ArrayNode list = json.putArray("artifacts");
        side(node.inputs().artifacts(), "input", list);
        side(node.outputs().artifacts(), "output", list);
        return json;
    }

    /** The run that a cached result came from, or null. */
    static String originId(TaskNode node) {
        return node.state() == TaskState.CACHED && node.cache() != null && node.cache().hasNonNull("runId")
                ? node.cache().get("runId").asText()
                : null;
    }

    private void side(Map<String, List<Artifact>> artifacts, String side, ArrayNode list) {
        artifacts.forEach((name, values) -> values.stream().limit(MOST).forEach(artifact -> {
            ObjectNode json = list.addObject()
                    .put("side", side)
                    .put("name", name)
                    .put("type", artifact.type())
                    .put("uri", artifact.uri());
            places(made.getOrDefault(artifact.uri(), List.of()), json.putArray("made"));
            places(used.getOrDefault(artifact.uri(), List.of()), json.putArray("used"));
            elsewhere(others.getOrDefault(artifact.uri(), List.of()), json.putArray("elsewhere"));
        }));
    }

    private static void places(List<Place> places, ArrayNode list) {
        places.stream()
                .limit(MOST)
                .forEach(place -> list.addObject().put("path", place.path()).put("name", place.name()).put("how", place.how()));
    }

    private static void elsewhere(List<Elsewhere> places, ArrayNode list) {
        places.stream().limit(MOST).forEach(place -> list.addObject()
                .put("run", place.run().label())
                .put("runId", place.run().facts().runId())
                .put("url", place.run().url())
                .put("path", place.touch().path())
                .put("name", place.touch().name())
                .put("how", how(place.touch())));
    }

    private static String how(RunFacts.Touch touch) {
        if (!touch.output()) {
            return "used";
        }
        return touch.state().equals("CACHED") ? "cached" : touch.kind().equals("importer") ? "imported" : "made";
    }
}
