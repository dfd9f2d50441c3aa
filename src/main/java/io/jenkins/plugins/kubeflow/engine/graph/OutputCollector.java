package io.jenkins.plugins.kubeflow.engine.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.ir.DagSpec;
import io.jenkins.plugins.kubeflow.engine.task.TaskOutputs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The outputs of a DAG and of a loop that has ended (kfp.md 2.9, 2.10). A DAG hands up the first of its alternatives that succeeded;
 * what nobody produced is absent. A loop hands up lists in index order: parameters nest, artifacts flatten, iterations that produced
 * nothing are absent. Types are not checked: the SDK declares them wrongly (conditional_producer_and_consumers).
 */
final class OutputCollector {
    private OutputCollector() {}

    static TaskOutputs ofDag(TaskNode dag, DagPlan plan) {
        DagSpec spec = dag.component().dag();
        Map<String, JsonNode> parameters = new LinkedHashMap<>();
        spec.outputParameters().forEach((name, source) -> {
            for (DagSpec.Selector selector : source.selectors()) {
                JsonNode value = child(dag, plan, selector).outputs().parameters().get(selector.key());
                if (value != null) {
                    parameters.put(name, value);
                    return;
                }
            }
        });
        Map<String, List<Artifact>> artifacts = new LinkedHashMap<>();
        spec.outputArtifacts().forEach((name, source) -> {
            for (DagSpec.Selector selector : source.selectors()) {
                List<Artifact> found = child(dag, plan, selector).outputs().artifacts().get(selector.key());
                if (found != null) {
                    artifacts.put(name, found);
                    return;
                }
            }
        });
        return compact(parameters, artifacts);
    }

    static TaskOutputs ofLoop(TaskNode loop) {
        Map<String, JsonNode> parameters = new LinkedHashMap<>();
        for (String name : loop.component().outputParameters().keySet()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            for (TaskNode iteration : loop.children()) {
                JsonNode value = iteration.outputs().parameters().get(name);
                if (value != null) {
                    list.add(value);
                }
            }
            parameters.put(name, list);
        }
        Map<String, List<Artifact>> artifacts = new LinkedHashMap<>();
        for (String name : loop.component().outputArtifacts().keySet()) {
            List<Artifact> list = new ArrayList<>();
            for (TaskNode iteration : loop.children()) {
                list.addAll(iteration.outputs().artifacts().getOrDefault(name, List.of()));
            }
            artifacts.put(name, list);
        }
        return compact(parameters, artifacts);
    }

    private static TaskNode child(TaskNode dag, DagPlan plan, DagSpec.Selector selector) {
        return dag.children.get(plan.index(selector.task()));
    }

    private static TaskOutputs compact(Map<String, JsonNode> parameters, Map<String, List<Artifact>> artifacts) {
        return parameters.isEmpty() && artifacts.isEmpty() ? TaskOutputs.NONE : new TaskOutputs(parameters, artifacts);
    }
}
