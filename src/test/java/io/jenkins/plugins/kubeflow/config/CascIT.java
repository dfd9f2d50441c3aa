package io.jenkins.plugins.kubeflow.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.tasks.LogRotator;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.yaml.YamlSource;
import io.jenkins.plugins.kubeflow.cloud.CloudFolderProperty;
import io.jenkins.plugins.kubeflow.cloud.CloudJobProperty;
import io.jenkins.plugins.kubeflow.cloud.KubeflowCloudTrait;
import io.jenkins.plugins.kubeflow.cloud.PipelineClouds;
import io.jenkins.plugins.kubeflow.cloud.PipelineRootFolderProperty;
import io.jenkins.plugins.kubeflow.engine.pod.PodRetention;
import io.jenkins.plugins.kubeflow.experiment.Experiment;
import io.jenkins.plugins.kubeflow.job.InlineDefinition;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.ScmDefinition;
import io.jenkins.plugins.kubeflow.limit.RunLimitFolderProperty;
import io.jenkins.plugins.kubeflow.limit.RunLimitJobProperty;
import io.jenkins.plugins.kubeflow.recurring.RecurringRuns;
import io.jenkins.plugins.kubeflow.registry.RegisteredDefinition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesCloud;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The snippets of the documents are configurations that Jenkins takes, and what it exports it takes again. */
@WithJenkins
class CascIT {
    private static List<String> snippets(String document) throws Exception {
        return Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of(document)))
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    private static void configure(String yaml) throws Exception {
        ConfigurationAsCode.get().configureWith(YamlSource.of(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))));
    }

    private static KubeflowCloudTrait settings(JenkinsRule r) {
        return ((KubernetesCloud) r.jenkins.getCloud("cluster")).getTrait(KubeflowCloudTrait.class).orElseThrow();
    }

    @Test
    void theReadmesSnippetOpensACloud(JenkinsRule r) throws Exception {
        configure(snippets("README.md").get(0));
        assertThat(PipelineClouds.names()).containsExactly("cluster");
        assertThat(settings(r).getNamespace()).isEqualTo("pipelines");
    }

    @Test
    void whatIsExportedCanBeImported(JenkinsRule r) throws Exception {
        configure(snippets("docs/jcasc.md").get(0));
        KubeflowCloudTrait before = settings(r);
        assertThat(before.getRetention()).isEqualTo(PodRetention.ON_FAILURE);
        assertThat(before.getAllowedImages()).isEqualTo("registry.example.com/*\npython:3.*");
        assertThat(before.getPipelineRoot()).isEqualTo("s3://pipelines/artifacts");
        assertThat(before.getStoreUris()).isEqualTo("s3://datasets/public\ns3://team/experiments");
        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(exported);
        String text = exported.toString(StandardCharsets.UTF_8);
        assertThat(text).contains("kubeflowPipelines:", "retention: ON_FAILURE", "restricted: true");

        KubeflowConfiguration.get().setParallelism(0);
        r.jenkins.clouds.clear();
        configure(text.substring(text.indexOf("jenkins:"), end(text)));
        r.assertEqualDataBoundBeans(before, settings(r));
        configure("unclassified:\n  kubeflowPipelines:\n    localProcesses: true\n    parallelism: 4\n");
        assertThat(KubeflowConfiguration.get().getParallelism()).isEqualTo(4);
        assertThat(KubeflowConfiguration.get().isLocalProcesses()).isTrue();
    }

    /** The part on Jenkins itself; other parts are those of other plugins. */
    private static int end(String text) {
        var next = Pattern.compile("(?m)^[a-z]").matcher(text);
        return next.find(text.indexOf("jenkins:") + 1) ? next.start() : text.length();
    }

    @Test
    void experimentsAndTheirJobsAreMadeAndBroughtInLine(JenkinsRule r) throws Exception {
        String code = snippets("docs/jcasc.md").get(1);
        configure(code);
        r.jenkins.getItemByFullName("iris/train", KubeflowPipeline.class).setDescription("somebody's own words");
        configure(code);
        Experiment iris = (Experiment) r.jenkins.getItem("iris");
        assertThat(iris.getDescription()).isEqualTo("Classifiers of iris flowers");
        assertThat(iris.getProperties().get(CloudFolderProperty.class).getCloud()).isEqualTo("cluster");
        assertThat(iris.getProperties().get(PipelineRootFolderProperty.class).getRoot()).isEqualTo("s3://team/experiments/iris");
        assertThat(iris.getProperties().get(RunLimitFolderProperty.class).getRuns()).isEqualTo(10);
        KubeflowPipeline job = (KubeflowPipeline) iris.getItem("train");
        assertThat(job.getProperty(RunLimitJobProperty.class).getRuns()).isEqualTo(2);
        assertThat(((InlineDefinition) job.getDefinition()).getText()).contains("name: hello");
        assertThat(job.getDescription()).isNullOrEmpty();
        assertThat(RecurringRuns.of(job)).singleElement().satisfies(run -> assertThat(run.getTimeZone()).isEqualTo("Europe/Berlin"));
        assertThat(((LogRotator) job.getBuildDiscarder()).getNumToKeep()).isEqualTo(100);
        KubeflowPipeline scm = (KubeflowPipeline) iris.getItem("from-a-repository");
        assertThat(((ScmDefinition) scm.getDefinition()).getScm().getKey()).contains("https://git.example.com/team/models.git");
        assertThat(scm.getSCMTrigger().getSpec()).isEqualTo("H/15 * * * *");
        KubeflowPipeline registered = (KubeflowPipeline) iris.getItem("from-the-registry");
        assertThat(((RegisteredDefinition) registered.getDefinition()).getVersion()).isEqualTo("2026.1");
        assertThat(registered.getProperty(CloudJobProperty.class).getCloud()).isEqualTo("other-cluster");
    }

    @Test
    void exportedExperimentsCanBeImported(JenkinsRule r) throws Exception {
        configure(snippets("docs/jcasc.md").get(1));
        String id = RecurringRuns.of(r.jenkins.getItemByFullName("iris/train", KubeflowPipeline.class)).get(0).getId();
        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(exported);
        String text = exported.toString(StandardCharsets.UTF_8);
        int begin = text.indexOf("  kubeflowPipelines:\n    experiments:");
        assertThat(begin).as(text).isPositive();
        var next = Pattern.compile("(?m)^(  )?[a-zA-Z]").matcher(text);
        String own = "unclassified:\n" + text.substring(begin, next.find(begin + 3) ? next.start() : text.length());
        r.jenkins.getItem("iris").delete();
        configure(own);
        KubeflowPipeline job = r.jenkins.getItemByFullName("iris/train", KubeflowPipeline.class);
        assertThat(RecurringRuns.of(job).get(0).getId()).isEqualTo(id);
        assertThat(r.jenkins.getItemByFullName("iris/from-a-repository", KubeflowPipeline.class).getSCMTrigger().getSpec()).isEqualTo("H/15 * * * *");
        assertThat(job.getDefinition()).isInstanceOf(InlineDefinition.class);
        assertThat(job.getProperty(RunLimitJobProperty.class).getRuns()).isEqualTo(2);
        Experiment iris = (Experiment) r.jenkins.getItem("iris");
        assertThat(iris.getProperties().get(PipelineRootFolderProperty.class).getRoot()).isEqualTo("s3://team/experiments/iris");
        assertThat(iris.getProperties().get(RunLimitFolderProperty.class).getRuns()).isEqualTo(10);
    }

    @Test
    void aRecurringRunThatCannotWorkIsRefusedAndChangesNothing(JenkinsRule r) throws Exception {
        String code = snippets("docs/jcasc.md").get(1);
        configure(code);
        String wrong = code.replace("                timeZone: Europe/Berlin\n", "                maxConcurrency: 99\n");
        assertThat(wrong).isNotEqualTo(code);
        assertThatThrownBy(() -> configure(wrong))
                .hasStackTraceContaining("recurring run ‘nightly’ of ‘train’: ‘Runs at once’ is a number from 1 to 10");
        KubeflowPipeline job = r.jenkins.getItemByFullName("iris/train", KubeflowPipeline.class);
        assertThat(RecurringRuns.of(job)).singleElement().satisfies(run -> assertThat(run.getTimeZone()).isEqualTo("Europe/Berlin"));
    }

    @Test
    void otherDocumentsSnippetsMakeTheirJobs(JenkinsRule r) throws Exception {
        configure(snippets("docs/definitions.md").get(0));
        ScmDefinition scm = (ScmDefinition) r.jenkins.getItemByFullName("models/train", KubeflowPipeline.class).getDefinition();
        assertThat(scm.getPath()).isEqualTo("pipelines/train.yaml");
        configure(snippets("docs/pipelines-registry.md").get(0));
        RegisteredDefinition registered = (RegisteredDefinition) r.jenkins.getItemByFullName("flowers/iris", KubeflowPipeline.class).getDefinition();
        assertThat(registered.getPipeline()).isEqualTo("Iris training");
    }
}
