package io.jenkins.plugins.kubeflow.command;

import hudson.cli.CLICommand;
import hudson.model.Result;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import java.io.IOException;
import java.io.PrintStream;
import java.util.function.BooleanSupplier;
import jenkins.model.Jenkins;

/** What a command tells of a run, and its exit status: 0 succeeded, 1 failed, 130 cancelled, as with the engine's own command line. */
final class RunOutcome {
    private static final int FAILED = 1;
    private static final int CANCELED = 130;

    private RunOutcome() {}

    /** One line for people and scripts: the run's id, its number, its address. A run that has just left the queue may not know its id yet. */
    static void announce(String runId, PipelineRun run, PrintStream out) {
        String root = Jenkins.get().getRootUrl();
        out.println(runId + " " + run.getParent().getFullName() + " #" + run.getNumber() + (root == null ? "" : " " + root + run.getUrl()));
    }

    /** Prints the log as it grows, until the run has ended. On the command's own thread, as with Jenkins' commands. */
    static void follow(PipelineRun run, BooleanSupplier ended, PrintStream out) throws IOException {
        long at = 0;
        boolean over;
        do {
            over = ended.getAsBoolean();
            if (run.getLogFile().exists()) { // a run that has just left the queue has none yet
                at = run.getLogText().writeLogTo(at, out);
            }
        } while (!over);
    }

    /** The run has ended. */
    static int tell(PipelineRun run, CLICommand command) {
        command.stdout.println(run.getFullDisplayName() + " " + run.getResult());
        return Result.SUCCESS.equals(run.getResult()) ? 0 : Result.ABORTED.equals(run.getResult()) ? CANCELED : FAILED;
    }
}
