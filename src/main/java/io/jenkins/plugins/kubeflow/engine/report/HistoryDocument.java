package io.jenkins.plugins.kubeflow.engine.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.graph.TaskNode;
import io.jenkins.plugins.kubeflow.engine.run.Replay;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.util.List;

/** The run's history for the page's slider: after each event, which tasks were in which state. */
final class HistoryDocument {
    private static final int MOST = 20_000;

    private HistoryDocument() {}

    static void add(List<ObjectNode> history, Replay.Step step) {
        if (history.size() >= MOST) {
            return;
        }
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("at", step.event().at().toString());
        json.put("event", step.name());
        json.put("run", step.graph().state().name());
        ArrayNode changed = json.putArray("tasks");
        for (TaskNode node : step.changed()) {
            if (node.parent() != null) {
                changed.addArray().add(node.path()).add(node.state().name());
            }
        }
        history.add(json);
    }
}
