package io.jenkins.plugins.kubeflow.command;

import hudson.cli.CLICommand;
import hudson.model.Result;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import java.io.IOException;
import java.io.PrintStream;
import jenkins.model.Jenkins;

/** What a command tells of a run, and its exit status: 0 succeeded, 1 failed, 130 cancelled, as with the engine's own command line. */
final class RunOutcome {
    private static final int FAILED = 1;
    private static final int CANCELED = 130;

    private RunOutcome() {}

    /** One line for people and scripts: the run's id, its name, its address. */
    static void announce(PipelineRun run, PrintStream out) {
        String root = Jenkins.get().getRootUrl();
        out.println(run.getRunId() + " " + run.getFullDisplayName() + (root == null ? "" : " " + root + run.getUrl()));
    }

    /** Waits for the end, with the log as it grows if it is wanted; holds the command's own thread, as Jenkins' commands do. */
    static int await(PipelineRun run, boolean log, CLICommand command) throws IOException, InterruptedException {
        if (log) {
            run.writeWholeLogTo(command.stdout);
        }
        run.awaitEnd(Long.MAX_VALUE);
        command.stdout.println(run.getFullDisplayName() + " " + run.getResult());
        return Result.SUCCESS.equals(run.getResult()) ? 0 : Result.ABORTED.equals(run.getResult()) ? CANCELED : FAILED;
    }
}
