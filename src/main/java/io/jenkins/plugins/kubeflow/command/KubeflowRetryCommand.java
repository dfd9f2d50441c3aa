package io.jenkins.plugins.kubeflow.command;

import hudson.Extension;
import hudson.model.Item;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import io.jenkins.plugins.kubeflow.job.RunStarter;
import java.io.InterruptedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.kohsuke.args4j.Option;

/** {@code kubeflow-retry}: runs again what failed and what depends on it. */
@Extension
public final class KubeflowRetryCommand extends RunCommand {
    @Option(name = "-p", metaVar = "NAME=VALUE", usage = "A parameter to change")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(name = "-s", usage = "Wait for the end; the exit status is 0 (succeeded), 1 (failed) or 130 (cancelled)")
    private boolean wait;

    @Option(name = "-v", usage = "With -s: print the run's log")
    private boolean log;

    @Override
    public String getShortDescription() {
        return "Runs a failed run of a Kubeflow pipeline again, from where it failed.";
    }

    /** Waits for a moment. */
    private static boolean ended(PipelineRun run) {
        try {
            return run.awaitEnd(1);
        } catch (InterruptedIOException e) {
            return true;
        }
    }

    @Override
    protected int run() throws Exception {
        PipelineRun run = find(Item.BUILD);
        RunStarter.retry(run, parameters);
        RunOutcome.announce(run.getRunId(), run, stdout);
        if (!wait) {
            return 0;
        }
        if (log) {
            RunOutcome.follow(run, () -> ended(run), stdout);
        }
        run.awaitEnd(Long.MAX_VALUE);
        return RunOutcome.tell(run, this);
    }
}
