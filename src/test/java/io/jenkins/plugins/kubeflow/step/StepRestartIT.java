package io.jenkins.plugins.kubeflow.step;

import hudson.model.Result;
import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
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

    private static PipelineRun run(jenkins.model.Jenkins jenkins) {
        return jenkins.getItemByFullName("Default/component", KubeflowPipeline.class).getBuildByNumber(1);
    }
}
