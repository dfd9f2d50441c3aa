package io.jenkins.plugins.kubeflow.command;

import hudson.Extension;
import hudson.model.Item;
import io.jenkins.plugins.kubeflow.job.PipelineRun;

/** {@code kubeflow-stop}: cancels a run, as the button does; a second call kills what still runs. */
@Extension
public final class KubeflowStopCommand extends RunCommand {
    @Override
    public String getShortDescription() {
        return "Stops a run of a Kubeflow pipeline; called again, kills what still runs.";
    }

    @Override
    protected int run() throws Exception {
        PipelineRun run = find(Item.CANCEL);
        if (!run.isBuilding()) {
            stdout.println(run.getFullDisplayName() + " has ended already");
            return 0;
        }
        run.cancel();
        RunOutcome.announce(run.getRunId(), run, stdout);
        return 0;
    }
}
