package io.jenkins.plugins.kubeflow.experiment;

import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** What can be done with the runs that were ticked in an experiment's table. A run that is gone or may not be changed refuses all. */
@Restricted(NoExternalUse.class)
public final class RunSelection {
    private final Experiment experiment;

    RunSelection(Experiment experiment) {
        this.experiment = experiment;
    }

    @FunctionalInterface
    private interface Change {
        void to(PipelineRun run) throws IOException;
    }

    /** {@code action}: tag, untag, archive or restore. */
    @RequirePOST
    public HttpResponse doChange(StaplerRequest2 request, @QueryParameter String action, @QueryParameter String tag) throws IOException {
        experiment.checkPermission(Item.READ);
        Change change;
        try {
            change = switch (action) {
                case "tag" -> {
                    String text = RunTags.checked(tag);
                    yield run -> RunTags.add(run, text);
                }
                case "untag" -> {
                    String text = RunTags.checked(tag);
                    yield run -> RunTags.remove(run, text);
                }
                case "archive" -> run -> RunTags.archive(run, true);
                case "restore" -> run -> RunTags.archive(run, false);
                default -> throw new IllegalArgumentException("‘" + action + "’ is nothing that can be done with runs");
            };
        } catch (IllegalArgumentException e) {
            return HttpResponses.error(400, e.getMessage());
        }
        List<PipelineRun> chosen = new ArrayList<>();
        String[] ids = request.getParameterValues("run");
        for (String id : ids == null ? new String[0] : ids) {
            PipelineRun run = run(id);
            if (run == null) {
                return HttpResponses.error(404, "there is no run ‘" + id + "’ in this experiment");
            }
            run.checkPermission(Run.UPDATE);
            chosen.add(run);
        }
        for (PipelineRun run : chosen) {
            change.to(run);
        }
        return HttpResponses.redirectTo("..");
    }

    private PipelineRun run(String id) throws IOException {
        RunRow row = experiment.runs().get(id);
        return row != null && experiment.getItem(row.job()) instanceof KubeflowPipeline job ? job.getBuildByNumber(row.number()) : null;
    }
}
