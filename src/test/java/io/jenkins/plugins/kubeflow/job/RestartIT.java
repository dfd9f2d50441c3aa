package io.jenkins.plugins.kubeflow.job;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.ParametersAction;
import hudson.model.Result;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A run goes on where it was when Jenkins comes back, and nothing that has finished runs again. */
class RestartIT {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    /** A run of many short steps under way. */
    private static PipelineRun sleepy(JenkinsRule r, Path trace, String seconds) throws Exception {
        KubeflowConfiguration.get().setLocalProcesses(true);
        KubeflowPipeline job = r.jenkins.createProject(KubeflowPipeline.class, "sleepy");
        job.setDefinition(new InlineDefinition(PipelineRunIT.pipeline("sleepy")));
        job.save();
        return job.scheduleBuild2(0, new ParametersAction(Arrays.asList(
                        new StringParameterValue("trace", trace.toString()), new StringParameterValue("seconds", seconds))))
                .waitForStart();
    }

    @Test
    void aRunGoesOnAfterARestart() throws Throwable {
        Path trace = Files.createTempFile("trace", "");
        sessions.then(r -> {
            PipelineRun run = sleepy(r, trace, "1");
            r.waitForMessage("for-loop-2[0]/step", run);
            assertThat(run.isBuilding()).isTrue();
        });
        sessions.then(r -> {
            PipelineRun run = r.jenkins.getItemByFullName("sleepy", KubeflowPipeline.class).getBuildByNumber(1);
            assertThat(run.isBuilding()).isTrue();
            r.waitForCompletion(run);
            r.assertBuildStatus(Result.SUCCESS, run);
            r.assertLogContains("Jenkins was restarted; the run goes on", run);
            assertThat(run.getRunId()).isEqualTo(run.record().runId());
            List<String> steps = Files.readAllLines(trace);
            assertThat(steps).hasSize(14).filteredOn("first"::equals).hasSize(1);
        });
        sessions.then(r -> {
            PipelineRun run = r.jenkins.getItemByFullName("sleepy", KubeflowPipeline.class).getBuildByNumber(1);
            assertThat(run.isBuilding()).isFalse();
            assertThat(run.getResult()).isEqualTo(Result.SUCCESS);
        });
    }

    /** Nothing to run tasks with after the restart: the run says so, waits, and can be stopped; a retry keeps what it had. */
    @Test
    void aRunThatCannotGoOnCanBeStopped() throws Throwable {
        Path trace = Files.createTempFile("trace", "");
        sessions.then(r -> {
            PipelineRun run = sleepy(r, trace, "1");
            r.waitForMessage("for-loop-2[0]/step", run);
            KubeflowConfiguration.get().setLocalProcesses(false);
        });
        sessions.then(r -> {
            PipelineRun run = r.jenkins.getItemByFullName("sleepy", KubeflowPipeline.class).getBuildByNumber(1);
            r.waitForMessage("the run cannot go on: tasks can run nowhere", run);
            assertThat(run.isBuilding()).isTrue();
            run.cancel();
            r.waitForCompletion(run);
            r.assertBuildStatus(Result.ABORTED, run);
            run.cancel();
            r.assertBuildStatus(Result.ABORTED, run);
            KubeflowConfiguration.get().setLocalProcesses(true);
            run.retry(null, java.util.Map.of());
            r.waitForCompletion(run);
            r.assertBuildStatus(Result.SUCCESS, run);
            assertThat(Files.readAllLines(trace)).filteredOn("first"::equals).as("what had finished is kept").hasSize(1);
        });
    }

    /** No executor stands for a run that was resumed, so that Jenkins would not interrupt it by itself. */
    @Test
    void aJobThatIsDeletedEndsItsResumedRunsFirst() throws Throwable {
        Path trace = Files.createTempFile("trace", "");
        sessions.then(r -> {
            PipelineRun run = sleepy(r, trace, "60");
            r.waitForMessage("step: RUNNING", run);
        });
        sessions.then(r -> {
            KubeflowPipeline job = r.jenkins.getItemByFullName("sleepy", KubeflowPipeline.class);
            PipelineRun run = job.getBuildByNumber(1);
            assertThat(run.isBuilding()).isTrue();
            job.delete();
            assertThat(run.getResult()).isEqualTo(Result.ABORTED);
            r.waitUntilNoActivity();
            assertThat(job.getRootDir()).doesNotExist();
            assertThat(ActiveRuns.runIds()).isEmpty();
            assertThat(Files.readString(trace)).isEmpty();
        });
    }
}
