package io.jenkins.plugins.kubeflow.engine.pod;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.Quantity;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** CreatePVC and DeletePVC against an API server in this process. */
@Timeout(120)
class ClaimTaskTest {
    private static final String CLAIMS = " /api/v1/namespaces/default/persistentvolumeclaims";

    @TempDir
    Path run;

    private FakeCluster cluster;
    private PodRunner runner;

    @BeforeEach
    void up() {
        cluster = new FakeCluster();
        runner = new PodRunner(cluster.client, PodOptions.builder().build());
    }

    @AfterEach
    void down() {
        runner.close();
        cluster.close();
    }

    private PodStep create(String size) {
        return new PodStep(run).image("argostub/createpvc").parameter("pvc_name_suffix", "-data").parameter("size", size)
                .parameter("access_modes", JsonNodeFactory.instance.arrayNode().add("ReadWriteOnce"));
    }

    @Test
    void aClaimIsMadeOnceAndDeleted() throws Exception {
        AttemptResult made = create("1Gi").launchWith(runner).await();
        String name = made.outputs().parameters().get("name").asText();
        assertThat(name).isEqualTo("pipeline-x-data");
        assertThat(create("1Gi").launchWith(runner).await()).as("a repeated call finds its own").isEqualTo(made);
        assertThat(cluster.client.persistentVolumeClaims().inNamespace("default").withName(name).get().getSpec().getResources().getRequests())
                .isEqualTo(Map.of("storage", new Quantity("1Gi")));

        new PodStep(run).image("argostub/deletepvc").parameter("pvc_name", name).launchWith(runner).await();
        assertThat(cluster.client.persistentVolumeClaims().inNamespace("default").withName(name).get()).isNull();
    }

    @Test
    void aClaimOfSomebodyElseIsNot() throws Exception {
        create("1Gi").launchWith(runner).await();
        PodStep other = create("1Gi");
        other.attempt = 2;
        assertThat(other.launchWith(runner).await().outcome()).isEqualTo(Outcome.PLATFORM_FAILED);
    }

    @Test
    void pressureIsWaitedFor() throws Exception {
        cluster.fail("POST" + CLAIMS, FakeCluster.error(503, "ServiceUnavailable", "starting"));
        PodStep step = create("1Gi").launchWith(runner);
        step.awaitWaiting("the API server says 503: starting");
        assertThat(step.await().outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void waitingCanBeCancelled() throws Exception {
        for (int i = 0; i < 1000; i++) {
            cluster.fail("POST" + CLAIMS, FakeCluster.error(429, "TooManyRequests", "slow down"));
        }
        PodStep step = create("1Gi").launchWith(runner);
        step.awaitWaiting("overloaded");
        runner.cancel(step.launch().handle(), false);
        assertThat(step.await().outcome()).isEqualTo(Outcome.CANCELED);
    }

    @Test
    void aClaimIsNotLargerThanThePolicyAllows() throws Exception {
        runner.close();
        PodPolicy policy = new PodPolicy(List.of(), List.of(), List.of(), false, Map.of("storage", new Quantity("10Gi")), Map.of(), false);
        runner = new PodRunner(cluster.client, PodOptions.builder().policy(policy).build());
        AttemptResult result = create("11Gi").launchWith(runner).await();
        assertThat(result.outcome()).isEqualTo(Outcome.USER_FAILED);
        assertThat(result.message()).contains("claim ‘pipeline-x-data’: resources.requests.storage: 11Gi is more than the 10Gi");
        assertThat(cluster.count("POST" + CLAIMS)).isZero();
    }
}
