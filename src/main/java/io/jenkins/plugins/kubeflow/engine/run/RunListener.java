package io.jenkins.plugins.kubeflow.engine.run;

import io.jenkins.plugins.kubeflow.engine.graph.RunGraph;
import io.jenkins.plugins.kubeflow.engine.graph.TaskNode;
import java.util.List;

/** Hears of every change of a run, on the run's lane and under its lock: must be quick and must not call back. */
public interface RunListener {
    /** Some events have been taken in; {@code changed} are the tasks they changed, oldest change first. */
    void changed(RunGraph graph, List<TaskNode> changed);

    /** Something worth a line in the run's log that is not a change of a task. */
    default void message(String line) {}
}
