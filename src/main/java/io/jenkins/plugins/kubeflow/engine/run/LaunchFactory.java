package io.jenkins.plugins.kubeflow.engine.run;

import io.jenkins.plugins.kubeflow.engine.graph.RunGraph;
import io.jenkins.plugins.kubeflow.engine.graph.TaskNode;
import io.jenkins.plugins.kubeflow.engine.ir.ExecutorSpec;

/** Describes attempts: everything a runner needs, from the graph and the run's record. Pure. */
public final class LaunchFactory {
    private final RunDirectory directory;
    private final RunRecord record;

    public LaunchFactory(RunDirectory directory, RunRecord record) {
        this.directory = directory;
        this.record = record;
    }

    /** Call under the run's lock; the task must have been resolved, that is, be beyond PENDING. */
    public TaskLaunch launch(RunGraph graph, String path, int attempt) {
        TaskNode node = graph.task(path);
        return new TaskLaunch(
                graph.context(),
                path,
                node.key(),
                node.displayName(),
                attempt,
                handle(path, attempt),
                node.component(),
                (ExecutorSpec.Container) graph.executor(node),
                node.inputs(),
                graph.platform(node),
                graph.spec().platform().pipelineConfig(),
                record.environment(),
                directory.path(),
                directory.attempt(path, record.round(), attempt),
                directory.attemptLog(path, record.round(), attempt));
    }

    /** The same before and after a restart; the round keeps attempts of a retried run apart. */
    String handle(String path, int attempt) {
        return record.runId() + "/" + record.round() + "/" + path + "#" + attempt;
    }
}
