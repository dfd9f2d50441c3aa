package io.jenkins.plugins.kubeflow.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A step finds its run again after a restart, whether the run has ended meanwhile or not. */
class StepRestartIT {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path directory;

    @Test
    void aBuildGoesOnWithItsRun() throws Throwable {
        Path go = directory.resolve("go");
        sessions.then(r -> {
            KubeflowConfiguration.get().setLocalProcesses(true);
            WorkflowJob job = r.jenkins.createProject(WorkflowJob.class, "build");
            job.setDefinition(new CpsFlowDefinition(
                    "def out = kubeflowComponent image: 'busybox', cache: false, arguments: [go: '" + go + "'],\n"
                            + "  command: ['sh', '-c', 'until [ -e \"$0\" ]; do sleep 0.2; done; mkdir -p $(dirname $1); printf done > $1',"
                            + " [inputValue: 'go'], [outputPath: 'said']], outputs: ['said']\n"
                            + "echo \"it said ${out.said}\"",
                    true));
            WorkflowRun build = job.scheduleBuild2(0).waitForStart();
            r.waitForMessage("has started", build);
            r.waitForMessage("RUNNING", run(r.jenkins));
        });
        sessions.then(r -> {
            Files.createFile(go);
            WorkflowRun build = r.jenkins.getItemByFullName("build", WorkflowJob.class).getBuildByNumber(1);
            r.assertBuildStatus(Result.SUCCESS, r.waitForCompletion(build));
            r.assertLogContains("it said done", build);
            r.assertBuildStatus(Result.SUCCESS, r.waitForCompletion(run(r.jenkins)));
        });
    }

    @Test
    void aBuildFindsItsRunWhenTheJobHasBeenRenamed() throws Throwable {
        Path go = directory.resolve("go");
        sessions.then(r -> {
            KubeflowConfiguration.get().setLocalProcesses(true);
            WorkflowJob job = r.jenkins.createProject(WorkflowJob.class, "build");
            job.setDefinition(new CpsFlowDefinition(
                    "kubeflowComponent image: 'busybox', cache: false, arguments: [go: '" + go + "'],\n"
                            + "  command: ['sh', '-c', 'until [ -e \"$0\" ]; do sleep 0.2; done', [inputValue: 'go']]\n",
                    true));
            WorkflowRun build = job.scheduleBuild2(0).waitForStart();
            r.waitForMessage("has started", build);
            r.waitForMessage("RUNNING", run(r.jenkins));
            run(r.jenkins).getParent().renameTo("renamed");
        });
        sessions.then(r -> {
            WorkflowRun build = r.jenkins.getItemByFullName("build", WorkflowJob.class).getBuildByNumber(1);
            Files.createFile(go);
            r.assertBuildStatus(Result.SUCCESS, r.waitForCompletion(build));
        });
    }

    /** The copy waits for somebody to write into the artifact, which has become a pipe; it begins anew after the restart. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theCopyOfAnArtifactGoesOn() throws Throwable {
        Path go = directory.resolve("go");
        AtomicReference<Path> artifact = new AtomicReference<>();
        sessions.then(r -> {
            KubeflowConfiguration.get().setLocalProcesses(true);
            WorkflowJob job = r.jenkins.createProject(WorkflowJob.class, "build");
            job.addProperty(new ParametersDefinitionProperty(
                    new StringParameterDefinition("PIPELINE", Files.readString(Path.of("src/test/pipelines/containers.yaml")))));
            job.setDefinition(new CpsFlowDefinition(
                    "def result = kubeflowPipeline text: params.PIPELINE, parameters: [text: 'x'], cache: false\n"
                            + "node {\n  echo 'run has ended'\n  while (!fileExists('" + go + "')) { sleep time: 200, unit: 'MILLISECONDS' }\n"
                            + "  kubeflowArtifact run: result.runId, task: 'produce', name: 'data', target: 'data.txt'\n"
                            + "  echo 'file: ' + readFile('data.txt')\n}\n",
                    true));
            WorkflowRun build = job.scheduleBuild2(0).waitForStart();
            r.waitForMessage("run has ended", build);
            PipelineRun run = r.jenkins.getItemByFullName("Default/containers", KubeflowPipeline.class).getBuildByNumber(1);
            artifact.set(RunArtifacts.find(run, "produce", "data").file());
            Files.delete(artifact.get());
            assertThat(new ProcessBuilder("mkfifo", artifact.get().toString()).start().waitFor()).isZero();
            Files.createFile(go);
            r.waitForMessage("kubeflowArtifact", build);
        });
        Files.delete(artifact.get());
        Files.writeString(artifact.get(), "written later");
        sessions.then(r -> {
            WorkflowRun build = r.jenkins.getItemByFullName("build", WorkflowJob.class).getBuildByNumber(1);
            r.assertBuildStatus(Result.SUCCESS, r.waitForCompletion(build));
            r.assertLogContains("file: written later", build);
        });
    }

    private static PipelineRun run(jenkins.model.Jenkins jenkins) {
        return jenkins.getItemByFullName("Default/component", KubeflowPipeline.class).getBuildByNumber(1);
    }
}
