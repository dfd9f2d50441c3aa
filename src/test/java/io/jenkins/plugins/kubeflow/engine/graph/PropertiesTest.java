package io.jenkins.plugins.kubeflow.engine.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult.Outcome;
import io.jenkins.plugins.kubeflow.engine.task.TaskOutputs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every pipeline, tried on a few hundred made-up ones: nesting, loops, conditions, exit tasks, failures. */
class PropertiesTest {
    private static final int PIPELINES = 300;

    static List<Integer> seeds() {
        return java.util.stream.IntStream.range(0, PIPELINES).boxed().toList();
    }

    /** A random pipeline of a few levels; the same for the same seed. */
    private static PipelineSpec pipeline(long seed) {
        Random random = new Random(seed);
        Specs specs = new Specs().component("leaf", "in?", "out");
        dag(specs, "root", random, 0);
        return specs.build();
    }

    private static int dag(Specs specs, String name, Random random, int depth) {
        int size = 1 + random.nextInt(5);
        String[] components = new String[size];
        for (int i = 0; i < size; i++) {
            components[i] = "leaf";
            if (depth < 2 && random.nextInt(3) == 0) {
                components[i] = name + "-" + i;
                dag(specs, components[i], random, depth + 1);
            }
        }
        Specs.Dag dag = specs.dag(name).inputs("item?");
        Specs.Task task = null;
        for (int i = 0; i < size; i++) {
            task = (task == null ? dag.task("t" + i) : task.task("t" + i)).of(components[i]);
            for (int j = 0; j < i; j++) {
                if (random.nextInt(3) == 0) {
                    task.after("t" + j);
                }
            }
            switch (random.nextInt(8)) {
                case 0 -> task.when("1 > 2");
                case 1 -> task.always();
                case 2 -> task.retry(1 + random.nextInt(2), random.nextInt(2));
                case 3 -> task.over("[1,2,3]", components[i].equals("leaf") ? "in" : "item", random.nextInt(3));
                default -> task.in("in", "\"x\"");
            }
        }
        task.end();
        return size;
    }

    /** Some attempts fail; which ones depends on path and number alone, not on the order of things. */
    private static GraphDriver driver(long seed, Random order) {
        GraphDriver d = new GraphDriver(pipeline(seed), "{}", order);
        for (int i = 0; i < 5; i++) {
            String key = "t" + i;
            int chance = (int) ((seed * 31 + i * 17) % 5);
            if (chance < 2) {
                d.on(key, attempt -> attempt <= chance + 1
                        ? AttemptResult.failed(Outcome.USER_FAILED, 1, "exit code 1")
                        : AttemptResult.succeeded(TaskOutputs.NONE));
            }
        }
        return d;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyTaskEndsExactlyOnceAndTheRunFinishesOnce(int seed) {
        GraphDriver d = driver(seed, new Random(seed)).run();
        assertThat(d.finish).isNotNull();
        assertThat(d.graph.state().isFinal()).isTrue();
        assertThat(d.states().values()).allMatch(TaskState::isFinal);
        assertThat(d.finals.values()).allMatch(count -> count == 1);
        assertThat(d.finals).hasSize(d.states().size());
        assertThat(d.graph.outstanding()).containsExactly(d.finish);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theOrderOfIndependentEventsDoesNotMatter(int seed) {
        List<String> expected = driver(seed, null).run().summary();
        for (int order = 0; order < 5; order++) {
            assertThat(driver(seed, new Random(order)).run().summary()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void replayGivesTheSameStateAndSoDoesGoingOnFromAnywhere(int seed) {
        GraphDriver live = driver(seed, new Random(seed)).run();
        int cut = new Random(seed).nextInt(live.history.size() + 1);
        GraphDriver again = driver(seed, new Random(seed + 1));
        for (Event event : live.history.subList(0, cut)) {
            again.graph.apply(event);
        }
        assertThat(snapshot(fold(seed, live.history))).isEqualTo(snapshot(live.graph));
        if (cut > 0) {
            again.resume(live.history.get(cut - 1).at());
            assertThat(again.finish().summary()).isEqualTo(live.summary());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void cancellationAtAnyMomentEndsEverything(int seed) {
        GraphDriver d = driver(seed, new Random(seed)).start();
        for (int i = new Random(seed).nextInt(20); i > 0 && d.step(); i--) {
            // up to some moment
        }
        boolean over = d.graph.state().isFinal();
        d.cancel();
        d.finish();
        assertThat(d.graph.state().isFinal()).isTrue();
        assertThat(d.states().values()).allMatch(TaskState::isFinal);
        if (!over) {
            assertThat(d.graph.state()).isEqualTo(RunState.CANCELED);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void changesSinceAVersionAddUpToTheWhole(int seed) {
        GraphDriver d = driver(seed, new Random(seed)).start();
        Map<String, TaskState> seen = new LinkedHashMap<>();
        long version = 0;
        do {
            for (TaskNode node : d.graph.changedSince(version)) {
                if (node.parent() != null) {
                    seen.put(node.path(), node.state());
                }
            }
            version = d.graph.version();
            assertThat(seen).containsExactlyInAnyOrderEntriesOf(d.states());
        } while (d.step());
    }

    private static RunGraph fold(long seed, List<Event> history) {
        RunGraph graph = new GraphDriver(pipeline(seed), "{}", null).graph;
        history.forEach(graph::apply);
        return graph;
    }

    private static String snapshot(RunGraph graph) {
        StringBuilder text = new StringBuilder(graph.state() + " " + graph.error() + "\n");
        graph.walk(n -> text.append(n.path()).append(' ').append(n.state()).append(' ').append(n.reason()).append(' ')
                .append(n.message()).append(' ').append(n.started()).append(' ').append(n.ended()).append(' ')
                .append(n.attempts()).append(' ').append(n.inputs()).append(' ').append(n.outputs()).append('\n'));
        return text.toString();
    }
}
