package io.jenkins.plugins.kubeflow.command;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.cli.CLICommandInvoker;
import hudson.model.Item;
import hudson.model.Result;
import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration;
import io.jenkins.plugins.kubeflow.job.InlineDefinition;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import io.jenkins.plugins.kubeflow.registry.KubeflowPipelines;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The commands as a script calls them. The pipeline {@code flaky} fails unless its flag is ‘good’. */
@WithJenkins
class CommandsIT {
    private JenkinsRule r;
    private KubeflowPipeline job;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        r = rule;
        KubeflowConfiguration.get().setLocalProcesses(true);
        job = r.jenkins.createProject(KubeflowPipeline.class, "flaky");
        job.setDefinition(new InlineDefinition(pipeline("flaky")));
        job.save();
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER).everywhere().to("admin")
                .grant(Jenkins.READ, Item.READ, Item.BUILD).everywhere().to("builder")
                .grant(Jenkins.READ, Item.READ).everywhere().to("reader"));
    }

    private static String pipeline(String name) throws Exception {
        return Files.readString(Path.of("src/test/pipelines", name + ".yaml"));
    }

    private CLICommandInvoker.Result call(String user, String command, String stdin, String... arguments) {
        CLICommandInvoker invoker = new CLICommandInvoker(r, command).asUser(user);
        if (stdin != null) {
            invoker.withStdin(new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)));
        }
        return invoker.invokeWithArgs(arguments);
    }

    @Test
    void aRunIsStartedAwaitedAndRetried() throws Exception {
        CLICommandInvoker.Result failed = call("admin", "kubeflow-run", null, "flaky", "-p", "flag=bad", "--name", "from a script", "-s", "-v");
        assertThat(failed.returnCode()).as(failed.stderr()).isEqualTo(1);
        PipelineRun run = job.getBuildByNumber(1);
        assertThat(failed.stdout()).startsWith(run.getRunId() + " flaky #1 ").contains("SUCCEEDED", "flaky from a script").contains(" FAILURE");
        assertThat(run.getCauses()).anySatisfy(cause -> assertThat(cause.getShortDescription()).contains("admin"));

        CLICommandInvoker.Result retried = call("admin", "kubeflow-retry", null, "flaky", run.getRunId(), "-p", "flag=good", "-s");
        assertThat(retried.returnCode()).as(retried.stderr()).isZero();
        assertThat(run.getResult()).isEqualTo(Result.SUCCESS);
        assertThat(call("admin", "kubeflow-retry", null, "flaky", "1").returnCode()).as("it has succeeded").isNotZero();
    }

    @Test
    void aPipelineOnStandardInputRunsInItsExperiment() throws Exception {
        CLICommandInvoker.Result result =
                call("admin", "kubeflow-run", pipeline("containers"), "--experiment", "trials", "-p", "text=hi", "-s");
        assertThat(result.returnCode()).as(result.stderr()).isZero();
        assertThat(r.jenkins.getItemByFullName("trials/containers", KubeflowPipeline.class).getBuilds()).hasSize(1);
    }

    @Test
    void mistakesAreNamedAndStartNothing() {
        assertThat(call("admin", "kubeflow-run", null, "flaky", "-p", "flg=x").stderr()).contains("‘flg’ is not an input of pipeline ‘flaky’");
        assertThat(call("admin", "kubeflow-run", null, "flaky").stderr()).contains("‘flag’ is required");
        assertThat(call("admin", "kubeflow-run", null, "nothing").stderr()).contains("there is no job ‘nothing’");
        assertThat(call("admin", "kubeflow-run", "root: 1").stderr()).contains("pipelineInfo");
        assertThat(call("admin", "kubeflow-retry", null, "flaky", "7").stderr()).contains("‘flaky’ has no run ‘7’");
        assertThat(job.getBuilds()).isEmpty();
    }

    @Test
    void aRunIsStopped() throws Exception {
        job.setDefinition(new InlineDefinition(
                "name: long\nimplementation:\n  container:\n    image: busybox\n    command: [sh, -c, 'sleep 600']\n"));
        assertThat(call("admin", "kubeflow-run", null, "flaky").returnCode()).isZero();
        PipelineRun run = job.getBuildByNumber(1);
        r.waitForMessage("RUNNING", run);
        assertThat(call("reader", "kubeflow-stop", null, "flaky", "1").returnCode()).isEqualTo(6);
        assertThat(call("admin", "kubeflow-stop", null, "flaky", "1").returnCode()).isZero();
        r.assertBuildStatus(Result.ABORTED, r.waitForCompletion(run));
        assertThat(call("admin", "kubeflow-stop", null, "flaky", "1").stdout()).contains("has ended already");
    }

    @Test
    void aPipelineIsUploadedAndGetsVersions() throws Exception {
        assertThat(call("reader", "kubeflow-upload", pipeline("flaky"), "My flaky").returnCode()).isEqualTo(6);
        assertThat(call("admin", "kubeflow-upload", pipeline("flaky"), "My flaky", "--version", "one").stdout().strip()).isEqualTo("My flaky one");
        assertThat(call("admin", "kubeflow-upload", pipeline("flaky"), "My flaky", "--version", "two").stdout().strip()).isEqualTo("My flaky two");
        assertThat(call("admin", "kubeflow-upload", "root: 1", "My flaky", "--version", "three").returnCode()).isNotZero();
        assertThat(KubeflowPipelines.get().registry().find("My flaky").versions()).hasSize(2);
    }

    @Test
    void aPipelineOfOnesOwnNeedsMoreThanTheRightToBuild() throws Exception {
        call("admin", "kubeflow-run", pipeline("containers"), "-p", "text=hi", "-s");
        assertThat(call("builder", "kubeflow-run", pipeline("containers"), "-p", "text=hi").returnCode()).isEqualTo(6);
        assertThat(call("builder", "kubeflow-run", pipeline("flaky"), "--experiment", "other", "-p", "flag=good").returnCode()).isEqualTo(6);
        assertThat(call("builder", "kubeflow-run", null, "flaky", "-p", "flag=good", "-s", "-v").stdout()).contains("SUCCEEDED");
        assertThat(r.jenkins.getItemByFullName("Default/containers", KubeflowPipeline.class).getBuilds()).hasSize(1);
        assertThat(r.jenkins.getItem("other")).isNull();
        assertThat(r.jenkins.getRootDir().toPath().resolve("kubeflow/given")).isEmptyDirectory();
    }

    @Test
    void aRunThatIsRefusedLeavesNothing() throws Exception {
        CLICommandInvoker.Result refused = call("admin", "kubeflow-run", pipeline("containers"), "-p", "text=hi", "--cloud", "nope", "-s", "-v");
        assertThat(refused.returnCode()).isEqualTo(1);
        assertThat(refused.stdout()).contains("nope").doesNotContain("Exception");
        assertThat(r.jenkins.getRootDir().toPath().resolve("kubeflow/given")).isEmptyDirectory();
    }

    @Test
    void whoMayNotBuildStartsNothing() {
        assertThat(call("reader", "kubeflow-run", null, "flaky", "-p", "flag=good").returnCode()).isEqualTo(6);
        assertThat(call("reader", "kubeflow-retry", null, "flaky", "1").returnCode()).isEqualTo(6);
        assertThat(job.getBuilds()).isEmpty();
    }
}
