package io.jenkins.plugins.kubeflow.engine.run;

import io.jenkins.plugins.kubeflow.engine.graph.GraphOptions;
import io.jenkins.plugins.kubeflow.engine.graph.RunState;
import io.jenkins.plugins.kubeflow.engine.graph.Specs;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.task.TaskOutputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The engine alone, with a runner that does nothing, and with journal and result document as in real life: transitions a second,
 * and heap per finished task. Run by {@code src/test/benchmark/engine}; figures stand in docs/performance.md.
 */
public final class EngineBenchmark {
    private EngineBenchmark() {}

    public static void main(String[] args) throws Exception {
        measure("warm-up", wide(10_000));
        measure("warm-up", loop(10_000));
        System.out.printf("%-22s %9s %12s %9s %12s %14s %10s%n", "shape", "tasks", "transitions", "seconds", "per second", "bytes per task", "resume s");
        for (int size : new int[] {1_000, 10_000, 100_000}) {
            measure("one DAG", wide(size));
            measure("chain", chain(size));
            measure("loop", loop(size));
        }
    }

    private static PipelineSpec wide(int size) {
        Specs.Task task = new Specs().component("c", "", "out").dag("root").task("t0").of("c");
        for (int i = 1; i < size; i++) {
            task = task.task("t" + i).of("c");
        }
        return task.end().build();
    }

    private static PipelineSpec chain(int size) {
        Specs.Task task = new Specs().component("c", "in?", "out").dag("root").task("t0").of("c");
        for (int i = 1; i < size; i++) {
            task = task.task("t" + i).of("c").in("in", "t" + (i - 1) + ".out");
        }
        return task.end().build();
    }

    private static PipelineSpec loop(int size) {
        String items = IntStream.range(0, size).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));
        return new Specs()
                .component("c", "in:NUMBER_INTEGER", "out")
                .dag("body").inputs("item:NUMBER_INTEGER").task("echo").of("c").in("in", "$item").end()
                .dag("root").task("for-loop-1").of("body").over(items, "item", 0).end()
                .build();
    }

    private static void measure(String name, PipelineSpec spec) throws Exception {
        Path path = Files.createTempDirectory("benchmark");
        ExecutorService pool = Executors.newFixedThreadPool(2);
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
        RunDirectory directory = new RunDirectory(path);
        RunRecord record = new RunRecord(
                "0000", "run", "test", "pipeline.yaml", Map.of(), Map.of(), path + "/artifacts", "", Instant.now(), null, 0, false,
                GraphOptions.DEFAULT, Map.of());
        record.write(directory);
        RunServices services = new RunServices(
                new NothingRunner(), Reuse.NONE, request -> AttemptResult.succeeded(TaskOutputs.NONE), new Permits(64, Runnable::run),
                pool, pool, timer, Clock.systemUTC());
        long before = heap();
        long start = System.nanoTime();
        RunEngine engine = RunEngine.create(directory, record, spec, services);
        engine.start();
        RunState state = engine.done().get();
        double seconds = (System.nanoTime() - start) / 1e9;
        long after = heap();
        long transitions = engine.read(graph -> graph.transitions());
        int tasks = engine.read(graph -> graph.size());
        engine.close();
        start = System.nanoTime();
        RunEngine again = RunEngine.resume(directory, record, spec, services);
        double resume = (System.nanoTime() - start) / 1e9;
        if (again.read(graph -> graph.state()) != state) {
            throw new IllegalStateException(name + " is not the same when its journal is read");
        }
        if (!name.equals("warm-up")) {
            System.out.printf(
                    "%-22s %9d %12d %9.2f %12.0f %14.0f %10.2f%n",
                    name, tasks, transitions, seconds, transitions / seconds, (after - before) / (double) tasks, resume);
        }
        if (state != RunState.SUCCEEDED) {
            throw new IllegalStateException(name + " ended " + state);
        }
        pool.shutdown();
        timer.shutdown();
        delete(path);
    }

    private static long heap() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static final class NothingRunner implements TaskRunner {
        @Override
        public void launch(TaskLaunch launch, Listener listener) {
            listener.started("nothing");
            listener.ended(AttemptResult.succeeded(TaskOutputs.NONE));
        }

        @Override
        public void adopt(TaskLaunch launch, String reference, Listener listener) {
            launch(launch, listener);
        }

        @Override
        public void cancel(String handle, boolean force) {
            throw new IllegalStateException("nothing is ever cancelled here");
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
