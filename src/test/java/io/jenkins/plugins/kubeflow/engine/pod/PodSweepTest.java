package io.jenkins.plugins.kubeflow.engine.pod;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class PodSweepTest {
    private static final Set<String> LIVE = Set.of("live");

    private FakeCluster cluster;

    @BeforeEach
    void up() {
        cluster = new FakeCluster();
        for (String run : new String[] {"live", "dead"}) {
            cluster.client.resource(new ConfigMapBuilder().withMetadata(meta("anchor-" + run, "us", run)).build()).create();
            cluster.client.resource(new PodBuilder().withMetadata(meta("pod-" + run, "us", run)).build()).create();
            cluster.client.resource(new PersistentVolumeClaimBuilder().withMetadata(meta("claim-" + run, "us", run)).build()).create();
        }
        cluster.client.resource(new PodBuilder().withMetadata(meta("pod-of-others", "them", "dead")).build()).create();
        cluster.client.resource(new PodBuilder().withNewMetadata().withName("no-pod-of-ours").withNamespace("default").endMetadata().build()).create();
    }

    @AfterEach
    void down() {
        cluster.close();
    }

    private static ObjectMeta meta(String name, String owner, String run) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace("default")
                .addToLabels(PodNames.MANAGED_BY, PodNames.MANAGER)
                .addToLabels(PodNames.OWNER, owner)
                .addToAnnotations(PodNames.RUN_ID, run)
                .build();
    }

    private PodSweep.Swept sweep(PodRetention retention, Duration keep) {
        PodOptions options = PodOptions.builder().owner("us").retention(retention).build();
        return PodSweep.sweep(cluster.client, options, LIVE::contains, keep, Instant.now());
    }

    @Test
    void whatBelongsToNoLiveRunGoes() {
        PodSweep.Swept swept = sweep(PodRetention.NEVER, Duration.ZERO);
        assertThat(swept.deleted()).containsExactly("pod/pod-dead", "persistentvolumeclaim/claim-dead", "configmap/anchor-dead");
        assertThat(swept.troubles()).isEmpty();
        assertThat(cluster.client.pods().inNamespace("default").list().getItems()).extracting(pod -> pod.getMetadata().getName())
                .containsExactlyInAnyOrder("pod-live", "pod-of-others", "no-pod-of-ours");
        assertThat(sweep(PodRetention.NEVER, Duration.ZERO).deleted()).isEmpty();
    }

    @Test
    void podsThatAreKeptStayForTheirTime() {
        assertThat(sweep(PodRetention.ON_FAILURE, Duration.ofDays(1)).deleted()).isEmpty();
        assertThat(sweep(PodRetention.ON_FAILURE, Duration.ofDays(-1)).deleted()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0, 23, true",
        "resourceTtlOnCompletion: 7200, 0, 1, true",
        "resourceTtlOnCompletion: 7200, 0, 3, false",
        "resourceTtlOnCompletion: 7200, 1, 3, false",
        "'resourceTtlOnCompletion: 7200, resourceTtlOnFailure: 14400', 1, 3, true",
        "'resourceTtlOnCompletion: 7200, resourceTtlOnFailure: 14400', 0, 3, false",
        "resourceTtlOnSuccess: 7200, 1, 23, true",
        "resourceTtlOnSuccess: 7200, 0, 3, false",
        "resourceTtlOnCompletion: 360000, 0, 99, true",
        "resourceTtlOnCompletion: 2147483647, 0, 719, true",
        "resourceTtlOnCompletion: 2147483647, 0, 721, false",
    })
    void aPipelineMaySayHowLongItsPodsAreKept(String config, int exitCode, int hoursAfterItsEnd, boolean stays) throws Exception {
        Instant end = Instant.now().plusSeconds(60);
        Pod pod = cluster.client.pods().inNamespace("default").withName("pod-dead").get();
        pod.getMetadata().getAnnotations().putAll(PodTtl.annotations(new YAMLMapper().readTree("{" + config + "}")));
        cluster.client.resource(pod).update();
        cluster.status("pod-dead", "{phase: Succeeded, containerStatuses: [{name: main, state: {terminated: {exitCode: " + exitCode
                + ", finishedAt: \"" + end.truncatedTo(ChronoUnit.SECONDS) + "\"}}}]}");
        PodOptions options = PodOptions.builder().owner("us").retention(PodRetention.ALWAYS).build();
        PodSweep.Swept swept = PodSweep.sweep(
                cluster.client, options, LIVE::contains, Duration.ofDays(1), end.plus(Duration.ofHours(hoursAfterItsEnd)));
        assertThat(swept.deleted().contains("pod/pod-dead")).isEqualTo(!stays);
    }

    @Test
    void whatCannotBeDeletedIsSaid() {
        cluster.fail("DELETE /api/v1/namespaces/default/pods/pod-dead", FakeCluster.error(500, "InternalError", "etcd"));
        PodSweep.Swept swept = sweep(PodRetention.NEVER, Duration.ZERO);
        assertThat(swept.troubles()).containsExactly("pod/pod-dead could not be deleted: the API server says 500: etcd");
        assertThat(swept.deleted()).hasSize(2);
        assertThat(sweep(PodRetention.NEVER, Duration.ZERO).deleted()).containsExactly("pod/pod-dead");
    }
}
