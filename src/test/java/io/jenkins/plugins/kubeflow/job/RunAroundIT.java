package io.jenkins.plugins.kubeflow.job;

import static org.assertj.core.api.Assertions.assertThat;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.ParametersAction;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.StringParameterValue;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import hudson.tasks.LogRotator;
import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration;
import io.jenkins.plugins.kubeflow.experiment.Experiment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What Jenkins does around a run: its log with links, listeners, environment, what it has on disk, discarding. */
@WithJenkins
class RunAroundIT {
    private static final String TWO_HUNDRED = """
            pipelineInfo: {name: many}
            schemaVersion: 2.1.0
            components:
              comp-say: {executorLabel: exec-say}
            deploymentSpec:
              executors:
                exec-say: {container: {image: busybox, command: ['true']}}
            root:
              dag:
                tasks:
            """;

    private static final String ENVIRONMENT = """
            name: environment
            implementation:
              container:
                image: busybox
                command: [sh, -c, 'echo "$JOB_NAME $BUILD_NUMBER $BUILD_URL $KUBEFLOW_RUN_ID"']
            """;

    private JenkinsRule r;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        r = rule;
        KubeflowConfiguration.get().setLocalProcesses(true);
    }

    private KubeflowPipeline job(String name, String text) throws Exception {
        KubeflowPipeline job = r.jenkins.createProject(KubeflowPipeline.class, name);
        job.setDefinition(new InlineDefinition(text));
        job.save();
        return job;
    }

    @Test
    void eachLineOfATaskLinksToTheTask() throws Exception {
        PipelineRun run = r.buildAndAssertSuccess(job("containers", PipelineRunIT.pipeline("containers")));
        try (JenkinsRule.WebClient web = r.createWebClient().withJavaScriptEnabled(false)) {
            String html = web.getPage(run, "console").getWebResponse().getContentAsString();
            assertThat(html).contains("/job/containers/1/graph/#/task/produce").contains(">produce</a>: SUCCEEDED");
            assertThat(web.goTo(run.getUrl() + "consoleText", "text/plain").getWebResponse().getContentAsString())
                    .contains("\nproduce: RUNNING\n");
        }
    }

    @Test
    void tasksKnowTheirBuild() throws Exception {
        PipelineRun run = r.buildAndAssertSuccess(job("environment", ENVIRONMENT));
        try (JenkinsRule.WebClient web = r.createWebClient()) {
            String log = web.goTo(run.getUrl() + "graph/log?path=environment&attempt=1", "text/plain").getWebResponse().getContentAsString();
            assertThat(log).contains("environment 1 " + r.getURL() + "job/environment/1/ " + run.getRunId());
        }
    }

    @Test
    void listenersHearOfEachPhaseInOrder() throws Exception {
        Heard.phases.clear();
        r.buildAndAssertSuccess(job("containers", PipelineRunIT.pipeline("containers")));
        r.waitUntilNoActivity();
        assertThat(Heard.phases).containsExactly("initialize", "started building", "completed SUCCESS", "finalized SUCCESS");
    }

    @Test
    void buildXmlStaysSmallWithTwoHundredTasks() throws Exception {
        StringBuilder text = new StringBuilder(TWO_HUNDRED);
        for (int i = 0; i < 200; i++) {
            text.append("      t").append(i).append(": {taskInfo: {name: t").append(i).append("}, componentRef: {name: comp-say}}\n");
        }
        PipelineRun run = r.buildAndAssertSuccess(job("many", text.toString()));
        assertThat(run.record()).isNotNull();
        assertThat(run.getRootDir().toPath().resolve("build.xml")).content().hasSizeLessThan(2000);
    }

    @Test
    void whatARunHasOnDiskIsKnownOnceItHasEnded() throws Exception {
        PipelineRun run = r.buildAndAssertSuccess(job("containers", PipelineRunIT.pipeline("containers")));
        assertThat(run.getDiskUsage()).isGreaterThan(Files.size(run.directory().journal()));
        try (JenkinsRule.WebClient web = r.createWebClient()) {
            assertThat(web.getJSON(run.getUrl() + "api/json").getJSONObject().getLong("diskUsage")).isEqualTo(run.getDiskUsage());
            assertThat(web.withJavaScriptEnabled(false).getPage(run).asNormalizedText()).contains("On disk: ");
        }
    }

    @Test
    void discardingTakesTheFilesAndTheRowInTheTable() throws Exception {
        Experiment experiment = r.jenkins.createProject(Experiment.class, "discarded");
        KubeflowPipeline job = experiment.createProject(KubeflowPipeline.class, "containers");
        job.setDefinition(new InlineDefinition(PipelineRunIT.pipeline("containers")));
        PipelineRun first = r.buildAndAssertSuccess(job);
        r.buildAndAssertSuccess(job);
        assertThat(experiment.runs().get(first.getRunId())).isNotNull();
        job.setBuildDiscarder(new LogRotator(-1, 1, -1, -1));
        job.logRotate();
        assertThat(first.getRootDir()).doesNotExist();
        assertThat(experiment.runs().get(first.getRunId())).isNull();
        assertThat(job.getBuildByNumber(1)).isNull();
    }

    @Test
    void aRunThatIsDeletedWhileItGoesOnIsEndedFirst() throws Exception {
        KubeflowPipeline job = job("sleepy", PipelineRunIT.pipeline("sleepy"));
        Path trace = Files.createTempFile("trace", "");
        PipelineRun run = job.scheduleBuild2(0, new ParametersAction(Arrays.asList(
                        new StringParameterValue("trace", trace.toString()), new StringParameterValue("seconds", "60"))))
                .waitForStart();
        r.waitForMessage("step: RUNNING", run);
        run.delete();
        assertThat(run.getRootDir()).doesNotExist();
        assertThat(run.getResult()).isEqualTo(Result.ABORTED);
        assertThat(Files.readString(trace)).isEmpty();
        assertThat(ActiveRuns.runIds()).isEmpty();
    }

    /** Notes what a notifier would see. */
    @TestExtension
    public static final class Heard extends RunListener<Run<?, ?>> {
        static final List<String> phases = new CopyOnWriteArrayList<>();

        @Override
        public void onInitialize(Run<?, ?> run) {
            phases.add("initialize");
        }

        @Override
        public void onStarted(Run<?, ?> run, TaskListener listener) {
            phases.add("started " + (run.isBuilding() ? "building" : "over"));
        }

        @Override
        public void onCompleted(Run<?, ?> run, @NonNull TaskListener listener) {
            listener.getLogger().println("somebody was notified");
            phases.add("completed " + run.getResult());
        }

        @Override
        public void onFinalized(Run<?, ?> run) {
            phases.add("finalized " + run.getResult());
        }
    }
}
