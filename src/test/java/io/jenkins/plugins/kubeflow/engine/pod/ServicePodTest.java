package io.jenkins.plugins.kubeflow.engine.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.jenkins.plugins.kubeflow.engine.store.StoreException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pods that are no step's: they go where the cloud's pods go, and the policy counts for them. */
@Timeout(120)
class ServicePodTest {
    private static final Pod BASE = new PodBuilder()
            .withNewSpec()
            .addToNodeSelector("pool", "batch")
            .addNewImagePullSecret("mirror")
            .addNewToleration().withKey("batch").withOperator("Exists").endToleration()
            .addNewVolume().withName("scratch").withNewEmptyDir().endEmptyDir().endVolume()
            .addNewContainer().withName("main").withImage("of-the-step").endContainer()
            .addNewContainer().withName("proxy").withImage("proxy").endContainer()
            .endSpec()
            .build();

    private static Pod manifest(PodOptions options, String role) {
        return ServicePod.manifest(
                "kfp-credentials-x", options, "kfp-credentials", "curl", new PodCredentials(() -> null, options, role, "http://sts").spec());
    }

    @Test
    void itGoesWhereThePodsOfTheCloudGo() {
        PodOptions options = PodOptions.builder().namespace("n").owner("me").basePod(BASE).serviceAccount("steps").build();
        Pod pod = manifest(options, null);
        assertThat(pod.getSpec().getNodeSelector()).containsEntry("pool", "batch");
        assertThat(pod.getSpec().getImagePullSecrets()).extracting("name").containsExactly("mirror");
        assertThat(pod.getSpec().getTolerations()).hasSize(1);
        assertThat(pod.getSpec().getServiceAccountName()).isEqualTo("steps");
        assertThat(pod.getSpec().getVolumes()).isEmpty();
        assertThat(pod.getSpec().getContainers()).singleElement().satisfies(container -> {
            assertThat(container.getName()).isEqualTo(TaskManifest.HELPER);
            assertThat(container.getImage()).isEqualTo("curl");
            assertThat(container.getEnv()).as("what the cluster puts in counts").isEmpty();
        });
        assertThat(pod.getMetadata().getAnnotations()).containsEntry(PodNames.RUN_ID, "kfp-credentials");
        assertThat(BASE.getSpec().getContainers()).as("the base is nobody's to change").hasSize(2);
    }

    @Test
    void aRoleIsTakenWithATokenOfItsOwn() {
        Pod pod = manifest(PodOptions.builder().build(), "arn:aws:iam::1:role/x");
        var token = pod.getSpec().getVolumes().get(0).getProjected().getSources().get(0).getServiceAccountToken();
        assertThat(token.getAudience()).isEqualTo("sts.amazonaws.com");
        var container = pod.getSpec().getContainers().get(0);
        assertThat(container.getEnv()).extracting("name", "value").contains(
                org.assertj.core.groups.Tuple.tuple("AWS_ROLE_ARN", "arn:aws:iam::1:role/x"),
                org.assertj.core.groups.Tuple.tuple(
                        "AWS_WEB_IDENTITY_TOKEN_FILE", container.getVolumeMounts().get(0).getMountPath() + "/" + token.getPath()));
        assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
    }

    @Test
    void thePolicyCountsForItToo() {
        PodPolicy policy = new PodPolicy(List.of(), List.of(), List.of(), false, Map.of("cpu", new Quantity("1")), Map.of(), true);
        var container = manifest(PodOptions.builder().policy(policy).build(), null).getSpec().getContainers().get(0);
        assertThat(container.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getResources().getLimits()).containsEntry("cpu", new Quantity("1"));
    }

    /** Many steps may want the same credentials at once: one pod is made for them, and none while the trouble is fresh. */
    @Test
    void aTroubleIsSaidAndNotRepeated() {
        try (FakeCluster cluster = new FakeCluster()) {
            cluster.fail("POST /api/v1/namespaces/default/pods", FakeCluster.error(403, "Forbidden", "exceeded quota"));
            PodCredentials credentials = new PodCredentials(() -> cluster.client, PodOptions.builder().build(), null, "http://sts");
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(credentials::keys)
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("service account ‘default’")
                        .hasMessageContaining("exceeded quota");
            }
            assertThat(cluster.count("POST /api/v1/namespaces/default/pods")).isEqualTo(1);
        }
    }
}
