package io.jenkins.plugins.kubeflow.engine.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.graph.Attempt;
import io.jenkins.plugins.kubeflow.engine.graph.RunGraph;
import io.jenkins.plugins.kubeflow.engine.graph.TaskNode;
import io.jenkins.plugins.kubeflow.engine.run.AttemptLogs;
import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * The changing half of the run page ({@code state?since=V}): what has changed since a version, small per task. Call under the run's
 * lock; the cost is that of the answer, not of the run.
 */
public final class StateDocument {
    private StateDocument() {}

    /** @param waiting the sentence on why a task waits, by path; may answer null */
    public static ObjectNode of(RunGraph graph, RunDirectory directory, long since, Function<String, String> waiting, Instant now) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("version", graph.version());
        json.put("since", since);
        json.put("state", graph.state().name());
        json.put("error", graph.error());
        json.put("started", text(graph.startedAt()));
        json.put("ended", text(graph.endedAt()));
        json.put("now", now.toString());
        if (since == 0 || graph.state().isFinal()) {
            json.set("parameters", ValuesDocument.parameters(graph.parameters()));
            json.set("outputs", ValuesDocument.of(graph.outputs().parameters(), graph.outputs().artifacts()));
        }
        ArrayNode tasks = json.putArray("tasks");
        if (since == 0) {
            graph.walk(node -> task(node, directory, waiting, tasks.addObject()));
        } else {
            List<TaskNode> changed = graph.changedSince(since);
            changed.forEach(node -> {
                if (node.parent() != null) {
                    task(node, directory, waiting, tasks.addObject());
                }
            });
        }
        return json;
    }

    static void task(TaskNode node, RunDirectory directory, Function<String, String> waiting, ObjectNode json) {
        json.put("path", node.path());
        json.put("key", node.key());
        json.put("name", node.displayName());
        json.put("kind", node.isIteration() ? "iteration" : node.kind().json());
        json.put("state", node.state().name());
        if (node.reason() != null) {
            json.put("reason", node.reason().name());
        }
        if (node.message() != null) {
            json.put("message", node.message());
        }
        String why = node.state().isFinal() ? null : waiting.apply(node.path());
        if (why != null) {
            json.put("waiting", why);
        }
        if (node.iterations() >= 0) {
            json.put("iterations", node.iterations());
        }
        if (node.component().isDag()) {
            json.put("dag", node.component().name());
        }
        if (node.started() != null) {
            json.put("started", text(node.started()));
        }
        if (node.ended() != null) {
            json.put("ended", text(node.ended()));
        }
        if (!node.attempts().isEmpty()) {
            ArrayNode attempts = json.putArray("attempts");
            node.attempts().forEach(attempt -> attempt(node, attempt, directory, attempts.addObject()));
        }
        if (node.cache() != null) {
            json.putObject("cached")
                    .put("hit", node.cache().path("hit").asBoolean())
                    .put("sentence", node.cache().path("sentence").asText());
        }
    }

    private static void attempt(TaskNode node, Attempt attempt, RunDirectory directory, ObjectNode json) {
        json.put("number", attempt.number());
        json.put("state", attempt.state().name());
        json.put("started", text(attempt.started()));
        json.put("ended", text(attempt.ended()));
        if (attempt.exitCode() != null) {
            json.put("exitCode", attempt.exitCode());
        }
        if (attempt.message() != null) {
            json.put("message", attempt.message());
        }
        if (attempt.usage() != null) {
            json.put("processorSeconds", attempt.usage().processorSeconds());
            json.put("peakMemory", attempt.usage().peakMemory());
        }
        json.put("log", AttemptLogs.name(directory, node, attempt));
    }

    private static String text(Instant at) {
        return at == null ? null : at.toString();
    }
}
