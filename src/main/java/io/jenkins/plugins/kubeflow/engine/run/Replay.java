package io.jenkins.plugins.kubeflow.engine.run;

import io.jenkins.plugins.kubeflow.engine.graph.Event;
import io.jenkins.plugins.kubeflow.engine.graph.RunGraph;
import io.jenkins.plugins.kubeflow.engine.graph.TaskNode;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Consumer;

/** A run's history: its journal folded again, event by event. The same function as live, so there is no second truth. */
public final class Replay {
    private Replay() {}

    /** One event and what it changed; {@code graph} is the state right after it and moves on with the next step. */
    public record Step(long number, Event event, RunGraph graph, List<TaskNode> changed) {
        /** The event's name as in the journal, with the task it is about. */
        public String name() {
            String name = event.getClass().getSimpleName();
            return Character.toLowerCase(name.charAt(0)) + name.substring(1);
        }
    }

    /** Folds the whole journal, also of a run that is going on. */
    public static RunGraph of(RunDirectory directory, RunRecord record, PipelineSpec spec, Consumer<Step> steps)
            throws IOException {
        return upTo(directory, record, spec, Long.MAX_VALUE, steps);
    }

    /** The state after the given number of events. */
    public static RunGraph upTo(
            RunDirectory directory, RunRecord record, PipelineSpec spec, long version, Consumer<Step> steps) throws IOException {
        RunGraph graph = new RunGraph(spec, record.context(), record.inputs(), record.graph());
        if (Files.exists(directory.journal())) {
            Journal.read(directory.journal(), event -> {
                if (graph.version() < version) {
                    long before = graph.version();
                    graph.apply(event);
                    List<TaskNode> changed = graph.changedSince(before).stream().filter(node -> node.parent() != null).toList();
                    steps.accept(new Step(graph.version(), event, graph, changed));
                }
            });
        }
        return graph;
    }
}
