package io.jenkins.plugins.kubeflow.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration;
import io.jenkins.plugins.kubeflow.engine.pod.PodRetention;
import io.jenkins.plugins.kubeflow.job.InlineDefinition;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import java.util.List;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesCloud;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesFolderProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Which cloud a run takes, and what is said when it cannot have it. No cluster is asked. */
@WithJenkins
class PipelineCloudsIT {
    private static final String STEP =
            "name: step\nimplementation:\n  container:\n    image: busybox\n    command: [sh, -c, 'echo hello']\n";

    private JenkinsRule r;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        r = rule;
    }

    private KubernetesCloud cloud(String name, boolean pipelines) throws Exception {
        KubernetesCloud cloud = new KubernetesCloud(name);
        cloud.setServerUrl("https://127.0.0.1:1");
        if (pipelines) {
            cloud.setTraits(List.of(new KubeflowCloudTrait()));
        }
        r.jenkins.clouds.add(cloud);
        return cloud;
    }

    private KubeflowPipeline job(String name) throws Exception {
        KubeflowPipeline job = r.jenkins.createProject(KubeflowPipeline.class, name);
        job.setDefinition(new InlineDefinition(STEP));
        return job;
    }

    @Test
    void theFirstCloudThatRunsPipelinesIsTaken() throws Exception {
        cloud("agents", false);
        cloud("first", true);
        cloud("second", true);
        assertThat(PipelineClouds.names()).containsExactly("first", "second");
        assertThat(PipelineClouds.first(job("any")).name).isEqualTo("first");
    }

    @Test
    void aRestrictedCloudIsForPermittedFoldersOnly() throws Exception {
        KubernetesCloud restricted = cloud("restricted", true);
        restricted.setUsageRestricted(true);
        KubeflowPipeline outside = job("outside");
        Folder folder = r.jenkins.createProject(Folder.class, "team");
        KubeflowPipeline inside = folder.createProject(KubeflowPipeline.class, "inside");
        assertThat(PipelineClouds.first(outside)).isNull();
        assertThat(PipelineClouds.first(inside)).isNull();
        KubernetesFolderProperty permitted = new KubernetesFolderProperty();
        permitted.setPermittedClouds(List.of("restricted"));
        folder.addProperty(permitted);
        assertThat(PipelineClouds.first(inside)).isSameAs(restricted);
        assertThatThrownBy(() -> PipelineClouds.named("restricted", outside))
                .isInstanceOf(CloudException.class)
                .hasMessage("cloud ‘restricted’ is restricted: a folder above ‘outside’ has to permit it");
    }

    @Test
    void aCloudThatIsGoneFailsTheRunWithASentence() throws Exception {
        cloud("other", true);
        KubeflowPipeline job = job("chosen");
        job.addProperty(new CloudJobProperty("gone"));
        PipelineRun run = r.buildAndAssertStatus(Result.FAILURE, job);
        r.assertLogContains("there is no Kubernetes cloud ‘gone’ (any more)", run);
        r.assertLogContains("(there are: ‘other’)", run);
        r.assertLogNotContains("Exception", run);
    }

    @Test
    void aCloudForAgentsOnlySaysWhatIsMissing() throws Exception {
        cloud("agents", false);
        KubeflowPipeline job = job("chosen");
        job.addProperty(new CloudJobProperty("agents"));
        r.assertLogContains("cloud ‘agents’ does not run pipelines", r.buildAndAssertStatus(Result.FAILURE, job));
    }

    @Test
    void theChoiceOfARunComesBeforeTheJobsAndTheFolders() throws Exception {
        KubeflowConfiguration.get().setLocalProcesses(true);
        Folder folder = r.jenkins.createProject(Folder.class, "team");
        folder.addProperty(new CloudFolderProperty("gone"));
        KubeflowPipeline job = folder.createProject(KubeflowPipeline.class, "job");
        job.setDefinition(new InlineDefinition(STEP));
        r.assertLogContains("there is no Kubernetes cloud ‘gone’", r.buildAndAssertStatus(Result.FAILURE, job));
        PipelineRun run = job.scheduleBuild2(0, new RunCloud(RunCloud.LOCAL)).get();
        r.assertBuildStatusSuccess(run);
        job.addProperty(new CloudJobProperty(RunCloud.LOCAL));
        PipelineRun second = r.buildAndAssertSuccess(job);
        assertThat(second.getAction(RunCloud.class).getName()).isEqualTo(RunCloud.LOCAL);
    }

    @Test
    void theFormsKeepWhatWasSet() throws Exception {
        KubernetesCloud cloud = cloud("full", true);
        KubeflowCloudTrait settings = cloud.getTrait(KubeflowCloudTrait.class).orElseThrow();
        settings.setNamespace("pipelines");
        settings.setRetention(PodRetention.ON_FAILURE);
        settings.setParallelism(7);
        settings.setCeilings("memory=8Gi");
        settings.setRestricted(true);
        KubernetesCloud after = (KubernetesCloud) r.configRoundtrip(cloud);
        r.assertEqualDataBoundBeans(settings, after.getTrait(KubeflowCloudTrait.class).orElseThrow());
        KubeflowPipeline job = job("job");
        job.addProperty(new CloudJobProperty("full"));
        r.configRoundtrip(job);
        assertThat(job.getProperty(CloudJobProperty.class).getCloud()).isEqualTo("full");
    }

    @Test
    void limitsAreReadLineByLine() {
        assertThat(CloudPolicy.quantities("memory = 8Gi\n\ncpu=500m").keySet()).containsExactly("memory", "cpu");
        assertThatThrownBy(() -> CloudPolicy.quantities("lots")).hasMessageContaining("‘lots’ is not of the form resource=quantity");
        assertThatThrownBy(() -> CloudPolicy.quantities("cpu=lots")).hasMessageContaining("‘lots’ is not a quantity");
    }
}
