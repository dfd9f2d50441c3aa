package io.jenkins.plugins.kubeflow.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.ParametersAction;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Retry, plan, name and number of a run. The pipeline {@code flaky} fails unless its flag is ‘good’. */
@WithJenkins
class RunActionsIT {
    private JenkinsRule r;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        r = rule;
        KubeflowConfiguration.get().setLocalProcesses(true);
    }

    private KubeflowPipeline flaky() throws Exception {
        KubeflowPipeline job = r.jenkins.createProject(KubeflowPipeline.class, "flaky");
        job.setDefinition(new InlineDefinition(PipelineRunIT.pipeline("flaky")));
        job.save();
        return job;
    }

    private PipelineRun failed(KubeflowPipeline job) throws Exception {
        PipelineRun run = job.scheduleBuild2(
                        0, new ParametersAction(new StringParameterValue("flag", "bad")), new RunRequest().name("first try").description("why"))
                .get();
        return r.assertBuildStatus(Result.FAILURE, run);
    }

    @Test
    void retryGoesOnWithOtherParametersAndKeepsWhatHadFinished() throws Exception {
        PipelineRun run = failed(flaky());
        assertThat(run.getDisplayName()).isEqualTo("first try");
        assertThat(run.getDescription()).isEqualTo("why");
        assertThat(run.isRetryable()).isTrue();
        run.retry(null, Map.of("flag", "good"));
        r.waitForCompletion(run);
        r.assertBuildStatus(Result.SUCCESS, run);
        assertThat(run.isRetryable()).isFalse();
        r.assertLogContains("round 1", run);
        assertThat(run.record().round()).isEqualTo(1);
        assertThat(Files.readString(run.directory().journal())).contains("kept from before the retry");
        assertThat(run.getParent().getLastSuccessfulBuild()).isEqualTo(run);
    }

    @Test
    void retryTakesAChangedPipelineAndLeavesTheJobAlone() throws Exception {
        KubeflowPipeline job = flaky();
        PipelineRun run = failed(job);
        String text = PipelineRunIT.pipeline("flaky");
        run.retry(text.replace("= good", "= bad"), Map.of());
        r.waitForCompletion(run);
        r.assertBuildStatus(Result.SUCCESS, run);
        assertThat(((InlineDefinition) job.getDefinition()).getText()).isEqualTo(text);
    }

    @Test
    void aRefusedRetryChangesNothing() throws Exception {
        PipelineRun run = failed(flaky());
        assertThatThrownBy(() -> run.retry(null, Map.of("mode", "c"))).isInstanceOf(RunStart.Refused.class).hasMessageContaining("‘mode’");
        assertThatThrownBy(() -> run.retry("root: 1", Map.of())).isInstanceOf(RunStart.Refused.class);
        assertThat(run.getResult()).isEqualTo(Result.FAILURE);
        assertThat(run.record().round()).isZero();
        assertThat(run.directory().result()).exists();
    }

    @Test
    void thePlanSaysWhatWouldHappen() throws Exception {
        KubeflowPipeline job = flaky();
        RunPlan plan = RunPlan.of(job, Map.of("flag", "x"), true);
        assertThat(plan.getLines()).extracting(RunPlan.Line::getPath).containsExactly("first", "second");
        assertThat(plan.getLines()).extracting(RunPlan.Line::getAction).containsExactly("runs", "depends");
        assertThat(job.getLastBuild()).isNull();
        assertThatThrownBy(() -> RunPlan.of(job, Map.of(), true)).hasMessageContaining("‘flag’ is required");
    }

    @Test
    void equalRequestsStayTwoRunsAndTheirIdsAreKnownInTheQueue() throws Exception {
        KubeflowPipeline job = flaky();
        r.jenkins.doQuietDown(false, 0, null);
        job.scheduleBuild2(0, new ParametersAction(new StringParameterValue("flag", "good")));
        job.scheduleBuild2(0, new ParametersAction(new StringParameterValue("flag", "good")));
        List<String> ids = List.of(Queue.getInstance().getItems()).stream()
                .map(item -> item.getAction(RunRequest.class).getRunId())
                .toList();
        assertThat(ids).hasSize(2).doesNotHaveDuplicates();
        r.jenkins.doCancelQuietDown();
        r.waitUntilNoActivity();
        assertThat(job.getBuilds()).extracting(PipelineRun::getRunId).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(job.getLastBuild().record().runId()).isEqualTo(job.getLastBuild().getRunId());
    }
}
