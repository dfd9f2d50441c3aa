package io.jenkins.plugins.kubeflow.command;

import hudson.AbortException;
import hudson.cli.CLICommand;
import hudson.security.Permission;
import io.jenkins.plugins.kubeflow.experiment.RunPlace;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import jenkins.model.Jenkins;
import org.kohsuke.args4j.Argument;

/** Commands on one run, which is named by its job and its number or id. */
abstract class RunCommand extends CLICommand {
    @Argument(metaVar = "JOB", required = true, usage = "Full name of a pipeline job")
    private String job;

    @Argument(index = 1, metaVar = "RUN", required = true, usage = "Number or id of the run")
    private String number;

    /** Runs looked at for an id, the newest first. */
    private static final int SEARCHED = 10_000;

    final PipelineRun find(Permission permission) throws AbortException {
        KubeflowPipeline item = RunPlace.named(job, Jenkins.get());
        item.checkPermission(permission);
        PipelineRun run = number.matches("\\d{1,9}") ? item.getBuildByNumber(Integer.parseInt(number)) : byId(item);
        if (run == null) {
            throw new AbortException("‘" + item.getFullName() + "’ has no run ‘" + number + "’");
        }
        return run;
    }

    private PipelineRun byId(KubeflowPipeline item) {
        int left = SEARCHED;
        for (PipelineRun run = item.getLastBuild(); run != null && left-- > 0; run = run.getPreviousBuild()) {
            if (run.getRunId().equals(number)) {
                return run;
            }
        }
        return null;
    }
}
