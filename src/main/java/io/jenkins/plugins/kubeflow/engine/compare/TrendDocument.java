package io.jenkins.plugins.kubeflow.engine.compare;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Scalar metrics over runs, the oldest first, as data for a chart: one value for each run, null where a run has none. */
public final class TrendDocument {
    /** More lines than this are no chart. */
    private static final int METRICS = 24;

    private TrendDocument() {}

    public static ObjectNode of(List<RunFacts> runs) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode states = json.putArray("states");
        ArrayNode started = json.putArray("started");
        runs.forEach(run -> {
            states.add(run.state());
            started.add(run.started());
        });
        List<Map<String, Double>> named = RunFacts.shortNames(runs);
        Set<String> names = new LinkedHashSet<>();
        named.forEach(metrics -> names.addAll(metrics.keySet()));
        ArrayNode rows = json.putArray("metrics");
        for (String name : names.stream().limit(METRICS).toList()) {
            ArrayNode values = rows.addObject()
                    .put("name", name)
                    .put("direction", MetricDirection.of(name).name())
                    .putArray("values");
            named.forEach(metrics -> values.add(metrics.get(name)));
        }
        json.put("more", Math.max(0, names.size() - METRICS));
        return json;
    }
}
