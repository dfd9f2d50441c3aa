package io.jenkins.plugins.kubeflow.engine.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.jenkins.plugins.kubeflow.engine.ir.ParameterType;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.mockwebserver.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attempts against an API server in this process; the test plays the kubelet. */
class PodRunnerTest extends PodRunnerFixture {
    private PodRunner another() {
        return new PodRunner(cluster.client, PodOptions.builder().relist(RELIST).build());
    }

    @Test
    void aStepThatEndsWell() throws Exception {
        launch();
        cluster.status(step.podName(), RUNNING);
        assertThat(step.started.get()).isEqualTo(step.podName());
        cluster.terminated(step.podName(), WELL);

        assertThat(step.await()).isEqualTo(AttemptResult.succeeded(step.await().outputs()));
        assertThat(step.log()).isEqualTo("hello\n");
        cluster.await("DELETE /api/v1/namespaces/default/pods/" + step.podName(), 1);
        assertThat(run.resolve("tasks/step/1/pod.yaml")).content().contains("kubeflow.jenkins.io/plan");
    }

    @Test
    void aStepThatFails() throws Exception {
        launch();
        cluster.terminated(step.podName(), "{exitCode: 3, reason: Error}");
        assertThat(step.await()).isEqualTo(AttemptResult.failed(Outcome.USER_FAILED, 3, "exit code 3"));
        assertThat(step.log()).isEqualTo("hello\n");
    }

    @Test
    void aPodThatIsThereIsAdopted() throws Exception {
        launch();
        runner.close();
        PodStep again = new PodStep(run);
        runner = another();
        again.launchWith(runner);
        cluster.await(PODS, 2);
        cluster.terminated(step.podName(), WELL);
        assertThat(again.await().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(step.result).isNotDone();
        assertThat(cluster.count(PODS)).isEqualTo(2);
    }

    @Test
    void aPodOfSomebodyElseIsNot() throws Exception {
        Pod other = new PodBuilder().withNewMetadata().withName(step.podName()).withNamespace("default").endMetadata().build();
        cluster.client.resource(other).create();
        step.launchWith(runner);
        AttemptResult result = step.await();
        assertThat(result.outcome()).isEqualTo(Outcome.PLATFORM_FAILED);
        assertThat(result.message()).startsWith("Kubernetes refused the pod: ");
        assertThat(cluster.pod(step.podName())).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "403 | Forbidden          | exceeded quota: q, requested: pods=1 | the namespace's quota is used up: exceeded quota",
        "409 | Conflict           | Operation cannot be fulfilled on resourcequotas q | the API server says 409",
        "429 | TooManyRequests    | slow down | the API server is overloaded (429)",
        "500 | InternalError      | etcd      | the API server says 500: etcd",
        "503 | ServiceUnavailable | starting  | the API server says 503: starting",
        "401 | Unauthorized       | expired   | the API server says 401: expired",
    })
    void pressureIsWaitedFor(int code, String reason, String message, String said) throws Exception {
        cluster.fail(PODS, FakeCluster.error(code, reason, message));
        step.launchWith(runner);
        step.awaitWaiting(said);
        cluster.await(PODS, 2);
        cluster.terminated(step.podName(), WELL);
        assertThat(step.await().outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void aLostConnectionIsWaitedFor() throws Exception {
        int times = 5; // the client tries a connection of its pool again by itself
        for (int i = 0; i < times; i++) {
            cluster.fail(PODS, FakeCluster.disconnect());
        }
        step.launchWith(runner);
        step.awaitWaiting("the API server cannot be reached");
        cluster.await(PODS, times + 1);
        cluster.terminated(step.podName(), WELL);
        assertThat(step.await().outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "403 | Forbidden | pods is forbidden | PLATFORM_FAILED | Kubernetes refused the pod: the API server says 403: pods is forbidden",
        "422 | Invalid   | no such field     | USER_FAILED     | Kubernetes refused the pod: the API server says 422: no such field",
        "404 | NotFound  | no namespace      | PLATFORM_FAILED | Kubernetes refused the pod: the API server says 404: no namespace",
    })
    void refusalsAreFinal(int code, String reason, String message, Outcome outcome, String said) throws Exception {
        cluster.fail(PODS, FakeCluster.error(code, reason, message));
        step.launchWith(runner);
        assertThat(step.await()).isEqualTo(AttemptResult.failed(outcome, null, said));
    }

    @Test
    void aWatchThatIsTooOldIsOpenedAnew() throws Exception {
        start(PodOptions.builder(), Duration.ofHours(1));
        cluster.fail("watch=true", FakeCluster.error(410, "Expired", "too old resource version"));
        step.launchWith(runner);
        cluster.await("watch=true", 2);
        cluster.await(PODS, 1);
        cluster.terminated(step.podName(), WELL);
        assertThat(step.await().outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void aHelperThatIsGoneTakesTheOutputsAlong() throws Exception {
        step.output("text", ParameterType.STRING);
        launch();
        cluster.status(step.podName(), """
                {phase: Running, containerStatuses: [{name: main, state: {terminated: {exitCode: 0}}},
                {name: kfp-helper, state: {terminated: {exitCode: 137, reason: OOMKilled}}}]}""");
        assertThat(step.await()).isEqualTo(AttemptResult.failed(
                Outcome.PLATFORM_FAILED, 0, "its helper ended before the outputs were fetched (OOMKilled)"));
    }

    @Test
    void whatAWatchMissesAListShows() throws Exception {
        for (int i = 0; i < 1000; i++) {
            cluster.fail("watch=true", FakeCluster.error(503, "ServiceUnavailable", "no watches today"));
        }
        step.launchWith(runner);
        cluster.await(PODS, 1);
        cluster.terminated(step.podName(), WELL);
        assertThat(step.await().outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void anImageThatCannotBePulledIsNoHang() throws Exception {
        launch();
        cluster.status(step.podName(), """
                {phase: Pending, containerStatuses: [{name: main, image: "x/y:1", state: {waiting: {reason: ErrImagePull, message: "not found"}}}]}""");
        assertThat(step.await()).isEqualTo(AttemptResult.failed(
                Outcome.PLATFORM_FAILED, null, "image ‘x/y:1’ cannot be pulled (ErrImagePull): not found"));
        cluster.await("DELETE /api/v1/namespaces/default/pods/" + step.podName(), 1);
    }

    @Test
    void theSchedulersReasonShowsWhileItWaits() throws Exception {
        launch();
        cluster.status(step.podName(), """
                {phase: Pending, conditions: [{type: PodScheduled, status: "False", message: "0/1 nodes are available"}]}""");
        step.awaitWaiting("no node can take the pod: 0/1 nodes are available");
        cluster.terminated(step.podName(), WELL);
        assertThat(step.await().outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void aPodThatSomebodyDeletes() throws Exception {
        launch();
        cluster.status(step.podName(), RUNNING);
        step.started.get();
        cluster.client.pods().inNamespace("default").withName(step.podName()).delete();
        assertThat(step.await()).isEqualTo(AttemptResult.failed(
                Outcome.PLATFORM_FAILED, null, "its pod ‘" + step.podName() + "’ was deleted by someone or lost with its node"));
        assertThat(step.log()).contains("[the rest of this log is gone]");
    }

    @Test
    void cancelDeletesThePod() throws Exception {
        launch();
        cluster.status(step.podName(), RUNNING);
        step.started.get();
        runner.cancel(step.launch().handle(), false);
        assertThat(step.await()).isEqualTo(AttemptResult.failed(Outcome.CANCELED, null, "cancelled"));
        assertThat(cluster.pod(step.podName())).isNull();
    }

    @Test
    void outputsComeInTheTerminationMessage() throws Exception {
        step.output("count", ParameterType.NUMBER_INTEGER);
        launch();
        // "1 f 1\n7", base64
        cluster.terminated(step.podName(), "{exitCode: 0, message: \"kfp p\\nMSBmIDEKNw==\\n\"}");
        assertThat(step.await().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(step.await().outputs().parameters().get("count").asInt()).isEqualTo(7);
    }

    @Test
    void aTerminationMessageThatIsCutIsNoSilentLoss() throws Exception {
        step.output("count", ParameterType.NUMBER_INTEGER);
        launch();
        cluster.terminated(step.podName(), "{exitCode: 0, message: \"kfp p\\nMSBmIDUKaGVs\\n\"}");
        assertThat(step.await().outcome()).isEqualTo(Outcome.PLATFORM_FAILED);
        assertThat(step.await().message()).contains("the outputs are cut");
    }

    @Test
    void failedPodsAreKeptByChoice() throws Exception {
        start(PodOptions.builder().retention(PodRetention.ON_FAILURE));
        launch();
        cluster.terminated(step.podName(), "{exitCode: 1}");
        assertThat(step.await().outcome()).isEqualTo(Outcome.USER_FAILED);
        runner.close();
        assertThat(cluster.pod(step.podName())).isNotNull();
    }

    @Test
    void adoptionAfterTheEnd() throws Exception {
        launch();
        runner.close();
        cluster.terminated(step.podName(), WELL);
        PodStep again = new PodStep(run);
        runner = another();
        runner.adopt(again.launch(), step.podName(), again);
        assertThat(again.await().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(cluster.count(PODS)).isEqualTo(1);
    }

    @Test
    void adoptionOfAPodThatIsGoneNeverRunsTheStepAgain() throws Exception {
        runner.adopt(step.launch(), step.podName(), step);
        assertThat(step.await()).isEqualTo(AttemptResult.failed(
                Outcome.PLATFORM_FAILED, null, "its pod ‘" + step.podName() + "’ is gone, and its result with it"));
        assertThat(cluster.count(PODS)).isZero();
    }

    @Test
    void adoptionOfWhatNeverBecameAPodMakesIt() throws Exception {
        runner.adopt(step.launch(), null, step);
        cluster.await(PODS, 1);
        cluster.terminated(step.podName(), WELL);
        assertThat(step.await().outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void onePodAtATime() throws Exception {
        start(PodOptions.builder().maxPods(1));
        launch();
        PodStep second = new PodStep(run);
        second.attempt = 2;
        second.launchWith(runner);
        second.awaitWaiting("waits for one of the 1 pods that may run at a time");
        cluster.terminated(step.podName(), WELL);
        step.await();
        cluster.await(PODS, 2);
        cluster.terminated(second.podName(), WELL);
        assertThat(second.await().outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void theEventsOfAFailedPodAreKept() throws Exception {
        launch();
        cluster.fail("/events?fieldSelector=involvedObject.name%3D" + step.podName(), new MockResponse().setBody("""
                {"kind": "EventList", "apiVersion": "v1", "items": [
                  {"type": "Warning", "reason": "Failed", "message": "not found", "count": 2, "lastTimestamp": "2026-01-01T00:00:05Z"},
                  {"type": "Normal", "reason": "Pulling", "message": "pulling", "eventTime": "2026-01-01T00:00:01.000000Z"}]}"""));
        cluster.terminated(step.podName(), "{exitCode: 1}");
        step.await();
        assertThat(step.launch().directory().resolve("pod-events.txt")).hasContent("""
                2026-01-01T00:00:01.000000Z  Normal  Pulling  pulling
                2026-01-01T00:00:05Z  Warning  Failed  not found (2 times)
                """);
        assertThat(step.launch().directory().resolve("pod-plan.txt")).content().startsWith("wrapped, because");
    }

    @Test
    void eventsThatMayNotBeReadAreSaidToBe() throws Exception {
        cluster.fail("/events", FakeCluster.error(403, "Forbidden", "events is forbidden"));
        launch();
        cluster.terminated(step.podName(), "{exitCode: 1}");
        step.await();
        assertThat(step.launch().directory().resolve("pod-events.txt")).content().contains("events is forbidden");
    }

    /** What is beside these is for all pods together: the anchor, the lists and the one watch. */
    @Test
    void aPodCostsThreeCallsAndManyShareOneWatch() throws Exception {
        start(PodOptions.builder().maxTransfers(4));
        List<PodStep> steps = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            PodStep one = new PodStep(run);
            one.attempt = i;
            steps.add(one.launchWith(runner));
        }
        cluster.await(PODS, 20);
        for (PodStep one : steps) {
            cluster.terminated(one.podName(), WELL);
        }
        for (PodStep one : steps) {
            assertThat(one.await().outcome()).isEqualTo(Outcome.SUCCEEDED);
            cluster.await("DELETE /api/v1/namespaces/default/pods/" + one.podName(), 1);
            assertThat(cluster.count("GET /api/v1/namespaces/default/pods/" + one.podName() + "/log")).isEqualTo(1);
            assertThat(cluster.count("pods/" + one.podName() + "/exec")).isZero();
        }
        assertThat(cluster.count(PODS)).isEqualTo(20);
        assertThat(cluster.count("watch=true")).as("one, and what a slow machine loses").isLessThan(4);
        assertThat(cluster.count("POST /api/v1/namespaces/default/configmaps")).isEqualTo(1);
    }

    @Test
    void aCancelIsTriedUntilThePodIsDeleted() throws Exception {
        launch();
        cluster.status(step.podName(), RUNNING);
        step.started.get();
        String delete = "DELETE /api/v1/namespaces/default/pods/" + step.podName();
        cluster.fail(delete, FakeCluster.error(503, "ServiceUnavailable", "starting"));
        runner.cancel(step.launch().handle(), false);
        assertThat(step.await().outcome()).isEqualTo(Outcome.CANCELED);
        cluster.await(delete, 2);
    }
}
