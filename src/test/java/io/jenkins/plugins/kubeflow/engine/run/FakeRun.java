package io.jenkins.plugins.kubeflow.engine.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.kubeflow.engine.graph.GraphOptions;
import io.jenkins.plugins.kubeflow.engine.graph.RunState;
import io.jenkins.plugins.kubeflow.engine.graph.TaskState;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.task.TaskOutputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A run whose lane, I/O and runner are in the hands of the test: nothing moves before {@link #drain}. */
final class FakeRun implements TaskRunner {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

    final Map<String, Listener> listeners = new LinkedHashMap<>();
    final List<String> launched = new ArrayList<>();
    final List<String> adopted = new ArrayList<>();
    final List<String> canceled = new ArrayList<>();
    /** How many lines the journal had when each attempt was launched. */
    final List<String> journalAtLaunch = new ArrayList<>();

    private final Deque<Runnable> queue = new ArrayDeque<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    final RunDirectory directory;
    final PipelineSpec spec;
    final Permits permits;
    final Reuse reuse;
    RunRecord record;
    RunEngine engine;

    FakeRun(Path path, PipelineSpec spec, int parallelism, Reuse reuse) {
        this(path, spec, null, parallelism, reuse);
    }

    FakeRun(Path path, PipelineSpec spec, Permits shared, int parallelism, Reuse reuse) {
        this.directory = new RunDirectory(path);
        this.spec = spec;
        this.permits = shared != null ? shared : new Permits(parallelism, queue::add);
        this.reuse = reuse;
        this.record = new RunRecord(
                "run-1", "run", "test", "pipeline.yaml", Map.of(), Map.of(), path + "/artifacts", "", CLOCK.instant(), null, 0, true,
                new GraphOptions(0, Duration.ZERO, false), Map.of());
    }

    RunServices services() {
        return new RunServices(
                this, reuse, request -> AttemptResult.succeeded(TaskOutputs.NONE), permits, queue::add, queue::add, timer, CLOCK);
    }

    FakeRun create() throws IOException {
        record.write(directory);
        Files.writeString(directory.path().resolve("pipeline.yaml"), "spec");
        engine = RunEngine.create(directory, record, spec, services());
        engine.start();
        drain();
        return this;
    }

    FakeRun resume() throws IOException {
        engine = RunEngine.resume(directory, record, spec, services());
        engine.start();
        drain();
        return this;
    }

    void drain() {
        for (Runnable next; (next = queue.poll()) != null; ) {
            next.run();
        }
    }

    void started(String path) {
        listeners.get(path).started("pid-" + path);
        drain();
    }

    void succeed(String path, String... outputs) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        for (int i = 0; i < outputs.length; i += 2) {
            values.put(outputs[i], TextNode.valueOf(outputs[i + 1]));
        }
        listeners.get(path).ended(AttemptResult.succeeded(new TaskOutputs(values, Map.of())));
        drain();
    }

    void fail(String path) {
        listeners.get(path).ended(AttemptResult.failed(AttemptResult.Outcome.USER_FAILED, 3, "exit code 3"));
        drain();
    }

    TaskState state(String path) {
        return engine.read(graph -> graph.task(path) == null ? null : graph.task(path).state());
    }

    RunState state() {
        return engine.read(graph -> graph.state());
    }

    @Override
    public void launch(TaskLaunch launch, Listener listener) {
        launched.add(launch.path());
        listeners.put(launch.path(), listener);
        try {
            journalAtLaunch.add(Files.readString(directory.journal()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void adopt(TaskLaunch launch, String reference, Listener listener) {
        adopted.add(launch.path() + " " + reference);
        listeners.put(launch.path(), listener);
    }

    @Override
    public void cancel(String handle, boolean force) {
        canceled.add(handle + (force ? " force" : ""));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
