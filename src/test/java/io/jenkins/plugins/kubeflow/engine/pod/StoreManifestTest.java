package io.jenkins.plugins.kubeflow.engine.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.kubeflow.engine.pod.manifest.InvalidPodException;
import io.jenkins.plugins.kubeflow.engine.store.S3Settings;
import io.jenkins.plugins.kubeflow.engine.store.S3Store;
import io.jenkins.plugins.kubeflow.engine.store.StoreException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pods of steps whose artifacts are in stores. */
class StoreManifestTest {
    @TempDir
    Path run;

    private PodStep step() {
        return new PodStep(run).image("busybox", "sh", "-c", "true");
    }

    private static PodOptions options() throws StoreException {
        return PodOptions.builder().objects(new S3Store(S3Settings.of("http://s", null, true, "key", "hidden", null, List.of()))).build();
    }

    private static Step of(PodStep step, PodOptions options) throws Exception {
        return TaskManifest.of(step.launch(), options);
    }

    private static List<String> mounts(Container container) {
        return container.getVolumeMounts().stream()
                .map(m -> m.getMountPath() + "=" + m.getName() + ":" + m.getSubPath() + (Boolean.TRUE.equals(m.getReadOnly()) ? ":ro" : ""))
                .toList();
    }

    private static Container main(Pod pod) {
        return pod.getSpec().getContainers().get(0);
    }

    @Test
    void anObjectStoreIsTheHelpersMatter() throws Exception {
        Step step = of(step().root("s3://bucket/runs").outputArtifact("model"), options());
        String root = "s3://bucket/runs/" + step.paths().objectRoot().substring("s3://bucket/runs/".length());
        assertThat(step.objects().outputRoot()).isEqualTo(root);
        assertThat(step.outputs().artifacts().get("model").get(0).uri()).isEqualTo(root + "/model");
        assertThat(mounts(main(step.pod()))).containsExactly("/kfp=kfp:null", "/s3=kfp:s3");
        assertThat(main(step.pod()).getCommand().get(2)).contains("'/s3/" + root.substring(5) + "'");
        assertThat(step.pod().getSpec().getContainers()).extracting(Container::getName).containsExactly("main", "kfp-helper");
        assertThat(step.pod().getSpec().getContainers().get(1).getImage()).contains("curl");
        assertThat(step.plan().helper()).isTrue();
        assertThat(step.plan().reason()).contains("object store");
        assertThat(step.pod().toString()).doesNotContain("hidden", "X-Amz");
    }

    @Test
    void inputsFromAStoreAreWaitedFor() throws Exception {
        Step wrapped = of(step().imported("data", "minio://bucket/data"), options());
        assertThat(wrapped.plan().inputs()).isEqualTo(PodPlan.Inputs.HELPER);
        assertThat(wrapped.objects().inputs()).containsExactly(new StepObjects.Input("data", "minio://bucket/data", true));
        assertThat(mounts(main(wrapped.pod()))).contains("/minio=kfp:minio");
        Step bare = of(new PodStep(run).image("example.com/noshell:1").imported("data", "s3://bucket/data"), options());
        assertThat(bare.plan().inputs()).isEqualTo(PodPlan.Inputs.INIT);
        assertThat(bare.pod().getSpec().getInitContainers().get(0).getImage()).contains("curl");
        assertThat(bare.pod().getSpec().getInitContainers().get(0).getCommand()).last().asString().contains(".ready");
    }

    @Test
    void aNamedHelperImageIsTakenAsItIs() throws Exception {
        PodOptions named = options().toBuilder().helperImage("registry.example.com/helper:1").build();
        assertThat(of(step().imported("d", "s3://bucket/d"), named).pod().getSpec().getContainers().get(1).getImage())
                .isEqualTo("registry.example.com/helper:1");
    }

    @Test
    void withoutCredentialsNothingIsMade() {
        PodOptions none = PodOptions.builder().build();
        assertThatThrownBy(() -> of(step().root("s3://bucket/runs").outputArtifact("m"), none))
                .isInstanceOf(InvalidPodException.class)
                .hasMessageContaining("pipeline root ‘s3://bucket/runs’")
                .hasMessageContaining("no credentials");
        assertThatThrownBy(() -> of(step().imported("d", "s3://bucket/d"), none)).hasMessageContaining("its input ‘d’");
        assertThatThrownBy(() -> of(step().imported("d", "s3://bucket/../d"), options())).hasMessageContaining("‘..’");
    }

    @Test
    void aRootWithSpacesAndQuotesReachesTheShellWhole() throws Exception {
        Step step = of(step().root("s3://bucket/it's mine").outputArtifact("m"), options());
        assertThat(main(step.pod()).getCommand().get(2)).contains("'/s3/bucket/it'\\''s mine/");
    }

    @Test
    void aClaimIsMountedWhereItsArtifactsAre() throws Exception {
        Step step = of(step().root("pvc://claim/runs").outputArtifact("m").imported("d", "pvc://other/data/set.csv"), PodOptions.builder().build());
        String own = step.paths().artifactRoot();
        assertThat(own).startsWith("/kfp-claims/claim/runs/");
        assertThat(mounts(main(step.pod()))).containsExactly(
                "/kfp=kfp:null",
                "/kfp-claims/claim/runs=kfp-claim-" + PodNames.digest("claim") + ":runs",
                own + "=kfp-claim-" + PodNames.digest("claim") + ":" + own.substring("/kfp-claims/claim/".length()),
                "/kfp-claims/other/data/set.csv=kfp-claim-" + PodNames.digest("other") + ":data/set.csv:ro");
        assertThat(step.plan().reason()).contains("its artifacts lie on claim ‘claim’");
        assertThat(step.pod().getSpec().getVolumes()).hasSize(3);
        assertThat(step.paths().outside(own + "/m")).isEqualTo("pvc://claim/runs/" + own.substring("/kfp-claims/claim/runs/".length()) + "/m");
    }

    @Test
    void whoWritesNothingToAClaimMayNotWriteToIt() throws Exception {
        Step step = of(step().root("pvc://claim/runs").imported("d", "pvc://claim/runs/a/b"), PodOptions.builder().build());
        assertThat(mounts(main(step.pod()))).containsExactly(
                "/kfp=kfp:null", "/kfp-claims/claim/runs=kfp-claim-" + PodNames.digest("claim") + ":runs:ro");
        assertThat(main(step.pod()).getCommand().get(2)).doesNotContain("/kfp-claims/claim/runs/step");
    }

    @Test
    void aModelsImageRunsBesideTheStep() throws Exception {
        Step step = of(step().imported("model", "oci://example.com/team/model:1"), PodOptions.builder().build());
        Container car = step.pod().getSpec().getContainers().get(1);
        assertThat(car.getName()).isEqualTo("kfp-model-0");
        assertThat(car.getImage()).isEqualTo("example.com/team/model:1");
        assertThat(car.getCommand()).last().isEqualTo("/oci/example.com_team_model:1/models");
        assertThat(step.pod().getSpec().getShareProcessNamespace()).isTrue();
        assertThat(main(step.pod()).getCommand().get(2)).contains("until [ -L '/oci/example.com_team_model:1/models' ]");
        Step bare = of(new PodStep(run).image("example.com/noshell:1").imported("model", "oci://m:1"), PodOptions.builder().build());
        assertThat(bare.pod().getSpec().getInitContainers().get(0).getRestartPolicy()).isEqualTo("Always");
        assertThat(bare.pod().getSpec().getInitContainers().get(0).getStartupProbe()).isNotNull();
    }

    @Test
    void aModelsImageMustBeAllowed() {
        PodOptions strict = PodOptions.builder().policy(new PodPolicy(
                List.of(), List.of(), List.of("busybox"), false, java.util.Map.of(), java.util.Map.of(), false)).build();
        assertThatThrownBy(() -> of(step().imported("model", "oci://evil.example.org/m:1"), strict)).hasMessageContaining("evil.example.org/m:1");
    }
}
