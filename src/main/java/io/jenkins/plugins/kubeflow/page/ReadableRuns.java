package io.jenkins.plugins.kubeflow.page;

import hudson.model.Item;
import io.jenkins.plugins.kubeflow.engine.compare.RunFacts;
import io.jenkins.plugins.kubeflow.engine.report.OtherRuns;
import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import io.jenkins.plugins.kubeflow.experiment.Experiment;
import io.jenkins.plugins.kubeflow.experiment.RunQuery;
import io.jenkins.plugins.kubeflow.experiment.RunRow;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;

/**
 * What a run's page knows of other runs: the newest of its own job, then the newest of its experiment's other jobs, as far as whoever
 * looks may read those. No build is loaded for it.
 */
final class ReadableRuns implements OtherRuns {
    private static final int OF_THE_JOB = 20;

    private final KubeflowPipeline job;
    private final int number;

    ReadableRuns(PipelineRun run) {
        this.job = run.getParent();
        this.number = run.getNumber();
    }

    @Override
    public List<Other> newest() throws IOException {
        List<Other> runs = new ArrayList<>();
        for (RecentRuns.Recent recent : RecentRuns.of(job, OF_THE_JOB + 1)) {
            if (recent.number() != number && runs.size() < OF_THE_JOB) {
                runs.add(other(job, recent.number(), "#" + recent.number(), recent.facts()));
            }
        }
        if (job.getParent() instanceof Experiment experiment) {
            RunQuery query = RunQuery.NEWEST.withSize(MOST - runs.size());
            for (RunRow row : experiment.runs().find(query, row -> !row.job().equals(job.getName()) && readable(experiment, row) != null).rows()) {
                Other other = other(experiment, row);
                if (other != null) {
                    runs.add(other);
                }
            }
        }
        return runs;
    }

    @Override
    public Other find(String runId) throws IOException {
        Other near = OtherRuns.super.find(runId);
        if (near == null && job.getParent() instanceof Experiment experiment) {
            RunRow row = experiment.runs().get(runId);
            return row == null ? null : other(experiment, row);
        }
        return near;
    }

    private static KubeflowPipeline readable(Experiment experiment, RunRow row) {
        return experiment.getItem(row.job()) instanceof KubeflowPipeline other && other.hasPermission(Item.READ) ? other : null;
    }

    private static Other other(Experiment experiment, RunRow row) {
        KubeflowPipeline owner = readable(experiment, row);
        RunFacts facts = owner == null ? null : RecentRuns.read(new RunDirectory(owner.getBuildDir().toPath().resolve(row.number() + "/kubeflow")));
        return facts == null ? null : other(owner, row.number(), row.job() + " #" + row.number(), facts);
    }

    private static Other other(KubeflowPipeline job, int number, String label, RunFacts facts) {
        return new Other(label, Jenkins.get().getRootUrlFromRequest() + job.getUrl() + number + "/graph/", facts);
    }
}
