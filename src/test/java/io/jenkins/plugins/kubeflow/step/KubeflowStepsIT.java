package io.jenkins.plugins.kubeflow.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration;
import io.jenkins.plugins.kubeflow.experiment.Experiment;
import io.jenkins.plugins.kubeflow.job.InlineDefinition;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import io.jenkins.plugins.kubeflow.registry.KubeflowPipelines;
import io.jenkins.plugins.kubeflow.registry.Submission;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The steps in real builds; tasks are local processes. */
@WithJenkins
class KubeflowStepsIT {
    private JenkinsRule r;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        r = rule;
        KubeflowConfiguration.get().setLocalProcesses(true);
    }

    private static String containers() throws Exception {
        return Files.readString(Path.of("src/test/pipelines/containers.yaml"));
    }

    private WorkflowJob job(String script) throws Exception {
        return job(script, "build");
    }

    private WorkflowJob job(String script, String name) throws Exception {
        WorkflowJob job = r.jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private PipelineRun run(String job) {
        return r.jenkins.getItemByFullName(job, KubeflowPipeline.class).getBuildByNumber(1);
    }

    @Test
    void aPipelineOfTheWorkspaceRunsInTheDefaultExperimentAndItsArtifactCanBeFetched() throws Exception {
        WorkflowJob job = job("""
                node {
                    writeFile file: 'pipeline.yaml', text: params.PIPELINE
                    def suffix = 'end'
                    def result = kubeflowPipeline file: 'pipeline.yaml', parameters: [text: "the ${suffix}"], name: 'from a build'
                    echo "state ${result.state}, output ${result.outputs.Output}, url ${result.url}"
                    kubeflowArtifact run: result.runId, task: 'produce', name: 'data', target: 'out/data.txt'
                    echo 'file: ' + readFile('out/data.txt')
                }
                """);
        job.addProperty(new hudson.model.ParametersDefinitionProperty(new hudson.model.StringParameterDefinition("PIPELINE", containers())));
        WorkflowRun build = r.buildAndAssertSuccess(job);
        r.assertLogContains("state SUCCEEDED, output 41 <the end> hello", build);
        r.assertLogContains("file: <the end>", build);
        r.assertLogContains("containers from a build has started", build);
        PipelineRun run = run("Default/containers");
        assertThat(run.getDisplayName()).isEqualTo("from a build");
        assertThat(run.getCauses()).extracting(cause -> cause.getShortDescription()).anySatisfy(text -> assertThat(text).contains("build"));
        try (JenkinsRule.WebClient web = r.createWebClient().withJavaScriptEnabled(false)) {
            assertThat(web.getPage(build).asNormalizedText()).contains("Kubeflow runs", "from a build");
        }
        assertThat(r.jenkins.getRootDir().toPath().resolve("kubeflow/given")).isEmptyDirectory();
    }

    @Test
    void aFailedRunFailsTheBuildUnlessItIsNotToPropagate() throws Exception {
        String fails = "name: fails\\nimplementation:\\n  container:\\n    image: busybox\\n    command: [sh, -c, \"exit 3\"]\\n";
        WorkflowRun build = r.buildAndAssertStatus(Result.FAILURE, job(
                "def result = kubeflowPipeline text: '" + fails + "', experiment: 'trials', propagate: false\n"
                        + "echo \"it ${result.state}\"\n"
                        + "kubeflowPipeline text: '" + fails + "', experiment: 'trials'\n"));
        r.assertLogContains("it FAILED", build);
        r.assertLogContains("fails #2 FAILED: ", build);
        r.assertLogContains("exit code 3", build);
        assertThat(r.jenkins.getItem("trials")).isInstanceOf(Experiment.class);
    }

    @Test
    void aBrokenPipelineOrParameterStartsNothing() throws Exception {
        WorkflowRun build = r.buildAndAssertStatus(Result.FAILURE, job(
                "kubeflowPipeline text: 'name: x\\nimplementation: {container: {}}'"));
        r.assertLogContains("the container has no image", build);
        assertThat(r.jenkins.getItem("Default")).isNull();
    }

    @Test
    void aComponentInShortFormGivesTypedOutputs() throws Exception {
        WorkflowRun build = r.buildAndAssertSuccess(job("""
                def out = kubeflowComponent image: 'busybox', arguments: [times: 3, word: 'ab'],
                    command: ['sh', '-c', 'mkdir -p $(dirname $2) $(dirname $3); printf "%s%s" "$0" "$1" > "$2"; printf "[1, 2.5, true]" > "$3"'],
                    args: [[inputValue: 'word'], [inputValue: 'times'], [outputPath: 'text'], [outputPath: 'list']],
                    outputs: [text: 'String', list: 'JsonArray']
                echo "text ${out.text}, sum ${out.list[0] + 1} ${out.list[1]} ${out.list[2]}, ${out.list.size()}"
                """));
        r.assertLogContains("text ab3, sum 2 2.5 true, 3", build);
    }

    @Test
    void aJobCanBeRunWithoutWaiting() throws Exception {
        KubeflowPipeline job = r.jenkins.createProject(KubeflowPipeline.class, "containers");
        job.setDefinition(new InlineDefinition(containers()));
        WorkflowRun build = r.buildAndAssertSuccess(job(
                "def result = kubeflowPipeline job: 'containers', parameters: [text: 'x'], wait: false\necho \"then ${result.state} ${result.job} ${result.number}\""));
        r.assertLogContains("then RUNNING containers 1", build);
        r.assertBuildStatusSuccess(r.waitForCompletion(run("containers")));
    }

    @Test
    void aRegisteredPipelineRunsInItsNewestVersion() throws Exception {
        byte[] pipeline = containers().getBytes(StandardCharsets.UTF_8);
        KubeflowPipelines.get().registry().create(
                "My containers", "", "", new Submission("v1", "", "", "", "pipeline.yaml", pipeline), null, Instant.EPOCH);
        WorkflowRun build = r.buildAndAssertSuccess(job(
                "def result = kubeflowPipeline pipeline: 'My containers', experiment: 'registered'\necho \"${result.job}: ${result.outputs}\""));
        r.assertLogContains("registered/containers: [Output:41 <a", build);
        r.assertLogContains("pipeline from registered pipeline ‘My containers’, version ‘v1’", run("registered/containers"));
        job("kubeflowPipeline pipeline: 'none'", "second");
        r.assertLogContains("there is no registered pipeline ‘none’", r.buildAndAssertStatus(Result.FAILURE, r.jenkins.getItemByFullName("second", WorkflowJob.class)));
    }

    @Test
    void theSnippetGeneratorWritesWhatTheFormsSay() throws Exception {
        assertThat(snippet("KubeflowPipelineStep", "file: 'p.yaml', text: '', wait: true, propagate: false, cache: true, experiment: 'trials', cloud: ''"))
                .isEqualTo("kubeflowPipeline experiment: 'trials', file: 'p.yaml', propagate: false");
        assertThat(snippet("KubeflowComponentStep", "image: 'busybox', file: '', text: '', cache: false"))
                .isEqualTo("kubeflowComponent cache: false, image: 'busybox'");
        assertThat(snippet("KubeflowPipelineStep", "file: 'p.yaml', parametersText: 'lr: 0.1\\nlayers: [64, 32]', wait: true, propagate: true, cache: true"))
                .isEqualTo("kubeflowPipeline file: 'p.yaml', parameters: [lr: 0.1, layers: [64, 32]]");
        assertThat(snippet("KubeflowComponentStep", "image: 'busybox', commandText: '[sh, -c, date]', argsText: '[{inputValue: a}]',"
                        + " argumentsText: 'a: 1', envText: 'MODE: fast', outputsText: 'auc: Float', cache: true"))
                .isEqualTo("kubeflowComponent args: [[inputValue: 'a']], arguments: [a: 1], command: ['sh', '-c', 'date'], env: [MODE: 'fast'],"
                        + " image: 'busybox', outputs: [auc: 'Float']");
        assertThat(snippet("KubeflowArtifactStep", "run: 'id', name: 'model', task: 'train', target: ''"))
                .isEqualTo("kubeflowArtifact name: 'model', run: 'id', task: 'train'");
        try (JenkinsRule.WebClient web = r.createWebClient().withJavaScriptEnabled(false)) {
            assertThat(web.goTo("pipeline-syntax/").asXml()).contains("kubeflowPipeline: Run a Kubeflow pipeline");
        }
    }

    private String snippet(String step, String fields) throws Exception {
        try (JenkinsRule.WebClient web = r.createWebClient()) {
            WebRequest request = new WebRequest(new URL(r.getURL(), "pipeline-syntax/generateSnippet"), HttpMethod.POST);
            request.setRequestParameters(List.of(
                    new NameValuePair("json", "{'stapler-class': 'io.jenkins.plugins.kubeflow.step." + step + "', " + fields + "}")));
            return web.getPage(web.addCrumb(request)).getWebResponse().getContentAsString().strip();
        }
    }

    @Test
    void declarativePipelinesCanUseTheSteps() throws Exception {
        WorkflowRun build = r.buildAndAssertSuccess(job("""
                pipeline {
                    agent none
                    stages {
                        stage('train') {
                            steps {
                                kubeflowComponent image: 'busybox', command: ['sh', '-c', 'echo hello'], experiment: 'declared', arguments: [a: 1]
                            }
                        }
                    }
                }
                """));
        r.assertLogContains("SUCCEEDED", build);
        assertThat(run("declared/component").getResult()).isEqualTo(Result.SUCCESS);
    }

    @Test
    void stoppingTheBuildCancelsTheRun() throws Exception {
        WorkflowRun build = job("kubeflowComponent image: 'busybox', command: ['sh', '-c', 'sleep 600'], cache: false")
                .scheduleBuild2(0)
                .waitForStart();
        r.waitForMessage("has started", build);
        PipelineRun run = run("Default/component");
        r.waitForMessage("RUNNING", run);
        build.getExecutor().interrupt();
        r.assertBuildStatus(Result.ABORTED, r.waitForCompletion(build));
        r.assertBuildStatus(Result.ABORTED, r.waitForCompletion(run));
    }

    @Test
    void aWrongParameterOfAJobStartsNothing() throws Exception {
        KubeflowPipeline target = r.jenkins.createProject(KubeflowPipeline.class, "target");
        target.setDefinition(new io.jenkins.plugins.kubeflow.job.InlineDefinition(containers()));
        WorkflowJob job = job("kubeflowPipeline job: 'target', parameters: [txt: 'x']");
        r.assertLogContains("‘txt’ is not an input of pipeline ‘containers’", r.buildAndAssertStatus(Result.FAILURE, job));
        job.setDefinition(new CpsFlowDefinition("kubeflowPipeline job: 'target', parameters: [text: 7]", true));
        r.assertLogContains("parameter ‘text’ is STRING", r.buildAndAssertStatus(Result.FAILURE, job));
        target.makeDisabled(true);
        job.setDefinition(new CpsFlowDefinition("kubeflowPipeline job: 'target'", true));
        r.assertLogContains("‘target’ takes no runs: it is disabled", r.buildAndAssertStatus(Result.FAILURE, job));
        assertThat(target.getLastBuild()).isNull();
        assertThat(target.getNextBuildNumber()).isEqualTo(1);
    }

    @Test
    void aBuildKnowsItsRunsByTheirIdsWhateverTheirJobsAreCalled() throws Exception {
        WorkflowRun build = r.buildAndAssertSuccess(job("kubeflowComponent image: 'busybox', command: ['sh', '-c', 'echo 1']"));
        PipelineRun run = run("Default/component");
        ChildRuns children = build.getAction(ChildRuns.class);
        assertThat(children.getRuns()).containsExactly(run);
        run.getParent().renameTo("renamed");
        r.buildAndAssertSuccess(job("kubeflowComponent image: 'busybox', command: ['sh', '-c', 'echo 2']", "second"));
        assertThat(run("Default/component").getRunId()).isNotEqualTo(run.getRunId());
        assertThat(children.getRuns()).extracting(PipelineRun::getRunId).containsExactly(run.getRunId());
        run.getParent().renameTo("again");
        assertThat(children.getRuns()).extracting(PipelineRun::getRunId).containsExactly(run.getRunId());
        run.getParent().delete();
        assertThat(children.getRuns()).isEmpty();
    }
}
