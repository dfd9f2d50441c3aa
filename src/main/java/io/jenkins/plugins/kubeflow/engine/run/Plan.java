package io.jenkins.plugins.kubeflow.engine.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.kubeflow.engine.graph.Command;
import io.jenkins.plugins.kubeflow.engine.graph.Event;
import io.jenkins.plugins.kubeflow.engine.graph.RunGraph;
import io.jenkins.plugins.kubeflow.engine.graph.TaskKind;
import io.jenkins.plugins.kubeflow.engine.graph.TaskNode;
import io.jenkins.plugins.kubeflow.engine.graph.TaskState;
import io.jenkins.plugins.kubeflow.engine.ir.ExecutorSpec;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.ir.TaskSpec;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run would do, before anything runs: the graph is driven with the cache's answers alone. A task that is not in the cache would
 * run; what depends on its outputs cannot be known yet and says on which task it waits. Starts nothing and writes nothing.
 */
public final class Plan {
    /** What becomes of a task. */
    public enum Action {
        /** It runs: its inputs are known and nothing remembered fits. */
        RUN,
        /** Its outputs come from the cache, or, in a retry, from before. */
        REUSE,
        /** It does not run, for a reason that is known already. */
        SKIP,
        /** It depends on outputs of tasks that run first. */
        LATER,
        /** It would fail: an input without value, a condition that cannot be evaluated. */
        FAIL
    }

    /** {@code why} is a sentence; {@code explanation} the cache's own document or null. */
    public record Line(String path, TaskKind kind, Action action, String why, JsonNode explanation) {}

    private final RunGraph graph;
    private final RunRecord record;
    private final Reuse reuse;
    private final Importing importing;
    private final LaunchFactory launches;
    private final RunDirectory directory;
    private final Map<String, Line> decided = new LinkedHashMap<>();

    private Plan(PipelineSpec spec, RunRecord record, RunDirectory directory, Reuse reuse, Importing importing) {
        this.graph = new RunGraph(spec, record.context(), record.inputs(), record.graph());
        this.record = record;
        this.directory = directory;
        this.reuse = reuse;
        this.importing = importing;
        this.launches = new LaunchFactory(directory, record);
    }

    /** Call on a thread that may read files. */
    public static List<Line> of(PipelineSpec spec, RunRecord record, RunDirectory directory, Reuse reuse, Importing importing) {
        return new Plan(spec, record, directory, reuse, importing).lines();
    }

    private List<Line> lines() {
        Instant now = record.created();
        Deque<Command> commands = new ArrayDeque<>(graph.apply(new Event.RunStarted(now)));
        while (!commands.isEmpty()) {
            Command command = commands.poll();
            if (command instanceof Command.Launch launch) {
                commands.addAll(launch(launch, now));
            } else if (command instanceof Command.Import task) {
                commands.addAll(graph.apply(new Event.AttemptEnded(now, task.path(), 1, importing.run(request(task.path())))));
            }
        }
        List<Line> lines = new ArrayList<>();
        graph.walk(node -> lines.add(line(node)));
        return lines;
    }

    private List<Command> launch(Command.Launch command, Instant now) {
        TaskLaunch launch = launches.launch(graph, command.path(), 1);
        TaskSpec.Caching caching = graph.task(command.path()).spec().caching();
        Reuse.Question question =
                new Reuse.Question(launch, caching.enabled() && record.cacheEnabled(), caching.key(), directory);
        if (!reuse.concerns(question)) {
            decide(command.path(), Action.RUN, caching.enabled() ? "caching is off for this run" : "caching is off for this task", null);
            return List.of();
        }
        Reuse.Answer answer = reuse.find(question);
        String sentence = answer.explanation() == null ? null : answer.explanation().path("sentence").asText(null);
        if (answer instanceof Reuse.Answer.Cached hit) {
            decide(command.path(), Action.REUSE, sentence, answer.explanation());
            return graph.apply(new Event.CacheHit(now, command.path(), hit.outputs(), answer.explanation()));
        } else if (answer instanceof Reuse.Answer.Kept kept) {
            decide(command.path(), Action.REUSE, sentence, answer.explanation());
            return graph.apply(new Event.Reused(now, command.path(), kept.outputs(), kept.attempts(), answer.explanation()));
        }
        decide(command.path(), Action.RUN, sentence, answer.explanation());
        return List.of();
    }

    private void decide(String path, Action action, String why, JsonNode explanation) {
        decided.put(path, new Line(path, graph.task(path).kind(), action, why, explanation));
    }

    /** Copying into the workspace is left out: a plan writes nothing. */
    private Importing.Request request(String path) {
        TaskNode node = graph.task(path);
        ExecutorSpec.Importer e = (ExecutorSpec.Importer) graph.executor(node);
        ExecutorSpec.Importer dry = new ExecutorSpec.Importer(
                e.label(), e.constantUri(), e.uriParameter(), e.type(), e.metadata(), e.reimport(), false);
        return new Importing.Request(graph.context(), path, node.key(), node.component(), dry, node.inputs(), directory);
    }

    private Line line(TaskNode node) {
        Line line = decided.get(node.path());
        if (line != null) {
            return line;
        }
        return switch (node.state()) {
            case SKIPPED -> new Line(node.path(), node.kind(), Action.SKIP, node.message(), null);
            case FAILED -> new Line(node.path(), node.kind(), Action.FAIL, node.message(), null);
            case PENDING -> new Line(node.path(), node.kind(), Action.LATER, "depends on " + openDependencies(node), null);
            case WAITING, RUNNING -> new Line(node.path(), node.kind(), Action.RUN, inside(node), null);
            case SUCCEEDED, CACHED, CANCELED -> new Line(
                    node.path(), node.kind(), node.kind() == TaskKind.IMPORTER ? Action.RUN : Action.REUSE,
                    node.kind() == TaskKind.IMPORTER ? "imports " + uris(node) : "everything in it is reused", null);
        };
    }

    private static String inside(TaskNode node) {
        return node.iterations() >= 0 ? node.iterations() + " iterations" : "some of its tasks run";
    }

    private static String uris(TaskNode node) {
        return node.outputs().artifacts().values().stream().flatMap(List::stream).map(a -> a.uri()).findFirst().orElse("nothing");
    }

    private static String openDependencies(TaskNode node) {
        List<String> open = node.parent().children().stream()
                .filter(sibling -> node.spec().dependsOn().contains(sibling.key()) && sibling.state() != TaskState.SUCCEEDED && !sibling.state().isFinal())
                .map(sibling -> "‘" + sibling.path() + "’")
                .toList();
        return String.join(", ", open);
    }
}
