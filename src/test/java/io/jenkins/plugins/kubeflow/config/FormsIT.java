package io.jenkins.plugins.kubeflow.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.kubeflow.cloud.CloudFolderProperty;
import io.jenkins.plugins.kubeflow.experiment.Experiment;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What forms show is what they save; jobs, clouds, recurring runs and steps have theirs in their own tests. */
@WithJenkins
class FormsIT {
    @Test
    void theSystemPage(JenkinsRule r) throws Exception {
        KubeflowConfiguration settings = KubeflowConfiguration.get();
        settings.setLocalProcesses(true);
        settings.setParallelism(7);
        settings.setFingerprints(false);
        r.configRoundtrip();
        assertThat(settings.isLocalProcesses()).isTrue();
        assertThat(settings.getParallelism()).isEqualTo(7);
        assertThat(settings.isFingerprints()).isFalse();
        settings.setFingerprints(true);
        settings.setLocalProcesses(false);
        r.configRoundtrip();
        assertThat(settings.isFingerprints()).isTrue();
        assertThat(settings.isLocalProcesses()).isFalse();
    }

    @Test
    void anExperiment(JenkinsRule r) throws Exception {
        Experiment experiment = r.jenkins.createProject(Experiment.class, "trials");
        experiment.addProperty(new CloudFolderProperty("cluster"));
        experiment.setArchived(true);
        r.configRoundtrip(experiment);
        assertThat(experiment.getProperties().get(CloudFolderProperty.class).getCloud()).isEqualTo("cluster");
        assertThat(experiment.isArchived()).isTrue();
    }
}
