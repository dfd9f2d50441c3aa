package io.jenkins.plugins.kubeflow.engine.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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

    @Test
    void whatCannotBeDeletedIsSaid() {
        cluster.fail("DELETE /api/v1/namespaces/default/pods/pod-dead", FakeCluster.error(500, "InternalError", "etcd"));
        PodSweep.Swept swept = sweep(PodRetention.NEVER, Duration.ZERO);
        assertThat(swept.troubles()).containsExactly("pod/pod-dead could not be deleted: the API server says 500: etcd");
        assertThat(swept.deleted()).hasSize(2);
        assertThat(sweep(PodRetention.NEVER, Duration.ZERO).deleted()).containsExactly("pod/pod-dead");
    }
}
