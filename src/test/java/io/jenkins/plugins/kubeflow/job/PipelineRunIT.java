package io.jenkins.plugins.kubeflow.job;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.cli.CLICommandInvoker;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterValue;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The job in a real Jenkins: configured, started, run as local processes, cancelled. */
@WithJenkins
class PipelineRunIT {
    private JenkinsRule r;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        r = rule;
        KubeflowConfiguration.get().setLocalProcesses(true);
    }

    static String pipeline(String name) throws Exception {
        return Files.readString(Path.of("src/test/pipelines", name + ".yaml"));
    }

    @Test
    void parametersFollowAConfigurationThatIsWrittenAnew() throws Exception {
        KubeflowPipeline job = job("containers");
        assertThat(job.getProperty(ParametersDefinitionProperty.class).getParameterDefinitionNames()).contains("text");
        String xml = job.getConfigFile().asString();
        job.updateByXml((javax.xml.transform.Source) new javax.xml.transform.stream.StreamSource(new java.io.StringReader(
                xml.replaceFirst("(?s)<text>.*?</text>", "<text>name: x\ninputs: [{name: other, type: String}]\nimplementation:\n  container: {image: busybox}\n</text>"))));
        assertThat(job.getProperty(ParametersDefinitionProperty.class).getParameterDefinitionNames()).containsExactly("other");
    }

    private KubeflowPipeline job(String name) throws Exception {
        KubeflowPipeline job = r.jenkins.createProject(KubeflowPipeline.class, name);
        job.setDefinition(new InlineDefinition(pipeline(name)));
        job.save();
        return job;
    }

    @Test
    void aRunOfShellStepsSucceedsAndItsLogHasALinePerTransition() throws Exception {
        PipelineRun run = r.buildAndAssertSuccess(job("containers"));
        r.assertLogContains("produce: RUNNING", run);
        r.assertLogContains("consume: SUCCEEDED", run);
        assertThat(run.isBuilding()).isFalse();
        assertThat(Files.readString(run.directory().result())).contains("\"state\" : \"SUCCEEDED\"").contains("41 <a");
        assertThat(new String(Files.readAllBytes(run.getRootDir().toPath().resolve("build.xml")))).hasSizeLessThan(2000);
    }

    @Test
    void eachLineOfTheLogLinksToItsTask() throws Exception {
        PipelineRun run = r.buildAndAssertSuccess(job("containers"));
        try (JenkinsRule.WebClient web = r.createWebClient().withJavaScriptEnabled(false)) {
            HtmlPage page = web.getPage(run, "consoleFull");
            assertThat(page.getAnchorByText("produce").getHrefAttribute()).endsWith(run.getUrl() + "graph/#/task/produce");
            assertThat(page.getAnchors()).extracting(a -> a.asNormalizedText()).doesNotContain("run", "Finished");
        }
        assertThat(run.getLog(100)).as("the log itself is plain text").allSatisfy(line -> assertThat(line).doesNotContain("<a", "ha:"));
    }

    /** Jenkins' own command line starts runs and waits for them. */
    @Test
    void theCommandLineOfJenkinsBuildsIt() throws Exception {
        KubeflowPipeline job = job("containers");
        CLICommandInvoker.Result result = new CLICommandInvoker(r, "build").invokeWithArgs("containers", "-p", "text=other", "-s", "-v");
        assertThat(result).as(result.stdout() + result.stderr()).returns(0, CLICommandInvoker.Result::returnCode);
        assertThat(result.stdout()).contains("consume: SUCCEEDED");
        assertThat(Files.readString(job.getLastBuild().directory().result())).contains("41 <other> hello");
    }

    @Test
    void theGraphPageListsEveryTask() throws Exception {
        PipelineRun run = r.buildAndAssertSuccess(job("containers"));
        try (JenkinsRule.WebClient web = r.createWebClient().withJavaScriptEnabled(false)) {
            assertThat(web.getPage(run).asNormalizedText()).contains("Graph, logs, artifacts and metrics");
            assertThat(web.getPage(run.getParent()).asNormalizedText()).contains("Configure");
            HtmlPage page = web.getPage(run, "graph/");
            assertThat(page.getElementById("kubeflow-tasks").asNormalizedText()).contains("produce", "consume", "SUCCEEDED");
            String state = web.goTo(run.getUrl() + "graph/state?since=0", "application/json").getWebResponse().getContentAsString();
            assertThat(state).contains("\"path\":\"produce\"");
            String log = web.goTo(run.getUrl() + "graph/log?path=produce&attempt=1", "text/plain").getWebResponse().getContentAsString();
            assertThat(log).contains("--no-suffix");
        }
    }

    @Test
    void parametersAreThePipelinesInputs() throws Exception {
        KubeflowPipeline job = job("containers");
        assertThat(job.isParameterized()).isTrue();
        PipelineRun run = job.scheduleBuild2(0, new ParametersAction(new StringParameterValue("text", "other")))
                .get();
        r.assertBuildStatusSuccess(run);
        assertThat(Files.readString(run.directory().result())).contains("41 <other> hello");
    }

    @Test
    void ofABrokenPipelineNoBuildStartsWhoeverAsks() throws Exception {
        KubeflowPipeline job = r.jenkins.createProject(KubeflowPipeline.class, "broken");
        job.setDefinition(new InlineDefinition("pipelineInfo: {name: x}\nschemaVersion: 1.0.0\nroot: {dag: {tasks: {}}}\n"));
        assertThat(job.scheduleBuild2(0)).as("a trigger").isNull();
        for (String path : List.of("build", "buildWithParameters")) {
            WebResponse answer = Posts.json(r, job.getUrl() + path, "{}");
            assertThat(answer.getStatusCode()).as(path).isEqualTo(400);
            assertThat(answer.getContentAsString()).as(path).contains("schemaVersion is ‘1.0.0’; only 2.1.0 is known");
        }
        CLICommandInvoker.Result result = new CLICommandInvoker(r, "build").invokeWithArgs("broken", "-s");
        assertThat(result.returnCode()).isNotZero();
        r.waitUntilNoActivity();
        assertThat(job.getLastBuild()).isNull();
        assertThat(job.getNextBuildNumber()).isEqualTo(1);
        PipelineDefinition.Source given = new PipelineDefinition.Source("containers.yaml", pipeline("containers").getBytes(StandardCharsets.UTF_8));
        r.assertBuildStatusSuccess(RunStarter.start(job, given, java.util.Map.of(), List.of()));
        job.setDefinition(new InlineDefinition(pipeline("containers")));
        r.buildAndAssertSuccess(job);
    }

    @Test
    void withoutLocalProcessesARunSaysWhatToDo() throws Exception {
        KubeflowConfiguration.get().setLocalProcesses(false);
        PipelineRun run = r.buildAndAssertStatus(Result.FAILURE, job("containers"));
        r.assertLogContains("an administrator has to allow local processes", run);
    }

    @Test
    void aFailedTaskFailsTheBuild() throws Exception {
        KubeflowPipeline job = r.jenkins.createProject(KubeflowPipeline.class, "fails");
        job.setDefinition(new InlineDefinition(
                "name: fails\nimplementation:\n  container:\n    image: busybox\n    command: [sh, -c, 'exit 3']\n"));
        PipelineRun run = r.buildAndAssertStatus(Result.FAILURE, job);
        r.assertLogContains("run FAILED", run);
        r.assertLogContains("exit code 3", run);
    }

    @Test
    void stopCancelsTheRun() throws Exception {
        KubeflowPipeline job = job("sleepy");
        Path trace = Files.createTempFile("trace", "");
        PipelineRun run = job.scheduleBuild2(0, new ParametersAction(Arrays.asList(
                        new StringParameterValue("trace", trace.toString()), new StringParameterValue("seconds", "60"))))
                .waitForStart();
        r.waitForMessage("step: RUNNING", run);
        assertThat(r.jenkins.toComputer().countBusy()).isZero();
        run.doStop();
        r.waitForCompletion(run);
        r.assertBuildStatus(Result.ABORTED, run);
        assertThat(Files.readString(trace)).isEmpty();
    }

    /** Stops each run as soon as anybody can know of it. */
    @TestExtension("whatIsStoppedBeforeItHasReadItsPipelineDoesNotBegin")
    public static final class Stopping extends RunListener<PipelineRun> {
        @Override
        public void onStarted(PipelineRun run, TaskListener listener) {
            run.cancel();
        }
    }

    @Test
    void whatIsStoppedBeforeItHasReadItsPipelineDoesNotBegin() throws Exception {
        PipelineRun run = r.assertBuildStatus(Result.ABORTED, job("containers").scheduleBuild2(0).get());
        assertThat(run.directory().journal()).doesNotExist();
        assertThat(run.engine()).isNull();
        r.waitUntilNoActivity();
        assertThat(ActiveRuns.current()).isEmpty();
    }

    @Test
    void theFormKeepsTheDefinition() throws Exception {
        KubeflowPipeline job = job("containers");
        String before = ((InlineDefinition) job.getDefinition()).getText();
        r.configRoundtrip(job);
        assertThat(((InlineDefinition) job.getDefinition()).getText().strip()).isEqualTo(before.strip());
    }

    @Test
    void aWrongValueIsRefusedBeforeAnythingIsQueued() throws Exception {
        KubeflowPipeline job = job("values");
        try (JenkinsRule.WebClient web = r.createWebClient()) {
            web.getOptions().setThrowExceptionOnFailingStatusCode(false);
            HtmlPage page = web.getPage(job, "build?delay=0sec");
            assertThat(page.getWebResponse().getStatusCode()).isEqualTo(405);
            assertThat(page.asNormalizedText()).contains("NUMBER_INTEGER");
        }
        assertThat(ParameterTexts.problem(job, null, "i", "fast")).isEqualTo("is NUMBER_INTEGER, got \"fast\"");
        assertThat(job.getLastBuild()).isNull();
    }
}
