package io.jenkins.plugins.kubeflow.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.kubeflow.engine.cache.CacheReuse;
import io.jenkins.plugins.kubeflow.engine.cache.CacheStore;
import io.jenkins.plugins.kubeflow.engine.graph.RunGraph;
import io.jenkins.plugins.kubeflow.engine.graph.RunState;
import io.jenkins.plugins.kubeflow.engine.graph.Specs;
import io.jenkins.plugins.kubeflow.engine.graph.TaskState;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.task.TaskOutputs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs looked at before, after and from beside: plan, replay, follow, lock, retry with another pipeline. */
class StoredRunTest {
    @TempDir
    Path path;

    private final List<FakeRun> runs = new ArrayList<>();

    @AfterEach
    void close() {
        runs.forEach(FakeRun::close);
    }

    private static PipelineSpec chain(String second) {
        return new Specs().component("c", "in?", "out").component("d", "in? more?", "out").dag("root")
                .task("a").of("c").cached().task("b").of(second).cached().in("in", "a.out").end().build();
    }

    private FakeRun run(PipelineSpec spec, Reuse reuse) {
        FakeRun run = new FakeRun(path.resolve("run"), spec, 1, reuse);
        runs.add(run);
        return run;
    }

    private FakeRun finished(Reuse reuse) throws IOException {
        FakeRun run = run(chain("c"), reuse).create();
        run.succeed("a", "out", "x");
        run.succeed("b", "out", "y");
        return run;
    }

    private List<String> plan(FakeRun run, Reuse reuse) {
        return Plan.of(run.spec, run.record, run.directory, reuse, request -> AttemptResult.succeeded(TaskOutputs.NONE)).stream()
                .map(line -> line.path() + " " + line.action() + " " + line.why())
                .toList();
    }

    @Test
    void planBeforeAndAfter() throws Exception {
        Reuse cache = new CacheReuse(new CacheStore(path.resolve("cache")), line -> {});
        FakeRun run = run(chain("c"), cache);
        assertThat(plan(run, cache)).containsExactlyInAnyOrder("a RUN this task has not been run with caching before", "b LATER depends on ‘a’");
        assertThat(path.resolve("run")).doesNotExist();
        assertThat(path.resolve("cache")).doesNotExist();
        finished(cache);
        assertThat(plan(run, cache)).hasSize(2).allMatch(line -> line.contains(" REUSE outputs of run run-1"));
        assertThat(plan(run, Reuse.NONE)).contains("a RUN caching is off for this run");
    }

    @Test
    void replayIsTheRunAgain() throws Exception {
        FakeRun run = finished(Reuse.NONE);
        List<String> steps = new ArrayList<>();
        RunGraph graph = Replay.of(run.directory, run.record, run.spec, step -> steps.add(step.number() + " " + step.name()));
        assertThat(steps).containsExactly("1 runStarted", "2 launched", "3 attemptEnded", "4 launched", "5 attemptEnded");
        assertThat(graph.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(Replay.upTo(run.directory, run.record, run.spec, 3, step -> {}).task("a").state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(Replay.upTo(run.directory, run.record, run.spec, 2, step -> {}).task("a").state()).isNotEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    void aTornLineIsWaitedForByWhoFollowsAndCutByWhoResumes() throws Exception {
        FakeRun run = run(chain("c"), Reuse.NONE).create();
        run.succeed("a", "out", "x");
        Path journal = run.directory.journal();
        String whole = Files.readString(journal);
        JournalFollower follower = new JournalFollower(run.directory, run.record, run.spec);
        assertThat(follower.follow().task("a").state()).isEqualTo(TaskState.SUCCEEDED);
        run.engine.close();
        Files.writeString(journal, "{\"at\":\"2026-01-02T03:04", StandardOpenOption.APPEND);
        assertThat(follower.follow().task("b").state()).isNotEqualTo(TaskState.SUCCEEDED);
        FakeRun again = run(chain("c"), Reuse.NONE).resume();
        assertThat(again.adopted).containsExactly("b null");
        again.succeed("b", "out", "y");
        assertThat(again.engine.done().get()).isEqualTo(RunState.SUCCEEDED);
        assertThat(Files.readString(journal)).startsWith(whole).doesNotContain("03:04{");
        assertThat(follower.follow().state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aFollowerSeesARetry() throws Exception {
        FakeRun run = finished(Reuse.NONE);
        JournalFollower follower = new JournalFollower(run.directory, run.record, run.spec);
        assertThat(follower.follow().state()).isEqualTo(RunState.SUCCEEDED);
        byte[] earlier = Files.readAllBytes(run.directory.journal());
        run.engine.close();
        Retry.begin(run.directory, run.record, run.spec, "spec".getBytes(StandardCharsets.UTF_8), "pipeline.yaml", Map.of());
        // longer than the earlier round's, so that its length alone does not give it away
        String started = new String(earlier, StandardCharsets.UTF_8).lines().findFirst().orElseThrow();
        Files.writeString(run.directory.journal(), started.replace("}", ",\"note\":\"" + "x".repeat(earlier.length) + "\"}") + "\n");
        assertThat(follower.follow().state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void aRunIsCarriedOnByOne() throws Exception {
        RunDirectory directory = new RunDirectory(path);
        try (RunLock lock = RunLock.take(directory)) {
            assertThatThrownBy(() -> RunLock.take(directory)).hasMessage("the run in ‘" + path + "’ is being carried on by another process");
        }
        RunLock.take(directory).close();
    }

    @Test
    void aRetryWithAnotherPipelineRunsWhatItTouches() throws Exception {
        FakeRun first = finished(Reuse.NONE);
        first.engine.close();
        RunEngine before = RunEngine.resume(first.directory, first.record, first.spec, first.services());
        Reuse reuse = before.read(graph -> new RetryReuse(graph, first.directory, first.record, Reuse.NONE));
        RunRecord next = Retry.begin(first.directory, first.record, chain("d"), "new".getBytes(StandardCharsets.UTF_8), "pipeline.yaml", Map.of());
        FakeRun second = run(new Specs().component("c", "in?", "out").component("d", "in?", "out:NUMBER_INTEGER").dag("root")
                .task("a").of("c").task("b").of("d").in("in", "a.out").end().build(), reuse);
        second.record = next;
        second.create();
        assertThat(second.state("a")).isEqualTo(TaskState.SUCCEEDED);
        assertThat(second.launched).containsExactly("b");
    }
}
