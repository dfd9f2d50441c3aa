package io.jenkins.plugins.kubeflow.experiment;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.XmlFile;
import hudson.model.Item;
import hudson.model.Saveable;
import hudson.model.TaskListener;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.RunListener;
import hudson.model.listeners.SaveableListener;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Keeps the run indexes of experiments up to date. A change that cannot be written is logged; the index can be made anew. */
@Restricted(NoExternalUse.class)
final class ExperimentListeners {
    private static final Logger LOGGER = Logger.getLogger(ExperimentListeners.class.getName());

    private ExperimentListeners() {}

    @FunctionalInterface
    private interface Change {
        void to(Experiment experiment) throws IOException;
    }

    private static void inExperimentOf(Item job, Change change) {
        if (job.getParent() instanceof Experiment experiment) {
            try {
                change.to(experiment);
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "the run table of " + experiment.getFullName() + " is not up to date");
            }
        }
    }

    /** Runs begin, end, go. */
    @Extension
    public static final class Runs extends RunListener<PipelineRun> {
        @Override
        public void onStarted(PipelineRun run, @NonNull TaskListener listener) {
            update(run);
        }

        @Override
        public void onFinalized(@NonNull PipelineRun run) {
            update(run);
        }

        @Override
        public void onDeleted(@NonNull PipelineRun run) {
            inExperimentOf(run.getParent(), experiment -> experiment.runs().remove(run.getRunId()));
        }

        static void update(PipelineRun run) {
            inExperimentOf(run.getParent(), experiment -> {
                if (!run.isGoing()) { // a run that is deleted while it runs ends after it has gone
                    experiment.runs().put(RunRows.of(run));
                }
            });
        }
    }

    /** Names and tags of runs change. */
    @Extension
    public static final class Records extends SaveableListener {
        @Override
        public void onChange(Saveable saved, XmlFile file) {
            if (saved instanceof PipelineRun run && run.hasBegun()) {
                Runs.update(run);
            }
        }
    }

    /** Jobs are renamed, moved, deleted. */
    @Extension
    public static final class Items extends ItemListener {
        @Override
        public void onDeleted(Item item) {
            if (item instanceof KubeflowPipeline) {
                inExperimentOf(item, experiment -> experiment.runs().removeJob(item.getName()));
            }
        }

        @Override
        public void onLocationChanged(Item item, String oldFullName, String newFullName) {
            if (!(item instanceof KubeflowPipeline)) {
                return;
            }
            int slash = oldFullName.lastIndexOf('/');
            Item before = slash < 0 ? null : Jenkins.get().getItemByFullName(oldFullName.substring(0, slash));
            if (before == null && item.getParent() instanceof Experiment now && newFullName.equals(now.getFullName() + "/" + item.getName())
                    && oldFullName.endsWith("/" + item.getName())) {
                return; // the experiment itself has moved, with its index
            }
            String oldName = oldFullName.substring(slash + 1);
            try {
                List<RunRow> moved = before instanceof Experiment experiment ? experiment.runs().removeJob(oldName) : List.of();
                if (item.getParent() instanceof Experiment experiment) {
                    if (before instanceof Experiment) {
                        experiment.runs().putAll(moved.stream().map(row -> row.withJob(item.getName())).toList());
                    } else {
                        experiment.runs().rebuild();
                    }
                }
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "the run tables of " + oldFullName + " and " + newFullName + " are not up to date");
            }
        }
    }
}
