package io.jenkins.plugins.kubeflow.engine.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.kubeflow.engine.ir.ParameterType;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.Test;

/** What becomes of the log of an attempt, and what its helper tells, against an API server in this process. */
class PodLogsTest extends PodRunnerFixture {
    @Test
    void aLogThatFailsIsAskedForAgain() throws Exception {
        cluster.fail("/log", FakeCluster.error(500, "InternalError", "no route to the node"));
        launch();
        cluster.terminated(step.podName(), WELL);
        assertThat(step.await().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(step.log()).isEqualTo("hello\n");
    }

    @Test
    void aLogThatIsWatchedIsShownAndHoldsNothingUp() throws Exception {
        String mark = StepScript.mark(step.podName());
        cluster.following = new MockResponse().setBody(mark + " begin\nhel").setHeader("Content-Length", "1000000"); // the rest never comes
        aStepWhoseLogIsWatchedEndsAsEver("hel");
    }

    /** An API server does not even begin to answer before there is a first byte. */
    @Test
    void aSilentStepThatIsWatchedHoldsNothingUp() throws Exception {
        cluster.following = new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE);
        aStepWhoseLogIsWatchedEndsAsEver("");
    }

    private void aStepWhoseLogIsWatchedEndsAsEver(String shown) throws Exception {
        start(PodOptions.builder().maxTransfers(1));
        launch();
        cluster.status(step.podName(), RUNNING);
        step.started.get();
        runner.watched(step.launch().handle());
        cluster.await("follow=true", 1);
        while (!Files.exists(step.launch().log()) || !step.log().equals(shown)) {
            Thread.sleep(10);
        }
        cluster.terminated(step.podName(), WELL);
        assertThat(step.await().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(step.log()).isEqualTo("hello\n");
    }

    @Test
    void aLogThatNobodyWatchesIsReadOnce() throws Exception {
        launch();
        cluster.node(step.podName());
        cluster.status(step.podName(), RUNNING);
        cluster.terminated(step.podName(), WELL);
        step.await();
        assertThat(cluster.count("/log?")).isEqualTo(1);
    }

    /** The kubelet may look a second later; the helper has told of the end and brought the outputs, and the log is whole. */
    @Test
    void aStepOfWhichTheHelperTellsTheEndIsOver() throws Exception {
        step.outputArtifact("data").input("x", large());
        cluster.exec = "done 0\n\n";
        launch();
        cluster.node(step.podName());
        cluster.status(step.podName(), "{phase: Running, containerStatuses: [{name: main, state: {running: {}}}, {name: kfp-helper, state: {running: {}}}]}");
        AttemptResult result = step.await();
        assertThat(result.outcome()).as(result.message()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(step.log()).isEqualTo("hello\n");
        cluster.await("DELETE /api/v1/namespaces/default/pods/" + step.podName(), 1);
    }

    /** An API that is away is waited for; a helper that cannot unpack the inputs time and again is not. */
    @Test
    void inputsThatCannotBeBroughtInFailTheStep() throws Exception {
        step.outputArtifact("data").input("x", large());
        cluster.exec = "failed: tar: can't create directory 'run': Permission denied\n";
        launch();
        cluster.node(step.podName());
        cluster.status(step.podName(), "{phase: Running, containerStatuses: [{name: main, state: {running: {}}}, {name: kfp-helper, state: {running: {}}}]}");
        AttemptResult result = step.await();
        assertThat(result.outcome()).isEqualTo(Outcome.PLATFORM_FAILED);
        assertThat(result.message()).contains("Permission denied");
    }

    /** Without its last line there may be more of it. */
    @Test
    void aStepWhoseLogIsNotWholeIsWaitedFor() throws Exception {
        step.outputArtifact("data").input("x", large());
        cluster.exec = "done 0\n\n";
        cluster.log = new MockResponse().setBody(StepScript.mark(step.podName()) + " begin\nhel");
        launch();
        cluster.node(step.podName());
        cluster.status(step.podName(), "{phase: Running, containerStatuses: [{name: main, state: {running: {}}}, {name: kfp-helper, state: {running: {}}}]}");
        cluster.await("/log?", 1);
        assertThat(step.result).isNotDone();
        cluster.terminated(step.podName(), WELL);
        assertThat(step.await().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(step.log()).isEqualTo("hel\n[the rest of this log is gone]\n");
    }

    private Path large() throws Exception {
        return Files.write(run.resolve("large"), new byte[200_000]);
    }

    /** A node keeps the end of a long log only; what was followed from the first line to the last is not fetched again. */
    @Test
    void theLogOfALongStepIsFollowedToItsEnd() throws Exception {
        start(PodOptions.builder().followAfter(Duration.ofMillis(50)));
        String mark = StepScript.mark(step.podName());
        cluster.following = new MockResponse().setBody(mark + " begin\nfrom the first line on\n\n" + mark + " done\n");
        cluster.log = new MockResponse().setBody("the node has the end only\n");
        launch();
        cluster.node(step.podName());
        cluster.status(step.podName(), RUNNING);
        cluster.await("follow=true", 1);
        while (!Files.exists(step.launch().log()) || step.log().isEmpty()) {
            Thread.sleep(10);
        }
        cluster.terminated(step.podName(), WELL);
        assertThat(step.await().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(step.log()).isEqualTo("from the first line on\n");
        assertThat(cluster.count("/log?")).isEqualTo(1);
    }

    @Test
    void aLogThatBreaksOffIsReadAgain() throws Exception {
        cluster.fail("/log?", new MockResponse().setBody("hel").setHeader("Content-Length", "1000000")
                .setSocketPolicy(SocketPolicy.DISCONNECT_AT_END));
        launch();
        cluster.terminated(step.podName(), WELL);
        assertThat(step.await().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(step.log()).isEqualTo("hello\n");
    }

    @Test
    void aLogWithoutItsBeginningSaysSo() throws Exception {
        cluster.log = new MockResponse().setBody("half a line\nlast line\n\n" + StepScript.mark(step.podName()) + " done\n");
        launch();
        cluster.terminated(step.podName(), WELL);
        assertThat(step.await().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(step.log()).startsWith("[what came before this").endsWith("]\nhalf a line\nlast line\n");
    }

    @Test
    void numbersThatDoNotFitAreNoNumbers() throws Exception {
        step.output("count", ParameterType.NUMBER_INTEGER);
        launch();
        cluster.terminated(step.podName(), "{exitCode: 0, message: \"kfp large 5000\\n\"}");
        assertThat(step.await()).isEqualTo(AttemptResult.failed(
                Outcome.USER_FAILED, 0, "its outputs are numbers, but what it wrote takes 5000 bytes"));
    }

    @Test
    void anAbsentLogOfAFailedStepIsSaid() throws Exception {
        cluster.log = new MockResponse().setResponseCode(404);
        launch();
        cluster.terminated(step.podName(), "{exitCode: 1}");
        assertThat(step.await().message()).isEqualTo("exit code 1");
        assertThat(step.log()).contains("[the rest of this log is gone]");
    }
}
