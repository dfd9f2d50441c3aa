package io.jenkins.plugins.kubeflow.engine.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.kubeflow.engine.run.AttemptResult;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult.Outcome;
import io.jenkins.plugins.kubeflow.engine.task.TaskOutputs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Retries, budgets, back-off, cancellation, reuse (kfp.md 2.11). */
class AttemptsTest {
    private static AttemptResult ends(Outcome outcome) {
        return outcome == Outcome.SUCCEEDED ? AttemptResult.succeeded(TaskOutputs.NONE) : AttemptResult.failed(outcome, 1, "no luck");
    }

    private static GraphDriver single(int retries, int backoff) {
        return GraphDriver.of(new Specs().dag("root").task("t").retry(retries, backoff).end());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 1, SUCCEEDED, ",
        "0, 1, 1, FAILED, USER",
        "2, 1, 2, SUCCEEDED, ",
        "2, 2, 3, SUCCEEDED, ",
        "2, 3, 3, FAILED, USER",
        "5, 9, 6, FAILED, USER",
    })
    void theRetryPolicyAllowsOneAttemptMore(int retries, int failures, int attempts, TaskState state, Reason reason) {
        GraphDriver d = single(retries, 0).on("t", n -> ends(n <= failures ? Outcome.USER_FAILED : Outcome.SUCCEEDED)).run();
        assertThat(d.graph.task("t").attempts()).hasSize(attempts);
        assertThat(d.graph.task("t").state()).isEqualTo(state);
        assertThat(d.graph.task("t").reason()).isEqualTo(reason);
    }

    @Test
    void failuresOfThePlatformHaveABudgetOfTheirOwn() {
        GraphDriver d = single(1, 0).on("t", n -> ends(n <= 3 ? Outcome.PLATFORM_FAILED : n == 4 ? Outcome.USER_FAILED : Outcome.SUCCEEDED)).run();
        assertThat(d.graph.task("t").state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(d.graph.task("t").attempts()).hasSize(5);
    }

    @Test
    void aPlatformThatNeverWorksFailsTheTaskAsSuch() {
        GraphDriver d = single(5, 0).on("t", n -> ends(Outcome.PLATFORM_FAILED)).run();
        assertThat(d.summary()).containsExactly("t FAILED PLATFORM");
        assertThat(d.graph.task("t").attempts()).hasSize(4);
    }

    @Test
    void aTimeoutIsItsOwnReason() {
        assertThat(single(0, 0).on("t", n -> ends(Outcome.TIMED_OUT)).run().summary()).containsExactly("t FAILED TIMEOUT");
    }

    @Test
    void theDelayGrowsByTheFactor() {
        GraphDriver d = single(3, 5).on("t", n -> ends(Outcome.USER_FAILED)).run();
        List<Duration> pauses = new ArrayList<>();
        List<Attempt> attempts = d.graph.task("t").attempts();
        for (int i = 1; i < attempts.size(); i++) {
            pauses.add(Duration.ofSeconds(Duration.between(attempts.get(i - 1).ended(), attempts.get(i).started()).toSeconds()));
        }
        assertThat(pauses).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20));
    }

    @Test
    void aRetryThatWaitsSaysWhy() {
        GraphDriver d = single(2, 60).on("t", n -> ends(Outcome.USER_FAILED)).start();
        d.step();
        d.step();
        assertThat(d.graph.task("t").state()).isEqualTo(TaskState.WAITING);
        assertThat(d.graph.task("t").message()).isEqualTo("attempt 1 failed: no luck; retry 1 of 2");
    }

    @Test
    void cancellationStopsWhatRunsAndSkipsTheRest() {
        GraphDriver d = GraphDriver.of(new Specs().component("cleanup", "status:TASK_FINAL_STATUS", "")
                .dag("root").task("a").task("b").after("a").task("cleanup").in("status", "!a").always().end()).start();
        d.step();
        d.cancel();
        d.finish();
        assertThat(d.summary()).containsExactly("a CANCELED", "b SKIPPED RUN_CANCELED", "cleanup SKIPPED RUN_CANCELED");
        assertThat(d.graph.state()).isEqualTo(RunState.CANCELED);
        assertThat(d.graph.error()).isEqualTo("cancelled by me");
    }

    @Test
    void cancellationOfALoopBeginsNoMoreIterations() {
        GraphDriver d = GraphDriver.of(new Specs().dag("body").inputs("i").task("t").end()
                .dag("root").task("for-loop-1").of("body").over("[1,2,3,4,5,6]", "i", 2).end()).start();
        d.step();
        d.step();
        d.cancel();
        d.finish();
        assertThat(d.graph.state()).isEqualTo(RunState.CANCELED);
        assertThat(d.graph.task("for-loop-1").children()).hasSize(2);
        assertThat(d.graph.task("for-loop-1").state()).isEqualTo(TaskState.CANCELED);
    }

    @Test
    void cancellationBeforeTheStartStartsNothing() {
        GraphDriver d = GraphDriver.of(new Specs().dag("root").task("a").end());
        d.cancel();
        d.finish();
        assertThat(d.graph.state()).isEqualTo(RunState.CANCELED);
        assertThat(d.launched).isEmpty();
    }

    @Test
    void aRunThatTookTooLongFailsWithTheSentence() {
        GraphDriver d = GraphDriver.of(new Specs().dag("root").task("a").end()).start();
        d.step();
        d.take(new Event.CancelRequested(Instant.EPOCH, null, false, "too long"));
        d.finish();
        assertThat(d.graph.state()).isEqualTo(RunState.FAILED);
        assertThat(d.graph.error()).isEqualTo("too long");
    }

    @Test
    void aStepThatIsDoneBeforeItCouldBeStoppedCounts() {
        GraphDriver d = GraphDriver.of(new Specs().dag("root").task("a").task("b").after("a").end()).start();
        d.step();
        d.cancel();
        d.take(new Event.AttemptEnded(Instant.EPOCH, "a", 1, AttemptResult.succeeded(TaskOutputs.NONE)));
        d.finish();
        assertThat(d.summary()).containsExactly("a SUCCEEDED", "b SKIPPED RUN_CANCELED");
    }

    @Test
    void lateNewsChangesNothing() {
        GraphDriver d = single(1, 0).run();
        List<String> before = d.summary();
        d.take(new Event.AttemptEnded(Instant.EPOCH, "t", 1, ends(Outcome.USER_FAILED)));
        d.take(new Event.AttemptEnded(Instant.EPOCH, "t", 7, ends(Outcome.USER_FAILED)));
        d.take(new Event.Started(Instant.EPOCH, "nobody", 1, "x"));
        d.take(new Event.RetryDue(Instant.EPOCH, "t", 2));
        assertThat(d.summary()).isEqualTo(before);
    }

    @Test
    void cachedOutputsCountAsSuccess() {
        GraphDriver d = GraphDriver.of(new Specs().component("a", "", "out").component("b", "in", "")
                .dag("root").task("a").task("b").in("in", "a.out").end()).start();
        d.take(new Event.CacheHit(Instant.EPOCH, "a", new TaskOutputs(Map.of("out", Specs.json("\"old\"")), Map.of()), Specs.json("{\"hit\": true}")));
        d.finish();
        assertThat(d.summary()).containsExactly("a CACHED", "b SUCCEEDED");
        assertThat(d.input("b", "in")).isEqualTo("\"old\"");
    }
}
