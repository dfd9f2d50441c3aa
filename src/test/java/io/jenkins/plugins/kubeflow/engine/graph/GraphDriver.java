package io.jenkins.plugins.kubeflow.engine.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult.Outcome;
import io.jenkins.plugins.kubeflow.engine.task.RunContext;
import io.jenkins.plugins.kubeflow.engine.task.TaskInputs;
import io.jenkins.plugins.kubeflow.engine.task.TaskOutputs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Runs a graph with a pretended world: every launch succeeds unless scripted otherwise, and produces for each declared output the
 * scripted value, or its task path as text. The order in which independent things happen can be shuffled.
 */
final class GraphDriver {
    static final RunContext RUN = new RunContext("run-id", "run", "test", "test-run", "/root", "/ws", Instant.EPOCH, null);

    final RunGraph graph;
    final List<Event> history = new ArrayList<>();
    final List<String> launched = new ArrayList<>();
    final Map<String, Integer> running = new HashMap<>();
    final Map<String, Integer> finals = new HashMap<>();
    int most;
    private final List<Command> pending = new ArrayList<>();
    private final Map<String, Function<Integer, AttemptResult>> script = new HashMap<>();
    private final Random random;
    private Instant now = Instant.EPOCH;
    Command.Finish finish;

    GraphDriver(PipelineSpec spec, String parameters, Random random) {
        Map<String, JsonNode> given = new LinkedHashMap<>();
        Specs.json(parameters).fields().forEachRemaining(e -> given.put(e.getKey(), e.getValue()));
        graph = new RunGraph(spec, RUN, new TaskInputs(given, Map.of()), GraphOptions.DEFAULT);
        this.random = random;
    }

    static GraphDriver of(Specs specs) {
        return new GraphDriver(specs.build(), "{}", null);
    }

    static GraphDriver of(Specs specs, String parameters) {
        return new GraphDriver(specs.build(), parameters, null);
    }

    GraphDriver fails(String path) {
        return on(path, attempt -> AttemptResult.failed(Outcome.USER_FAILED, 3, "exit code 3"));
    }

    GraphDriver on(String path, Function<Integer, AttemptResult> result) {
        script.put(path, result);
        return this;
    }

    GraphDriver outputs(String path, String parameters) {
        Map<String, JsonNode> map = new LinkedHashMap<>();
        Specs.json(parameters).fields().forEachRemaining(e -> map.put(e.getKey(), e.getValue()));
        return on(path, attempt -> AttemptResult.succeeded(new TaskOutputs(map, Map.of())));
    }

    GraphDriver start() {
        take(new Event.RunStarted(now));
        return this;
    }

    /** Runs to the end. */
    GraphDriver run() {
        start();
        return finish();
    }

    GraphDriver finish() {
        while (step()) {
            // until nothing is left to do
        }
        return this;
    }

    /** After events were folded in from elsewhere: takes over what is outstanding, as after a restart. */
    void resume(Instant at) {
        now = at;
        pending.clear();
        pending.addAll(graph.outstanding());
        pending.forEach(command -> {
            if (command instanceof Command.Adopt) {
                running.merge("*", 1, Integer::sum);
            }
        });
    }

    boolean step() {
        if (pending.isEmpty()) {
            return false;
        }
        Command command = pending.remove(random == null ? firstStopOrFirst() : random.nextInt(pending.size()));
        now = now.plusMillis(10);
        if (command instanceof Command.Launch launch) {
            take(new Event.Launched(now, launch.path(), launch.attempt(), "h:" + launch.path(), null));
            if (graph.awaits(launch.path(), launch.attempt())) {
                launched.add(launch.path());
                running.merge("*", 1, Integer::sum);
                most = Math.max(most, running.get("*"));
                pending.add(new Command.Adopt(launch.path(), launch.attempt(), "", null));
                take(new Event.Started(now, launch.path(), launch.attempt(), "ref"));
            }
        } else if (command instanceof Command.Adopt adopt) {
            running.merge("*", -1, Integer::sum);
            take(new Event.AttemptEnded(now, adopt.path(), adopt.attempt(), result(adopt)));
        } else if (command instanceof Command.Import task) {
            Artifact artifact = new Artifact("artifact", "system.Dataset", null, null, "/data", JsonNodeFactory.instance.objectNode(), null);
            take(new Event.AttemptEnded(now, task.path(), 1,
                    AttemptResult.succeeded(new TaskOutputs(Map.of(), Map.of("artifact", List.of(artifact))))));
        } else if (command instanceof Command.Delay delay) {
            now = now.plus(delay.delay());
            take(new Event.RetryDue(now, delay.path(), delay.attempt()));
        } else if (command instanceof Command.Stop stop) {
            boolean had = pending.removeIf(c -> c instanceof Command.Adopt adopt && adopt.path().equals(stop.path()));
            if (had) {
                running.merge("*", -1, Integer::sum);
                take(new Event.AttemptEnded(now, stop.path(), stop.attempt(), AttemptResult.failed(Outcome.CANCELED, null, "stopped")));
            }
        } else if (command instanceof Command.Finish end) {
            if (finish != null) {
                throw new AssertionError("finished twice");
            }
            finish = end;
        }
        return true;
    }

    /** In order, but a stop overtakes the end of what it stops. */
    private int firstStopOrFirst() {
        for (int i = 0; i < pending.size(); i++) {
            if (pending.get(i) instanceof Command.Stop) {
                return i;
            }
        }
        return 0;
    }

    void take(Event event) {
        history.add(event);
        Map<String, TaskState> before = states();
        pending.addAll(graph.apply(event));
        states().forEach((path, state) -> {
            TaskState old = before.get(path);
            if (old != null && old.isFinal() && old != state) {
                throw new AssertionError(path + " left its final state " + old + " for " + state);
            }
            if (state.isFinal() && (old == null || !old.isFinal())) {
                finals.merge(path, 1, Integer::sum);
            }
        });
    }

    void cancel() {
        take(new Event.CancelRequested(now, "me", false, null));
    }

    private AttemptResult result(Command.Adopt adopt) {
        Function<Integer, AttemptResult> scripted = script.get(adopt.path());
        if (scripted == null) {
            scripted = script.get(graph.task(adopt.path()).key());
        }
        if (scripted != null) {
            return scripted.apply(adopt.attempt());
        }
        TaskNode node = graph.task(adopt.path());
        Map<String, JsonNode> parameters = new LinkedHashMap<>();
        node.component().outputParameters().keySet().forEach(
                name -> parameters.put(name, JsonNodeFactory.instance.textNode(adopt.path())));
        Map<String, List<Artifact>> artifacts = new LinkedHashMap<>();
        node.component().outputArtifacts().keySet().forEach(name -> artifacts.put(name, List.of(new Artifact(
                name, "system.Dataset", null, null, adopt.path(), JsonNodeFactory.instance.objectNode(), null))));
        return AttemptResult.succeeded(new TaskOutputs(parameters, artifacts));
    }

    Map<String, TaskState> states() {
        Map<String, TaskState> map = new LinkedHashMap<>();
        graph.walk(node -> map.put(node.path(), node.state()));
        return map;
    }

    /** "path STATE REASON" of every task, ordered by path; what tests compare. */
    List<String> summary() {
        Map<String, String> map = new TreeMap<>();
        graph.walk(node -> map.put(node.path(), node.path() + " " + node.state() + (node.reason() == null ? "" : " " + node.reason())));
        return List.copyOf(map.values());
    }

    String input(String path, String name) {
        return String.valueOf(graph.task(path).inputs().parameters().get(name));
    }

    List<String> uris(String path, String name) {
        return graph.task(path).inputs().artifacts().getOrDefault(name, List.of()).stream().map(Artifact::uri).toList();
    }
}
