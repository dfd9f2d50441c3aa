package io.jenkins.plugins.kubeflow.job;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Items;
import hudson.model.ParametersAction;
import hudson.model.Result;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration;
import io.jenkins.plugins.kubeflow.experiment.Experiment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Artifacts of a run are found, reused and shown when its job has another name or place, and never those of another run. */
class MovedJobsIT {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private static String text(String job, JenkinsRule r) {
        try (JenkinsRule.WebClient web = r.createWebClient().withJavaScriptEnabled(false)) {
            return web.goTo("job/" + job + "/1/graph/artifact?path=produce&name=data&index=0", null).getWebResponse().getContentAsString();
        } catch (Exception e) {
            return e.toString();
        }
    }

    private static KubeflowPipeline job(JenkinsRule r, String name) throws IOException {
        try {
            KubeflowPipeline job = r.jenkins.createProject(KubeflowPipeline.class, name);
            job.setDefinition(new InlineDefinition(PipelineRunIT.pipeline("containers")));
            job.save();
            return job;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private static PipelineRun run(KubeflowPipeline job, String text) throws Exception {
        return job.scheduleBuild2(0, new ParametersAction(new StringParameterValue("text", text))).get();
    }

    @Test
    void renamedMovedAndMadeAgain() throws Throwable {
        sessions.then(r -> {
            KubeflowConfiguration.get().setLocalProcesses(true);
            KubeflowPipeline job = job(r, "before");
            r.assertBuildStatusSuccess(run(job, "one"));
            assertThat(text("before", r)).contains("one");
            job.renameTo("after");
            assertThat(text("after", r)).contains("one");
            KubeflowPipeline again = job(r, "before");
            r.assertBuildStatusSuccess(run(again, "two"));
            assertThat(text("before", r)).contains("two");
            assertThat(text("after", r)).as("not what the new job of the old name has made").contains("one");
            PipelineRun cached = run(job, "one");
            r.assertLogContains("CACHED", r.assertBuildStatusSuccess(cached));
            assertThat(Files.readString(cached.directory().journal())).contains("/jobs/after/").doesNotContain("/jobs/before/builds/1/kubeflow/artifacts");
        });
        sessions.then(r -> {
            assertThat(text("after", r)).contains("one");
            Experiment experiment = r.jenkins.createProject(Experiment.class, "trials");
            Items.move(r.jenkins.getItemByFullName("after", KubeflowPipeline.class), experiment);
            assertThat(text("trials/job/after", r)).contains("one");
            experiment.renameTo("sight");
            assertThat(text("sight/job/after", r)).contains("one");
        });
    }

    /** Local processes that run in that moment are repeated; what has ended is not. */
    @Test
    void aRunUnderWayGoesOnInItsNewPlaceAlsoAfterARestart() throws Throwable {
        Path trace = Files.createTempFile("trace", "");
        sessions.then(r -> {
            KubeflowConfiguration.get().setLocalProcesses(true);
            Experiment experiment = r.jenkins.createProject(Experiment.class, "vision");
            KubeflowPipeline job = experiment.createProject(KubeflowPipeline.class, "sleepy");
            job.setDefinition(new InlineDefinition(PipelineRunIT.pipeline("sleepy")));
            PipelineRun run = job.scheduleBuild2(0, new ParametersAction(
                            new StringParameterValue("trace", trace.toString()), new StringParameterValue("seconds", "2")))
                    .waitForStart();
            r.waitForMessage("for-loop-2[0]/step", run);
            experiment.renameTo("sight");
            r.waitForMessage("the job is now ‘sight/sleepy’; the run goes on", run);
            assertThat(ActiveRuns.runIds()).containsExactly(run.getRunId());
            assertThat(ActiveRuns.current()).extracting(active -> active.getParent().getFullName()).containsExactly("sight/sleepy");
        });
        sessions.then(r -> {
            PipelineRun run = r.jenkins.getItemByFullName("sight/sleepy", KubeflowPipeline.class).getBuildByNumber(1);
            r.assertBuildStatusSuccess(r.waitForCompletion(run));
            assertThat(Files.readAllLines(trace)).filteredOn("first"::equals).hasSize(1);
            assertThat(ActiveRuns.runIds()).isEmpty();
            assertThat(r.jenkins.getRootDir().toPath().resolve("jobs/vision/jobs/sleepy/builds/1/kubeflow/journal.jsonl")).doesNotExist();
        });
    }

    @Test
    void aRetryGoesOnWhereTheRunIsNow() throws Throwable {
        sessions.then(r -> {
            KubeflowConfiguration.get().setLocalProcesses(true);
            KubeflowPipeline job = r.jenkins.createProject(KubeflowPipeline.class, "flaky");
            job.setDefinition(new InlineDefinition(PipelineRunIT.pipeline("flaky")));
            PipelineRun run = job.scheduleBuild2(0, new ParametersAction(new StringParameterValue("flag", "bad"))).get();
            r.assertBuildStatus(Result.FAILURE, run);
            job.renameTo("mended");
            run.retry(null, Map.of("flag", "good"));
            r.assertBuildStatusSuccess(r.waitForCompletion(run));
            assertThat(r.jenkins.getRootDir().toPath().resolve("jobs/flaky")).doesNotExist();
        });
    }
}
