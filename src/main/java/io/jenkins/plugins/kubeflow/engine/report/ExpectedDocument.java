package io.jenkins.plugins.kubeflow.engine.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.compare.RunFacts;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long the tasks of a pipeline usually take ({@code expected}): for each path the median of the newest runs of that pipeline in which
 * it ran to its end, in seconds; 0 for one that was skipped or cached whenever it was met. A pure function of what was read.
 */
final class ExpectedDocument {
    /** Older runs say little about this one. */
    private static final int RUNS = 10;

    private ExpectedDocument() {}

    static ObjectNode of(String pipeline, List<RunFacts> newest) {
        Map<String, List<Double>> took = new HashMap<>();
        Map<String, Boolean> seen = new HashMap<>();
        int runs = 0;
        for (RunFacts run : newest) {
            if (runs == RUNS) {
                break;
            }
            if (run.ended() != null && run.pipeline().equals(pipeline)) {
                runs++;
                run.tasks().forEach((path, task) -> {
                    seen.put(path, true);
                    if (task.state().equals("SUCCEEDED") && task.started() != null && task.ended() != null) {
                        took.computeIfAbsent(path, p -> new ArrayList<>()).add(seconds(task.started(), task.ended()));
                    }
                });
            }
        }
        ObjectNode json = Json.MAPPER.createObjectNode().put("runs", runs);
        ObjectNode tasks = json.putObject("tasks");
        seen.keySet().stream().sorted().forEach(path -> tasks.put(path, median(took.getOrDefault(path, List.of()))));
        return json;
    }

    private static double seconds(String from, String to) {
        return Duration.between(Instant.parse(from), Instant.parse(to)).toMillis() / 1000.0;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.isEmpty() ? 0 : sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
