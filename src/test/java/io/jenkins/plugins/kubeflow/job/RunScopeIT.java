package io.jenkins.plugins.kubeflow.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.ParametersAction;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration;
import io.jenkins.plugins.kubeflow.experiment.Experiment;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.model.ModifiableTopLevelItemGroup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Folders are to runs what namespaces are with KFP. */
@WithJenkins
class RunScopeIT {
    private JenkinsRule r;
    private KubeflowPipeline first;
    private KubeflowPipeline beside;
    private KubeflowPipeline elsewhere;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        r = rule;
        KubeflowConfiguration.get().setLocalProcesses(true);
        Folder vision = r.jenkins.createProject(Folder.class, "vision");
        Folder speech = r.jenkins.createProject(Folder.class, "speech");
        first = job(vision, "one");
        beside = job(vision, "two");
        elsewhere = job(speech, "one");
    }

    private static KubeflowPipeline job(ModifiableTopLevelItemGroup folder, String experiment) throws Exception {
        Experiment made = ((Folder) folder).createProject(Experiment.class, experiment);
        KubeflowPipeline job = made.createProject(KubeflowPipeline.class, "containers");
        job.setDefinition(new InlineDefinition(PipelineRunIT.pipeline("containers")));
        job.save();
        return job;
    }

    private PipelineRun run(KubeflowPipeline job) throws Exception {
        return r.assertBuildStatusSuccess(job.scheduleBuild2(0, new ParametersAction(new StringParameterValue("text", "same"))));
    }

    @Test
    void resultsAreReusedWithinAFolderOnly() throws Exception {
        run(first);
        r.assertLogContains("CACHED", run(beside));
        r.assertLogNotContains("CACHED", run(elsewhere));
        assertThat(r.jenkins.getRootDir().toPath().resolve("jobs/vision/kubeflow/cache")).isNotEmptyDirectory();
        r.jenkins.getItem("vision").delete();
        assertThat(r.jenkins.getRootDir().toPath().resolve("jobs/vision")).doesNotExist();
    }

    @Test
    void artifactsAreWithinReachOfTheSameFolderOnly() throws Exception {
        PipelineRun run = run(first);
        Path artifact;
        try (var files = Files.walk(run.directory().artifacts())) {
            artifact = files.filter(Files::isRegularFile).findFirst().orElseThrow().toRealPath();
        }
        assertThat(RunScope.reaches(first, artifact)).isTrue();
        assertThat(RunScope.reaches(beside, artifact)).isTrue();
        assertThat(RunScope.reaches(elsewhere, artifact)).isFalse();
        assertThat(RunScope.reaches(beside, r.jenkins.getRootDir().toPath().resolve("secrets/master.key"))).isFalse();
        assertThat(RunScope.reaches(run(beside).directory().path(), artifact)).isTrue();
        assertThat(RunScope.reaches(run(elsewhere).directory().path(), artifact)).isFalse();
        assertThat(RunScope.reaches(RunPlan.directory(beside).path(), artifact)).as("a plan").isTrue();
        assertThat(RunScope.reaches(RunPlan.directory(elsewhere).path(), artifact)).as("a plan").isFalse();
    }
}
