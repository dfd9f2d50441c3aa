package io.jenkins.plugins.kubeflow.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.ir.SpecReader;
import io.jenkins.plugins.kubeflow.engine.pod.PodOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesCloud;
import org.csanchez.jenkins.plugins.kubernetes.PodTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a cloud's settings make of a step's pod. */
@WithJenkins
class CloudPodsIT {
    private static final String TEMPLATE = """
            apiVersion: v1
            kind: Pod
            spec:
              runtimeClassName: sandboxed
              nodeSelector: {pool: small}
              volumes: [{name: tools, hostPath: {path: /opt/tools}}]
              containers:
              - {name: jnlp, image: jenkins/inbound-agent}
              - {name: proxy, image: example.com/proxy}
            """;
    private static final String STEP = "name: step\nimplementation:\n  container:\n    image: python:3.11\n    command: [sh, -c, 'echo hello']\n";

    private final KubernetesCloud cloud = new KubernetesCloud("cluster");
    private final KubeflowCloudTrait settings = new KubeflowCloudTrait();

    @BeforeEach
    void setUp(JenkinsRule r) {
        PodTemplate template = new PodTemplate();
        template.setName("base");
        template.setYaml(TEMPLATE);
        cloud.addTemplate(template);
        cloud.setNamespace("agents");
        cloud.setTraits(List.of(settings));
        r.jenkins.clouds.add(cloud);
    }

    @Test
    void aPodTemplateIsInheritedWithoutItsAgentAndTheOwnYamlGoesOverIt() {
        settings.setInheritFrom("base");
        settings.setYaml("spec: {nodeSelector: {pool: large}, containers: [{name: main, env: [{name: HTTP_PROXY, value: proxy}]}]}");
        PodOptions options = CloudPods.options(cloud, settings);
        assertThat(options.namespace()).isEqualTo("agents");
        assertThat(options.basePod().getSpec().getRuntimeClassName()).isEqualTo("sandboxed");
        assertThat(options.basePod().getSpec().getNodeSelector()).isEqualTo(Map.of("pool", "large"));
        assertThat(options.basePod().getSpec().getContainers()).extracting(Container::getName).containsExactlyInAnyOrder("proxy", "main");
    }

    @Test
    void whatIsInheritedIsUnderThePolicyToo() {
        settings.setInheritFrom("base");
        settings.setAllowedImages("python:*");
        PipelineSpec spec = SpecReader.read(STEP.getBytes(StandardCharsets.UTF_8), "step.yaml").spec();
        assertThat(CloudRunners.violations(cloud, spec)).satisfiesExactlyInAnyOrder(
                first -> assertThat(first).contains("spec.volumes: volume ‘tools’ is a hostPath"),
                second -> assertThat(second).contains("container ‘proxy’: image: ‘example.com/proxy’ matches none of [python:*]"));
    }

    @Test
    void aPodTemplateThatIsNotThereIsNamed() {
        settings.setInheritFrom("other");
        assertThatThrownBy(() -> CloudPods.options(cloud, settings))
                .isInstanceOf(CloudException.class)
                .hasMessage("cloud ‘cluster’ has no pod template ‘other’ to inherit from");
    }

    @Test
    void otherImagesAndPythonEnvironments() {
        settings.setImages("python:3.11 = example.com/python-kfp:3.11\n\ndocker.io/*=mirror.example.com/*");
        settings.setPythonEnvironments("prepared");
        settings.setPipCache("cache");
        PodOptions options = CloudPods.options(cloud, settings);
        assertThat(options.images()).containsExactly(
                Map.entry("python:3.11", "example.com/python-kfp:3.11"), Map.entry("docker.io/*", "mirror.example.com/*"));
        assertThat(options.pythonEnvironments()).isEqualTo("prepared");
        assertThat(options.pipCache()).isEqualTo("cache");
        settings.setImages("python:3.11");
        assertThatThrownBy(() -> CloudPods.options(cloud, settings)).hasMessageContaining("‘python:3.11’ is not of the form image=image");
    }
}
