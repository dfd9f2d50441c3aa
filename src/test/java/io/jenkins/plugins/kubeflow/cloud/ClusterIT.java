package io.jenkins.plugins.kubeflow.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.model.ParametersAction;
import hudson.model.Result;
import hudson.model.StringParameterValue;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.kubeflow.job.InlineDefinition;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesCloud;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A job's runs as Pods of a real cluster, the one of KUBECONFIG; skipped without it. */
class ClusterIT {
    private static final String SLOW = "name: slow\noutputs: [{name: said, type: String}]\nimplementation:\n  container:\n    image: busybox\n"
            + "    command: [sh, -c, 'hostname; sleep 20; mkdir -p $(dirname $0); hostname > $0', {outputPath: said}]\n";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private KubernetesClient client;
    private String namespace;

    @BeforeEach
    void makeNamespace() {
        assumeTrue(System.getenv("KUBECONFIG") != null, "no cluster: set KUBECONFIG to run the tests that need one");
        client = new KubernetesClientBuilder().build();
        Namespace made = client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("kubeflow-it-")
                        .endMetadata()
                        .build())
                .create();
        namespace = made.getMetadata().getName();
    }

    @AfterEach
    void deleteNamespace() {
        if (client != null) {
            client.namespaces().withName(namespace).delete();
            client.close();
        }
    }

    private void addCloud(JenkinsRule r) throws Exception {
        KubernetesCloud cloud = new KubernetesCloud("cluster");
        KubeflowCloudTrait settings = new KubeflowCloudTrait();
        settings.setNamespace(namespace);
        String model = System.getenv("KUBEFLOW_MODEL_IMAGE");
        settings.setImages("registry.access.redhat.com/ubi9/*=python:3.11"
                + (model == null ? "" : "\nregistry.domain.local/modelcar:test=" + model));
        cloud.setTraits(List.of(settings));
        r.jenkins.clouds.add(cloud);
        r.jenkins.save();
    }

    private static KubeflowPipeline job(JenkinsRule r, String name, String text) throws Exception {
        KubeflowPipeline job = r.jenkins.createProject(KubeflowPipeline.class, name);
        job.setDefinition(new InlineDefinition(text));
        job.save();
        return job;
    }

    private void assertThatNothingIsLeft() {
        client.pods().inNamespace(namespace).withLabel("kubeflow.jenkins.io/run").informOnCondition(List::isEmpty)
                .orTimeout(60, TimeUnit.SECONDS).join();
        client.configMaps().inNamespace(namespace).withLabel("kubeflow.jenkins.io/run").informOnCondition(List::isEmpty)
                .orTimeout(60, TimeUnit.SECONDS).join();
    }

    @Test
    void aCompiledPipelineRunsAsPods() throws Throwable {
        sessions.then(r -> {
            addCloud(r);
            KubeflowPipeline job = job(r, "containers", Files.readString(Path.of("src/test/pipelines/containers.yaml")));
            PipelineRun run = r.buildAndAssertSuccess(job);
            assertThat(run.getAction(RunCloud.class).getName()).isEqualTo("cluster");
            assertThat(Files.readString(run.directory().result())).contains("41 <a").contains("\"state\" : \"SUCCEEDED\"");
            assertThat(run.directory().path().resolve("tasks/produce/1/pod.yaml")).content().contains("namespace: \"" + namespace);
            assertThatNothingIsLeft();
        });
    }

    @Test
    void aPodIsFoundAgainAfterARestart() throws Throwable {
        sessions.then(r -> {
            addCloud(r);
            PipelineRun run = job(r, "slow", SLOW).scheduleBuild2(0).waitForStart();
            r.waitForMessage("RUNNING", run);
            client.pods().inNamespace(namespace).withLabel("kubeflow.jenkins.io/run")
                    .informOnCondition(pods -> pods.stream().anyMatch(pod -> "Running".equals(pod.getStatus().getPhase())))
                    .orTimeout(120, TimeUnit.SECONDS).join();
        });
        sessions.then(r -> {
            PipelineRun run = r.jenkins.getItemByFullName("slow", KubeflowPipeline.class).getBuildByNumber(1);
            assertThat(run.isBuilding()).isTrue();
            r.waitForCompletion(run);
            r.assertBuildStatus(Result.SUCCESS, run);
            r.assertLogContains("Jenkins was restarted; the run goes on", run);
            assertThat(Files.readString(run.directory().result())).containsOnlyOnce("\"number\" :");
            assertThatNothingIsLeft();
        });
    }

    @Test
    void stopTakesThePodAway() throws Throwable {
        sessions.then(r -> {
            addCloud(r);
            PipelineRun run = job(r, "slow", SLOW.replace("sleep 20", "sleep 600")).scheduleBuild2(0).waitForStart();
            r.waitForMessage("RUNNING", run);
            run.doStop();
            r.waitForCompletion(run);
            r.assertBuildStatus(Result.ABORTED, run);
            assertThatNothingIsLeft();
        });
    }

    /** KFP's own documents that need a cluster. */
    @Test
    void theDocumentsOfKubeflowRun() throws Throwable {
        Path documents = Path.of(System.getenv().getOrDefault("KFP_DOCUMENTS", "../shared/conformance/kfp"), "valid");
        assumeTrue(Files.isDirectory(documents), "KFP's documents are not beside the project");
        client.resource(new SecretBuilder().withNewMetadata().withName("test-secret-1").withNamespace(namespace).endMetadata()
                .addToStringData("username", "user1").build()).create();
        sessions.then(r -> {
            addCloud(r);
            for (String name : List.of(
                    "critical/pipeline_with_pod_metadata", "critical/missing_kubernetes_optional_inputs", "critical/pipeline_with_workspace",
                    "parallel_and_nested/nested_parallel_for_secret", "parallel_and_nested/parallel_for_mount_pvc",
                    "pipeline_with_secret_as_volume", "pipeline_with_volume")) {
                String text = Files.readString(documents.resolve(name + ".yaml"));
                r.buildAndAssertSuccess(job(r, name.replace('/', '-'), text));
            }
            client.resource(new PersistentVolumeClaimBuilder().withNewMetadata().withName("conformance").withNamespace(namespace).endMetadata()
                    .withNewSpec().withAccessModes("ReadWriteOnce")
                    .withNewResources().addToRequests("storage", new Quantity("10Mi")).endResources().endSpec().build()).create();
            r.assertBuildStatusSuccess(job(r, "pvc_mount", Files.readString(documents.resolve("pvc_mount.yaml")))
                    .scheduleBuild2(0, new ParametersAction(new StringParameterValue("pvc_name", "conformance"))));
            // as in KFP: one of its tasks looks for variables that it never asks for
            PipelineRun fails = r.buildAndAssertStatus(
                    Result.FAILURE, job(r, "complex", Files.readString(documents.resolve("create_pod_metadata_complex.yaml"))));
            assertThat(Files.readString(fails.directory().result())).contains("\"state\" : \"SUCCEEDED\"", "\"state\" : \"FAILED\"");
            if (System.getenv("KUBEFLOW_MODEL_IMAGE") != null) {
                r.buildAndAssertSuccess(job(r, "modelcar", Files.readString(documents.resolve("critical/modelcar.yaml"))));
            }
            assertThatNothingIsLeft();
        });
    }
}
