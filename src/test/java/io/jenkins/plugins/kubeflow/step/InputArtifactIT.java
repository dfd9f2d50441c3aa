package io.jenkins.plugins.kubeflow.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.Util;
import hudson.model.Fingerprint;
import hudson.model.Result;
import hudson.tasks.Fingerprinter.FingerprintAction;
import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Files of a workspace and artifacts of other runs as input artifacts, and the fingerprints that link them. */
@WithJenkins
class InputArtifactIT {
    private static final String UPPER = """
            '''
            name: upper
            inputs: [{name: data, type: Dataset}]
            outputs: [{name: result, type: Dataset}]
            implementation:
              container:
                image: busybox
                command: [sh, -c, 'mkdir -p "$(dirname "$1")"; tr a-z A-Z < "$0" > "$1"', {inputPath: data}, {outputPath: result}]
            '''
            """;

    private JenkinsRule r;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        r = rule;
        KubeflowConfiguration.get().setLocalProcesses(true);
    }

    private WorkflowJob job(String script) throws Exception {
        WorkflowJob job = r.jenkins.createProject(WorkflowJob.class, "build");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private PipelineRun run(String job, int number) {
        return r.jenkins.getItemByFullName(job, KubeflowPipeline.class).getBuildByNumber(number);
    }

    @Test
    void aFileOfTheWorkspaceGoesInAndItsFingerprintSaysWhere() throws Exception {
        WorkflowRun build = r.buildAndAssertSuccess(job("""
                node {
                    writeFile file: 'in/words.txt', text: 'some words'
                    def out = kubeflowComponent text: UPPER, arguments: [data: 'in/words.txt']
                    echo "a ${out.result.type}"
                    def again = kubeflowComponent text: UPPER, arguments: [data: out.result], cache: false
                    writeFile file: 'more.txt', text: 'more'
                    def brief = kubeflowComponent image: 'busybox', arguments: [one: 'more.txt', word: 'and'],
                        command: ['sh', '-c', 'mkdir -p "$(dirname "$2")"; echo "$(cat "$0")" $1 > "$2"'],
                        args: [[inputPath: 'one'], [inputValue: 'word'], [outputPath: 'text']], outputs: ['text']
                    echo "then ${brief.text.trim()}"
                }
                """.replace("UPPER", UPPER.strip())));
        r.assertLogContains("a system.Dataset", build);
        r.assertLogContains("then more and", build);
        PipelineRun first = run("Default/upper", 1);
        PipelineRun second = run("Default/upper", 2);
        assertThat(first.directory().inputs().resolve("0/words.txt")).hasContent("some words");
        assertThat(r.jenkins.getRootDir().toPath().resolve("kubeflow/given")).isEmptyDirectory();

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> second.getAction(FingerprintAction.class) != null);
        Fingerprint words = r.jenkins._getFingerprint(Util.getDigestOf("some words"));
        assertThat(words.getOriginal().getRun()).isEqualTo(build);
        assertThat(words.getRangeSet(first.getParent()).includes(1)).isTrue();
        Fingerprint made = r.jenkins._getFingerprint(Util.getDigestOf("SOME WORDS"));
        assertThat(made.getOriginal().getRun()).isEqualTo(first);
        assertThat(made.getRangeSet(second.getParent()).includes(2)).as("the second run used what the first had made").isTrue();
        assertThat(second.getAction(FingerprintAction.class).getRecords()).containsKey("data");
        try (JenkinsRule.WebClient web = r.createWebClient().withJavaScriptEnabled(false)) {
            assertThat(web.getPage(first, "fingerprints/").asNormalizedText()).contains("upper/result");
        }
    }

    @Test
    void whatIsNotThereOrNotForRunsIsRefusedBeforeARunBegins() throws Exception {
        KubeflowConfiguration.get().setLocalProcesses(false); // with them, everybody may read what Jenkins may read
        WorkflowRun build = r.buildAndAssertStatus(Result.FAILURE, job("""
                node {
                    try {
                        kubeflowComponent text: UPPER, arguments: [data: 'nowhere.txt']
                    } catch (e) {
                        echo "first: ${e.message}"
                    }
                    kubeflowComponent text: UPPER, arguments: [data: [uri: '/etc/passwd']]
                }
                """.replace("UPPER", UPPER.strip())));
        r.assertLogContains("first: artifact ‘data’: there is no file ‘nowhere.txt’ in the workspace", build);
        r.assertLogContains("it is a file of Jenkins that is not an artifact of a run within reach", build);
        assertThat(r.jenkins.getRootDir().toPath().resolve("kubeflow/given")).isEmptyDirectory();
    }
}
