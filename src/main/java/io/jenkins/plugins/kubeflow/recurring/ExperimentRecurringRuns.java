package io.jenkins.plugins.kubeflow.recurring;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Api;
import hudson.model.Item;
import io.jenkins.plugins.kubeflow.experiment.Experiment;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The page {@code recurring-runs} of an experiment: those of all its jobs that the user may read; they are changed on their jobs' pages. */
@ExportedBean
@Restricted(NoExternalUse.class)
public final class ExperimentRecurringRuns implements Action, StaplerProxy {
    private final Experiment experiment;

    ExperimentRecurringRuns(Experiment experiment) {
        this.experiment = experiment;
    }

    public Experiment getExperiment() {
        return experiment;
    }

    @Override
    public String getIconFileName() {
        return experiment.hasPermission(Item.READ) ? "symbol-calendar-outline plugin-ionicons-api" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.RecurringRuns_displayName();
    }

    @Override
    public String getUrlName() {
        return "recurring-runs";
    }

    @Override
    public Object getTarget() {
        experiment.checkPermission(Item.READ);
        return this;
    }

    public Api getApi() {
        return new Api(this);
    }

    @Exported(name = "recurringRuns")
    public List<RecurringRunPage> getRows() {
        return experiment.getItems().stream()
                .filter(KubeflowPipeline.class::isInstance)
                .map(KubeflowPipeline.class::cast)
                .flatMap(job -> RecurringRuns.of(job).stream().map(run -> new RecurringRunPage(job, run)))
                .toList();
    }

    /** Every experiment has the page. */
    @Extension
    public static final class Factory extends TransientActionFactory<Experiment> {
        @Override
        public Class<Experiment> type() {
            return Experiment.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull Experiment experiment) {
            return List.of(new ExperimentRecurringRuns(experiment));
        }
    }
}
