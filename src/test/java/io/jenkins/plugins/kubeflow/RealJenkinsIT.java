package io.jenkins.plugins.kubeflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration;
import io.jenkins.plugins.kubeflow.engine.artifact.ArtifactView;
import io.jenkins.plugins.kubeflow.engine.report.Assets;
import io.jenkins.plugins.kubeflow.job.InlineDefinition;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * In a Jenkins of its own process with the class loaders that a Jenkins has: what is bundled is found, and what other plugins bring is
 * theirs. A JenkinsRule has one flat class path and hides all of that.
 */
class RealJenkinsIT {
    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension();

    @Test
    void classesComeFromWhereTheyShould() throws Throwable {
        String pipeline = Files.readString(Path.of("src/test/pipelines/control_flow.yaml"));
        jenkins.then(r -> {
            run(r, pipeline);
        });
    }

    private static void run(JenkinsRule r, String pipeline) throws Throwable {
        KubeflowConfiguration.get().setLocalProcesses(true);
        // conditions, YAML and JSON by way of a run
        KubeflowPipeline job = r.jenkins.createProject(KubeflowPipeline.class, "hello");
        job.setDefinition(new InlineDefinition("name: hello\nimplementation:\n  container: {image: busybox, command: [echo, hello]}\n"));
        PipelineRun run = r.buildAndAssertSuccess(job);
        assertThat(run.getRunId()).isNotEmpty();
        KubeflowPipeline conditions = r.jenkins.createProject(KubeflowPipeline.class, "conditions");
        conditions.setDefinition(new InlineDefinition(pipeline));
        assertThat(conditions.currentSpec()).isNotNull();
        // the Kubernetes client is the one of its plugin, and so is what our runner works with
        ClassLoader own = KubeflowPipeline.class.getClassLoader();
        try (var client = new KubernetesClientBuilder().build()) {
            assertThat(client.getClass().getClassLoader()).isNotSameAs(own).isSameAs(plugin(r, "kubernetes-client-api"));
        }
        assertThat(Class.forName("com.fasterxml.jackson.databind.ObjectMapper", true, own).getClassLoader()).isSameAs(plugin(r, "jackson2-api"));
        assertThat(Class.forName("org.yaml.snakeyaml.Yaml", true, own).getClassLoader()).isSameAs(plugin(r, "snakeyaml-api"));
        // ours
        assertThat(Class.forName("org.commonmark.parser.Parser", true, own).getClassLoader()).isSameAs(own);
        assertThat(Class.forName("org.apache.commons.compress.archivers.tar.TarArchiveInputStream", true, own).getClassLoader()).isSameAs(own);
        assertThat(ArtifactView.class.getClassLoader()).isSameAs(own);
        assertThat(Assets.text("report.js")).isNotEmpty();
    }

    private static ClassLoader plugin(JenkinsRule r, String name) {
        return r.jenkins.getPluginManager().getPlugin(name).classLoader;
    }
}
