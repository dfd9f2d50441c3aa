package io.jenkins.plugins.kubeflow.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.kubeflow.engine.cache.CacheReuse;
import io.jenkins.plugins.kubeflow.engine.cache.CacheStore;
import io.jenkins.plugins.kubeflow.engine.graph.RunState;
import io.jenkins.plugins.kubeflow.engine.graph.Specs;
import io.jenkins.plugins.kubeflow.engine.graph.TaskState;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunEngineTest {
    @TempDir
    Path path;

    private final List<FakeRun> runs = new ArrayList<>();

    private FakeRun run(PipelineSpec spec, int parallelism) {
        return run(spec, parallelism, Reuse.NONE);
    }

    private FakeRun run(PipelineSpec spec, int parallelism, Reuse reuse) {
        FakeRun run = new FakeRun(path, spec, parallelism, reuse);
        runs.add(run);
        return run;
    }

    @AfterEach
    void close() {
        runs.forEach(FakeRun::close);
    }

    private static PipelineSpec chain() {
        return new Specs().component("c", "in?", "out").dag("root")
                .task("a").of("c").cached().task("b").of("c").cached().in("in", "a.out").end().build();
    }

    private static PipelineSpec wide(int n) {
        Specs.Task task = new Specs().component("c", "", "").dag("root").task("t0").of("c");
        for (int i = 1; i < n; i++) {
            task = task.task("t" + i).of("c");
        }
        return task.end().build();
    }

    @Test
    void anAttemptIsInTheJournalBeforeItIsLaunched() throws Exception {
        FakeRun run = run(chain(), 4).create();
        assertThat(run.launched).containsExactly("a");
        assertThat(run.journalAtLaunch.get(0)).contains("\"event\":\"launched\",\"task\":\"a\",\"attempt\":1,\"handle\":\"run-1/0/a#1\"").endsWith("\n");
        run.succeed("a", "out", "x");
        assertThat(run.launched).containsExactly("a", "b");
        assertThat(run.journalAtLaunch.get(1)).contains("\"task\":\"b\"");
        run.succeed("b", "out", "y");
        assertThat(run.engine.done().get()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void noMoreThanTheParallelismAtOnce() throws Exception {
        FakeRun run = run(wide(5), 2).create();
        assertThat(run.launched).containsExactly("t0", "t1");
        run.succeed("t1");
        assertThat(run.launched).containsExactly("t0", "t1", "t2");
        run.fail("t0");
        run.succeed("t2");
        assertThat(run.launched).hasSize(5);
        run.succeed("t3");
        run.succeed("t4");
        assertThat(run.engine.done().get()).isEqualTo(RunState.FAILED);
    }

    @Test
    void resumeAdoptsWhatRunsAndDoesNotRepeatWhatHasFinished() throws Exception {
        FakeRun first = run(wide(4), 2).create();
        first.started("t0");
        first.succeed("t0");
        first.started("t1");
        first.engine.close();
        FakeRun second = run(wide(4), 2).resume();
        assertThat(second.adopted).containsExactly("t1 pid-t1", "t2 null");
        assertThat(second.launched).isEmpty();
        second.succeed("t1");
        assertThat(second.launched).containsExactly("t3");
        second.succeed("t2");
        second.succeed("t3");
        assertThat(second.engine.done().get()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void moreAdoptedAttemptsThanPermitsDoNotBlockTheRun() throws Exception {
        FakeRun first = run(wide(4), 3).create();
        first.engine.close();
        FakeRun second = run(wide(4), 1).resume();
        assertThat(second.adopted).hasSize(3);
        second.succeed("t2");
        second.succeed("t1");
        second.succeed("t0");
        assertThat(second.launched).containsExactly("t3");
        second.succeed("t3");
        assertThat(second.engine.done().get()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aRunThatIsLeftGivesItsPermitsBack() throws Exception {
        Permits shared = new Permits(1, Runnable::run);
        FakeRun left = new FakeRun(path.resolve("1"), wide(2), shared, 1, Reuse.NONE);
        runs.add(left);
        left.create();
        FakeRun other = new FakeRun(path.resolve("2"), wide(1), shared, 1, Reuse.NONE);
        runs.add(other);
        other.create();
        assertThat(other.launched).isEmpty();
        left.engine.close();
        other.drain();
        assertThat(other.launched).containsExactly("t0");
    }

    @Test
    void cancelStopsWhatRunsAndStartsNothing() throws Exception {
        FakeRun run = run(wide(3), 2).create();
        run.engine.cancel("me", false);
        run.drain();
        assertThat(run.canceled).containsExactlyInAnyOrder("run-1/0/t0#1", "run-1/0/t1#1");
        run.engine.cancel("me", true);
        run.drain();
        assertThat(run.canceled).contains("run-1/0/t0#1 force", "run-1/0/t1#1 force");
        for (String task : List.of("t0", "t1")) {
            run.listeners.get(task).ended(AttemptResult.failed(AttemptResult.Outcome.CANCELED, null, "stopped"));
        }
        run.drain();
        assertThat(run.engine.done().get()).isEqualTo(RunState.CANCELED);
        assertThat(run.launched).containsExactly("t0", "t1");
    }

    @Test
    void lateAndRepeatedNewsChangesNothing() throws Exception {
        FakeRun run = run(chain(), 1).create();
        run.succeed("a", "out", "x");
        run.fail("a");
        run.started("a");
        assertThat(run.state("a")).isEqualTo(TaskState.SUCCEEDED);
        run.succeed("b", "out", "y");
        assertThat(run.engine.done().get()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aSecondRunFindsTheOutputsInTheCache() throws Exception {
        CacheStore store = new CacheStore(path.resolve("cache"));
        FakeRun first = new FakeRun(path.resolve("1"), chain(), 1, new CacheReuse(store, line -> {}));
        runs.add(first);
        first.create();
        first.succeed("a", "out", "x");
        first.succeed("b", "out", "y");
        FakeRun second = new FakeRun(path.resolve("2"), chain(), 1, new CacheReuse(store, line -> {}));
        runs.add(second);
        second.create();
        assertThat(second.launched).isEmpty();
        assertThat(second.state("a")).isEqualTo(TaskState.CACHED);
        assertThat(second.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aCacheThatBreaksDoesNotHoldTheRunUp() throws Exception {
        Reuse broken = new Reuse() {
            @Override
            public boolean concerns(Question question) {
                return true;
            }

            @Override
            public Answer find(Question question) {
                throw new IllegalStateException("broken");
            }

            @Override
            public void store(Question question, io.jenkins.plugins.kubeflow.engine.task.TaskOutputs outputs, Instant ended) {}
        };
        FakeRun run = run(chain(), 1, broken).create();
        run.succeed("a", "out", "x");
        run.succeed("b", "out", "y");
        assertThat(run.engine.done().get()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aRetryKeepsWhatHadFinished() throws Exception {
        FakeRun first = run(chain(), 1).create();
        first.succeed("a", "out", "x");
        first.fail("b");
        assertThat(first.engine.done().get()).isEqualTo(RunState.FAILED);
        first.engine.close();
        RunEngine before = RunEngine.resume(first.directory, first.record, chain(), first.services());
        RunRecord next = Retry.begin(first.directory, first.record, chain(), "spec".getBytes(StandardCharsets.UTF_8), "pipeline.yaml", Map.of());
        Reuse reuse = before.read(graph -> new RetryReuse(graph, first.directory, first.record, Reuse.NONE));
        FakeRun second = run(chain(), 1, reuse);
        second.record = next;
        second.create();
        assertThat(second.launched).containsExactly("b");
        assertThat(second.state("a")).isEqualTo(TaskState.SUCCEEDED);
        second.succeed("b", "out", "y");
        assertThat(second.engine.done().get()).isEqualTo(RunState.SUCCEEDED);
        assertThat(path.resolve("rounds/0/journal.jsonl")).exists();
        assertThat(path.resolve("rounds/0/result.json")).exists();
        assertThat(next.round()).isEqualTo(1);
    }

    @Test
    void aRunWhoseJournalCannotBeWrittenIsPausedAndGoesOnLater() throws Exception {
        FakeRun run = run(chain(), 1).create();
        Path journal = run.directory.journal();
        String whole = Files.readString(journal);
        // closing the channel is what a full disk looks like to the engine: every write fails
        closeJournal(run.engine);
        run.succeed("a", "out", "x");
        assertThatThrownBy(() -> run.engine.done().get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(RunPausedException.class)
                .hasMessageContaining("Make room and resume it; nothing that has finished will run again");
        assertThat(Files.readString(journal)).isEqualTo(whole);
        FakeRun again = run(chain(), 1).resume();
        assertThat(again.adopted).containsExactly("a null");
        again.succeed("a", "out", "x");
        again.succeed("b", "out", "y");
        assertThat(again.engine.done().get()).isEqualTo(RunState.SUCCEEDED);
    }

    private static void closeJournal(RunEngine engine) throws Exception {
        var field = RunEngine.class.getDeclaredField("journal");
        field.setAccessible(true);
        ((Journal) field.get(engine)).close();
    }

    @Test
    void theResultDocument() throws Exception {
        FakeRun run = run(chain(), 1).create();
        run.succeed("a", "out", "x");
        run.fail("b");
        JsonNode result = Json.MAPPER.readTree(run.directory.result().toFile());
        assertThat(result.fieldNames()).toIterable().contains("runId", "pipeline", "directory", "state", "error", "parameters", "outputs", "tasks");
        assertThat(result.path("state").asText()).isEqualTo("FAILED");
        assertThat(result.path("error").asText()).contains("‘b’").contains("exit code 3");
        assertThat(result.at("/tasks/1").fieldNames()).toIterable().contains("path", "name", "kind", "state", "reason", "message", "attempts", "inputs", "outputs");
        assertThat(result.at("/tasks/1/attempts/0").fieldNames()).toIterable().contains("number", "state", "exitCode", "log", "started", "ended");
        assertThat(result.at("/tasks/1/inputs/parameters/in").asText()).isEqualTo("x");
        assertThat(result.at("/tasks/0/outputs/parameters/out").asText()).isEqualTo("x");
        assertThat(result.at("/tasks/1/reason").asText()).isEqualTo("USER");
        assertThat(result.at("/tasks/1/attempts/0/log").asText()).isEqualTo("logs/b.1.log");
    }
}
