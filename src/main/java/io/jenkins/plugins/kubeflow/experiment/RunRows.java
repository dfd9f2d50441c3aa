package io.jenkins.plugins.kubeflow.experiment;

import hudson.Util;
import hudson.model.Cause;
import hudson.model.ParametersAction;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import io.jenkins.plugins.kubeflow.recurring.RecurringRunCause;
import io.jenkins.plugins.kubeflow.registry.PipelineVersionAction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Makes rows of run tables: of a run that Jenkins has in its hands, or of all runs that lie on disk. */
final class RunRows {
    private static final Logger LOGGER = Logger.getLogger(RunRows.class.getName());

    private RunRows() {}

    static RunRow of(PipelineRun run) throws IOException {
        RunSummary summary = RunSummary.read(run.directory());
        boolean over = !run.isBuilding();
        RunTags tags = RunTags.of(run);
        PipelineVersionAction registered = run.getAction(PipelineVersionAction.class);
        RecurringRunCause cause = run.getCause(RecurringRunCause.class);
        return new RunRow(
                run.getRunId(),
                run.getParent().getName(),
                run.getNumber(),
                run.hasCustomDisplayName() ? run.getDisplayName() : null,
                over ? state(run.getResult()) : "RUNNING",
                run.getStartTimeInMillis(),
                over ? run.getStartTimeInMillis() + run.getDuration() : 0,
                summary == null ? null : summary.pipeline(),
                registered == null ? run.request().getVersion() : registered.getVersion(),
                cause == null ? null : cause.getName(),
                startedBy(run),
                tags.isArchived(),
                tags.getTags(),
                summary == null ? given(run) : summary.parameters(),
                summary == null ? Map.of() : summary.metrics());
    }

    /** What the run was started with, as long as it has not got further. */
    private static Map<String, String> given(PipelineRun run) {
        Map<String, String> given = new LinkedHashMap<>();
        ParametersAction action = run.getAction(ParametersAction.class);
        if (action != null) {
            action.getParameters().forEach(value -> given.put(value.getName(), RunSummary.text(String.valueOf(value.getValue()))));
        }
        return given;
    }

    private static String state(Result result) {
        if (result == null || result.equals(Result.SUCCESS)) {
            return "SUCCEEDED";
        }
        return result.equals(Result.ABORTED) ? "CANCELED" : "FAILED";
    }

    private static String startedBy(PipelineRun run) {
        for (Cause cause : run.getCauses()) {
            if (cause instanceof Cause.UserIdCause user) {
                return user.getUserName();
            }
        }
        List<Cause> causes = run.getCauses();
        return causes.isEmpty() ? null : causes.get(0).getShortDescription();
    }

    /** All runs of an experiment's pipelines; loads them one after the other, which is slow and needed only when the index is lost. */
    static List<RunRow> of(Experiment experiment) {
        List<RunRow> rows = new ArrayList<>();
        List<KubeflowPipeline> jobs;
        try (ACLContext all = ACL.as2(ACL.SYSTEM2)) {
            jobs = Util.filter(experiment.getItems(), KubeflowPipeline.class);
        }
        for (KubeflowPipeline job : jobs) {
            for (PipelineRun run : job.getBuilds()) {
                try {
                    rows.add(of(run));
                } catch (IOException e) {
                    LOGGER.log(Level.WARNING, e, () -> run.getFullDisplayName() + " cannot be listed");
                }
            }
        }
        return rows;
    }
}
