package io.jenkins.plugins.kubeflow.engine.graph;

import io.jenkins.plugins.kubeflow.engine.ir.DagSpec;
import io.jenkins.plugins.kubeflow.engine.ir.TaskSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A DAG's tasks in document order and who waits for whom, as indices: made once per component, so that an instance of the DAG costs
 * time and space in its own size only, and the end of a task costs time in the number of its dependants.
 */
final class DagPlan {
    final List<TaskSpec> tasks;
    private final Map<String, Integer> indices = new HashMap<>();
    private final int[][] dependants;
    private final int[][] dependencies;

    DagPlan(DagSpec dag) {
        tasks = List.copyOf(dag.tasks().values());
        for (int i = 0; i < tasks.size(); i++) {
            indices.put(tasks.get(i).key(), i);
        }
        dependencies = new int[tasks.size()][];
        List<List<Integer>> reverse = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            reverse.add(new ArrayList<>());
        }
        for (int i = 0; i < tasks.size(); i++) {
            dependencies[i] = tasks.get(i).dependsOn().stream().mapToInt(this::index).toArray();
            for (int dependency : dependencies[i]) {
                reverse.get(dependency).add(i);
            }
        }
        dependants = reverse.stream()
                .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    int index(String key) {
        return indices.get(key);
    }

    boolean has(String key) {
        return indices.containsKey(key);
    }

    int[] dependencies(int index) {
        return dependencies[index];
    }

    int[] dependants(int index) {
        return dependants[index];
    }
}
