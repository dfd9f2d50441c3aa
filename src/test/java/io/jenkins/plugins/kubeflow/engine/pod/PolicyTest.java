package io.jenkins.plugins.kubeflow.engine.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.ir.SpecReader;
import io.jenkins.plugins.kubeflow.engine.pod.manifest.InvalidPodException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

class PolicyTest {
    private static final PodPolicy STRICT = new PodPolicy(
            List.of("ml"), List.of("runner"), List.of("example.com/*", "python:*"), false,
            Map.of("memory", new Quantity("1Gi"), "nvidia.com/gpu", new Quantity("1"), "storage", new Quantity("10Gi")), Map.of("cpu", new Quantity("100m")), true);

    @TempDir
    Path run;

    private static Pod pod(String spec) {
        Object yaml = new Yaml().load("{metadata: {namespace: ml}, spec: " + spec + "}");
        return new ObjectMapper().convertValue(yaml, Pod.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "serviceAccountName: admin | spec.serviceAccountName: service account ‘admin’ is not one of [runner]",
        "serviceAccountName: null | spec.serviceAccountName: service account ‘default’ is not one of [runner]",
        "hostNetwork: true | spec.hostNetwork: it is not allowed",
        "hostPID: true | spec.hostPID: it is not allowed",
        "hostIPC: true | spec.hostIPC: it is not allowed",
        "volumes: [{name: v, hostPath: {path: /}}] | spec.volumes: volume ‘v’ is a hostPath",
        "containers: [{name: main, image: 'docker.io/x'}] | container ‘main’: image: ‘docker.io/x’ matches none of [example.com/*, python:*]",
        "containers: [{name: main, image: 'evil.com/python:3'}] | container ‘main’: image: ‘evil.com/python:3’ matches none of",
        "initContainers: [{name: i, image: 'x'}] | container ‘i’: image: ‘x’ matches none of",
        "containers: [{name: main, image: 'python:3', securityContext: {privileged: true}}] | container ‘main’: securityContext.privileged: it is not allowed",
        "containers: [{name: main, image: 'python:3', securityContext: {capabilities: {add: [SYS_ADMIN]}}}] | securityContext.capabilities.add: [SYS_ADMIN]",
        "containers: [{name: main, image: 'python:3', securityContext: {runAsUser: 0}}] | securityContext.runAsUser: root is not allowed",
        "securityContext: {runAsUser: 0} | spec.securityContext.runAsUser: root is not allowed",
        "containers: [{name: main, image: 'python:3', ports: [{hostPort: 80}]}] | ports.hostPort: host ports are not allowed",
        "containers: [{name: main, image: 'python:3', resources: {limits: {memory: 1.5Gi}}}] | resources.limits.memory: 1.5Gi is more than the 1Gi",
        "containers: [{name: main, image: 'python:3', resources: {requests: {memory: 2G}}}] | resources.requests.memory: 2G is more than the 1Gi",
        "containers: [{name: main, image: 'python:3', securityContext: {procMount: Unmasked}}] | securityContext.procMount: Unmasked is not",
        "containers: [{name: main, image: 'python:3', securityContext: {seccompProfile: {type: Unconfined}}}] | seccompProfile: Unconfined is not",
        "initContainers: [{name: s, image: 'python:3', restartPolicy: Always, securityContext: {privileged: true}}] | container ‘s’: securityContext.privileged",
        "volumes: [{name: v, ephemeral: {volumeClaimTemplate: {spec: {resources: {requests: {storage: 11Gi}}}}}}] | spec.volumes ‘v’: resources.requests.storage",
        "containers: [{name: main, image: 'python:3', resources: {limits: {nvidia.com/gpu: 2}}}] | resources.limits.nvidia.com/gpu: 2 is more than the 1",
    })
    void violations(String field, String said) {
        Pod pod = pod(field.startsWith("serviceAccountName") ? "{" + field + "}" : "{serviceAccountName: runner, " + field + "}");
        assertThat(PolicyCheck.violations(STRICT, "loop[0]/train", pod, "helper:1"))
                .singleElement().asString().startsWith("task ‘loop[0]/train’: ").contains(said);
    }

    @Test
    void whatIsAllowed() {
        Pod pod = pod("""
                {serviceAccountName: runner, volumes: [{name: e, emptyDir: {}}], initContainers: [{name: h, image: "helper:1"}], containers: [
                {name: main, image: "example.com/team/x:1", resources: {limits: {memory: 1Gi, cpu: 64}}, securityContext: {runAsUser: 5}}]}""");
        assertThat(PolicyCheck.violations(STRICT, "t", pod, "helper:1")).isEmpty();
        pod.getMetadata().setNamespace("kube-system");
        assertThat(PolicyCheck.violations(STRICT, "t", pod, "helper:1"))
                .containsExactly("task ‘t’: metadata.namespace: namespace ‘kube-system’ is not one of [ml] (policy of the cloud)");
        assertThat(PolicyCheck.violations(PodPolicy.DEFAULT, "t", pod, "helper:1")).isEmpty();
    }

    @Test
    void theFinalManifestIsChecked() {
        PodStep step = new PodStep(run).image("docker.io/x", "sh", "-c", "true");
        PodOptions options = PodOptions.builder().namespace("ml").serviceAccount("runner").policy(STRICT).build();
        assertThatThrownBy(() -> TaskManifest.of(step.launch(), options))
                .isInstanceOf(InvalidPodException.class)
                .hasMessageContaining("task ‘loop[0]/step’: container ‘main’: image: ‘docker.io/x’ matches none of");
    }

    @Test
    void restrictedPodsAndDefaultRequests() throws Exception {
        PodStep step = new PodStep(run).image("python:3", "/tool").outputArtifact("model");
        PodOptions options = PodOptions.builder().namespace("ml").serviceAccount("runner").policy(STRICT).build();
        for (Container container : TaskManifest.of(step.launch(), options).pod().getSpec().getContainers()) {
            assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
            assertThat(container.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
            assertThat(container.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(container.getResources().getRequests()).containsKey("cpu");
            assertThat(container.getSecurityContext().getRunAsUser()).isEqualTo(container.getName().equals("main") ? null : Long.valueOf(65_534));
        }
    }

    /** Where the pod names a user, everything in it is that user's. */
    @Test
    void theHelperOfARestrictedPodIsItsUser() throws Exception {
        PodStep step = new PodStep(run).image("python:3", "/tool").outputArtifact("model");
        Pod base = new PodBuilder().withNewSpec().withNewSecurityContext().withRunAsUser(1000L).endSecurityContext().endSpec().build();
        PodOptions options = PodOptions.builder().namespace("ml").serviceAccount("runner").policy(STRICT).basePod(base).build();
        assertThat(TaskManifest.of(step.launch(), options).pod().getSpec().getContainers())
                .hasSize(2).allMatch(container -> container.getSecurityContext().getRunAsUser() == null);
    }

    @Test
    void aCeilingHoldsForAContainerWithoutALimit() throws Exception {
        PodStep step = new PodStep(run).image("python:3", "sh", "-c", "true");
        PodOptions options = PodOptions.builder().namespace("ml").serviceAccount("runner").policy(STRICT).build();
        var resources = TaskManifest.of(step.launch(), options).pod().getSpec().getContainers().get(0).getResources();
        assertThat(resources.getLimits()).containsOnly(Map.entry("memory", new Quantity("1Gi")));
        assertThat(resources.getRequests()).containsOnly(Map.entry("cpu", new Quantity("100m")), Map.entry("memory", new Quantity("0")));
    }

    @Test
    void annotationsDoNotTakeOffProtection() {
        Pod pod = pod("{serviceAccountName: runner}");
        pod.getMetadata().setAnnotations(Map.of("container.apparmor.security.beta.kubernetes.io/main", "unconfined"));
        assertThat(PolicyCheck.violations(STRICT, "t", pod, "helper:1")).singleElement().asString().contains("metadata.annotations");
    }

    @Test
    void otherImagesInPlaceOfTheComponents() throws Exception {
        PodStep step = new PodStep(run).image("python:3.11", "sh", "-c", "true");
        Map<String, String> images = new LinkedHashMap<>();
        images.put("python:3.11", "example.com/python-kfp:1");
        images.put("docker.io/*", "example.com/hub/*");
        PodOptions options = PodOptions.builder().namespace("ml").serviceAccount("runner").images(images).policy(STRICT).build();
        assertThat(TaskManifest.of(step.launch(), options).pod().getSpec().getContainers().get(0).getImage()).isEqualTo("example.com/python-kfp:1");
        assertThat(ImageReplacements.of(options, "docker.io/library/x:1")).isEqualTo("example.com/hub/library/x:1");
        assertThat(ImageReplacements.of(options, "python:3.12")).isEqualTo("python:3.12");
    }

    @Test
    void aPipelineIsCheckedBeforeItsRun() {
        PipelineSpec spec = SpecReader.read("""
                pipelineInfo: {name: p}
                schemaVersion: 2.1.0
                sdkVersion: kfp-2.17.0
                root:
                  dag:
                    tasks:
                      good: {taskInfo: {name: good}, componentRef: {name: comp-good}}
                      bad: {taskInfo: {name: bad}, componentRef: {name: comp-bad}}
                      inner: {taskInfo: {name: inner}, componentRef: {name: comp-inner}}
                components:
                  comp-good: {executorLabel: exec-good}
                  comp-bad: {executorLabel: exec-bad}
                  comp-claim: {executorLabel: exec-claim}
                  comp-inner:
                    dag:
                      tasks:
                        later: {taskInfo: {name: later}, componentRef: {name: comp-bad}}
                        claim: {taskInfo: {name: claim}, componentRef: {name: comp-claim}}
                deploymentSpec:
                  executors:
                    exec-good: {container: {image: "python:3.11"}}
                    exec-claim: {container: {image: argostub/createpvc}}
                    exec-bad: {container: {image: "docker.io/x", resources: {resourceMemoryLimit: 4Gi}}}
                ---
                platforms:
                  kubernetes:
                    deploymentSpec:
                      executors:
                        exec-good: {securityContext: {runAsUser: "0"}, secretAsVolume: [{secretNameParameter: {componentInputParameter: s}, mountPath: /s}]}
                """.getBytes(StandardCharsets.UTF_8), "pipeline.yaml").spec();
        PodOptions options = PodOptions.builder().namespace("ml").serviceAccount("runner").policy(STRICT).build();
        assertThat(RunPolicyCheck.problems(spec, options)).containsExactlyInAnyOrder(
                "task ‘good’: container ‘main’: securityContext.runAsUser: root is not allowed by the level “restricted” (policy of the cloud)",
                "task ‘bad’: container ‘main’: image: ‘docker.io/x’ matches none of [example.com/*, python:*] (policy of the cloud)",
                "task ‘bad’: container ‘main’: resources.limits.memory: 4Gi is more than the 1Gi that one container may have (policy of the cloud)",
                "task ‘later’: container ‘main’: image: ‘docker.io/x’ matches none of [example.com/*, python:*] (policy of the cloud)",
                "task ‘later’: container ‘main’: resources.limits.memory: 4Gi is more than the 1Gi that one container may have (policy of the cloud)");
        assertThat(RunPolicyCheck.problems(spec, PodOptions.builder().build())).isEmpty();
    }
}
