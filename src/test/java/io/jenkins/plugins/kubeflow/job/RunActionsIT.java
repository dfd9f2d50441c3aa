package io.jenkins.plugins.kubeflow.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.ParametersAction;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration;
import io.jenkins.plugins.kubeflow.experiment.Experiment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlFormUtil;
import org.htmlunit.html.HtmlPage;
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

    private static final String GOOD = "{'parameter': {'name': 'flag', 'value': 'good'}}";

    @Test
    void whatTakesNoRunsSaysWhy() throws Exception {
        KubeflowPipeline job = flaky();
        PipelineRun run = failed(job);
        job.makeDisabled(true);
        for (String path : List.of("new-run/start", "1/retry/submit")) {
            WebResponse answer = Posts.json(r, job.getUrl() + path, GOOD);
            assertThat(answer.getStatusCode()).as(path).isEqualTo(400);
            assertThat(answer.getContentAsString()).as(path).contains("‘flaky’ takes no runs: it is disabled");
        }
        assertThat(run.isBuilding()).isFalse();
        job.makeDisabled(false);
        run.retry(null, Map.of("flag", "good"));
        r.assertBuildStatus(Result.SUCCESS, r.waitForCompletion(run));
        assertThat(Posts.json(r, job.getUrl() + "1/retry/submit", GOOD).getContentAsString()).contains("has succeeded: start a new run");
        assertThat(run.record().round()).isEqualTo(1);

        PipelineRun refused = job.scheduleBuild2(0, new ParametersAction(new StringParameterValue("flg", "x"))).get();
        try (JenkinsRule.WebClient web = r.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            HtmlPage page = web.getPage(refused, "retry/");
            assertThat(page.getWebResponse().getStatusCode()).isEqualTo(400);
            assertThat(page.asNormalizedText()).contains("flaky #2 never began: start a new run");
        }

        Experiment experiment = r.jenkins.createProject(Experiment.class, "old");
        KubeflowPipeline inside = experiment.createProject(KubeflowPipeline.class, "inside");
        inside.setDefinition(job.getDefinition());
        experiment.setArchived(true);
        assertThat(Posts.json(r, inside.getUrl() + "new-run/start", GOOD).getContentAsString()).contains("its experiment is archived");
    }

    @Test
    void aCloneHasThePipelineThatCameWithItsRun() throws Exception {
        KubeflowPipeline job = r.jenkins.createProject(KubeflowPipeline.class, "given");
        PipelineDefinition.Source source = new InlineDefinition(PipelineRunIT.pipeline("flaky")).read();
        r.assertBuildStatusSuccess(RunStarter.start(job, source, Map.of("flag", "good"), List.of()));
        try (JenkinsRule.WebClient web = r.createWebClient()) {
            HtmlFormUtil.submit(web.<HtmlPage>getPage(job, "new-run/?from=1").getFormByName("run"));
            r.waitUntilNoActivity();
            r.assertBuildStatusSuccess(job.getBuildByNumber(2));
            assertThat(job.getBuildByNumber(2).record().pipelineName()).isEqualTo("flaky");
            HtmlForm form = web.<HtmlPage>getPage(job, "new-run/?from=2").getFormByName("run");
            HtmlPage plan = (HtmlPage) HtmlFormUtil.submit(form, HtmlFormUtil.getButtonByCaption(form, "Plan"));
            assertThat(plan.getElementById("plan").asNormalizedText()).contains("second");
            HtmlFormUtil.submit(plan.getFormByName("run"));
            r.waitUntilNoActivity();
            r.assertBuildStatusSuccess(job.getBuildByNumber(3));
        }
        job.setDefinition(new InlineDefinition(Files.readString(Path.of("src/test/pipelines/containers.yaml"))));
        // without scripts, which change the page while one looks for something on it
        try (JenkinsRule.WebClient web = r.createWebClient().withJavaScriptEnabled(false)) {
            HtmlPage own = web.getPage(job, "new-run/?from=1");
            assertThat(own.asXml()).contains("value=\"flag\"");
            assertThat(own.getAnchorByText("Take the pipeline of the job").<HtmlPage>click().asXml()).doesNotContain("value=\"flag\"");
        }
        assertThat(r.jenkins.getRootDir().toPath().resolve("kubeflow/given")).isEmptyDirectory();
    }

    @Test
    void aBrokenPipelineStartsNothingAndTheJobSaysWhy() throws Exception {
        KubeflowPipeline job = flaky();
        job.setDefinition(new InlineDefinition("pipelineInfo: {name: broken}\nroot: 7\n"));
        assertThat(Posts.json(r, job.getUrl() + "new-run/start", GOOD).getContentAsString()).contains("schemaVersion");
        assertThatThrownBy(() -> RunStarter.start(job, Map.of(), List.of())).hasMessageContaining("schemaVersion");
        assertThat(job.getLastBuild()).isNull();
        try (JenkinsRule.WebClient web = r.createWebClient()) {
            for (String page : List.of("", "new-run/")) {
                assertThat(web.<HtmlPage>getPage(job, page).getElementById("kubeflow-problems").asNormalizedText()).contains("schemaVersion");
            }
            job.setDefinition(new InlineDefinition(PipelineRunIT.pipeline("flaky")));
            assertThat(web.<HtmlPage>getPage(job, "").getElementById("kubeflow-problems")).isNull();
        }
    }

    @Test
    void whatNoFormSendsIsTheSendersMistake() throws Exception {
        KubeflowPipeline job = flaky();
        for (String json : List.of("[1]", "{'parameter': 'x'}", "{'parameter': [1]}", "{'parameter': {'value': 'x'}}")) {
            assertThat(Posts.json(r, job.getUrl() + "new-run/start", json).getStatusCode()).as(json).isEqualTo(400);
        }
        assertThat(job.getLastBuild()).isNull();
    }

    @Test
    void scriptsReadWhatARunIsAndWhatAJobTakes() throws Exception {
        KubeflowPipeline job = r.jenkins.createProject(KubeflowPipeline.class, "values");
        job.setDefinition(new InlineDefinition(PipelineRunIT.pipeline("containers")));
        PipelineRun run = r.buildAndAssertSuccess(job);
        var json = r.getJSON(run.getUrl() + "api/json").getJSONObject();
        assertThat(json.getString("runId")).isEqualTo(run.getRunId());
        assertThat(json.getString("state")).isEqualTo("SUCCEEDED");
        assertThat(json.getString("pipeline")).isEqualTo("containers");
        assertThat(json.getJSONObject("outputs").getString("Output")).contains("hello");
        var listed = r.getJSON(job.getUrl() + "api/json?depth=1").getJSONObject().getJSONArray("builds").getJSONObject(0);
        assertThat(listed.getString("runId")).isEqualTo(run.getRunId());
        assertThat(listed.toString()).as("no files are read for a list").contains("\"outputs\":null");
        var described = r.getJSON(job.getUrl() + "api/json").getJSONObject();
        assertThat(described.getString("definition")).isEqualTo("inline");
        assertThat(described.getBoolean("disabled")).isFalse();
        assertThat(described.getJSONArray("parameterDefinitions").toString()).contains("\"name\":\"text\"");
        job.save();
        assertThat(job.getConfigFile().asString()).doesNotContain("ParametersDefinitionProperty");
    }
}
