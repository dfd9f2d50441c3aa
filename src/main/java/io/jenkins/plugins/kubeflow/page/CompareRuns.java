package io.jenkins.plugins.kubeflow.page;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Item;
import io.jenkins.plugins.kubeflow.experiment.Experiment;
import io.jenkins.plugins.kubeflow.experiment.RunQuery;
import io.jenkins.plugins.kubeflow.experiment.RunRow;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;

/** Where compare pages are: below a job, whose runs go by number, and below an experiment, whose runs go by their ids. */
final class CompareRuns {
    private static final int NEWEST = 50;

    private CompareRuns() {}

    private record OfJob(KubeflowPipeline job) implements ComparePage.Runs {
        @Override
        public PipelineRun get(String id) {
            return id.matches("[1-9][0-9]{0,8}") ? job.getBuildByNumber(Integer.parseInt(id)) : null;
        }

        @Override
        public List<ComparePage.Choice> newest() {
            return RecentRuns.of(job, NEWEST).stream()
                    .map(run -> new ComparePage.Choice(Integer.toString(run.number()), "#" + run.number(), run.facts().state()))
                    .toList();
        }
    }

    private record OfExperiment(Experiment experiment) implements ComparePage.Runs {
        @Override
        public PipelineRun get(String id) throws IOException {
            RunRow row = experiment.runs().get(id);
            return row != null && experiment.getItem(row.job()) instanceof KubeflowPipeline job ? job.getBuildByNumber(row.number()) : null;
        }

        @Override
        public List<ComparePage.Choice> newest() throws IOException {
            return experiment.runs().find(RunQuery.NEWEST, this::visible).rows().stream()
                    .map(row -> new ComparePage.Choice(row.runId(), row.name(), row.state()))
                    .toList();
        }

        private boolean visible(RunRow row) {
            return experiment.getItem(row.job()) instanceof KubeflowPipeline job && job.hasPermission(Item.READ);
        }
    }

    @Extension
    public static final class JobFactory extends TransientActionFactory<KubeflowPipeline> {
        @Override
        public Class<KubeflowPipeline> type() {
            return KubeflowPipeline.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull KubeflowPipeline job) {
            return List.of(new ComparePage(job, new OfJob(job)), new TrendPage(job));
        }
    }

    @Extension
    public static final class ExperimentFactory extends TransientActionFactory<Experiment> {
        @Override
        public Class<Experiment> type() {
            return Experiment.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull Experiment experiment) {
            return List.of(new ComparePage(experiment, new OfExperiment(experiment)));
        }
    }
}
