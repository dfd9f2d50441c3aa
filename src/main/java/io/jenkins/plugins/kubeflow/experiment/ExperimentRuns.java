package io.jenkins.plugins.kubeflow.experiment;

import hudson.model.Api;
import hudson.model.Item;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** An experiment's runs for scripts, at {@code runs/api/json}: what the table takes as parameters of its address, this takes too. */
@ExportedBean
@Restricted(NoExternalUse.class)
public final class ExperimentRuns implements StaplerProxy {
    private final Experiment experiment;

    ExperimentRuns(Experiment experiment) {
        this.experiment = experiment;
    }

    @Override
    public Object getTarget() {
        experiment.checkPermission(Item.READ);
        return this;
    }

    public Api getApi() {
        return new Api(this);
    }

    private RunIndex.Page page() throws IOException {
        return RunTable.page(experiment, Stapler.getCurrentRequest2());
    }

    /** How many there are that fit, over all pages. */
    @Exported
    public int getTotal() throws IOException {
        return page().total();
    }

    @Exported
    public List<Row> getRuns() throws IOException {
        return page().rows().stream().map(row -> new Row(experiment, row)).toList();
    }

    /** One run. */
    @ExportedBean(defaultVisibility = 2)
    @Restricted(NoExternalUse.class)
    public static final class Row {
        private final Experiment experiment;
        private final RunRow row;

        Row(Experiment experiment, RunRow row) {
            this.experiment = experiment;
            this.row = row;
        }

        @Exported
        public String getRunId() {
            return row.runId();
        }

        @Exported
        public String getJob() {
            return experiment.getFullName() + "/" + row.job();
        }

        @Exported
        public int getNumber() {
            return row.number();
        }

        @Exported
        public String getName() {
            return row.name();
        }

        /** Relative to Jenkins' root. */
        @Exported
        public String getUrl() {
            return experiment.getUrl() + "job/" + hudson.Util.rawEncode(row.job()) + "/" + row.number() + "/";
        }

        @Exported
        public String getState() {
            return row.state();
        }

        @Exported
        public String getCreated() {
            return Instant.ofEpochMilli(row.created()).toString();
        }

        /** Null while it runs. */
        @Exported
        public String getEnded() {
            return row.isOver() ? Instant.ofEpochMilli(row.ended()).toString() : null;
        }

        @Exported
        public String getPipeline() {
            return row.pipeline();
        }

        @Exported
        public String getVersion() {
            return row.version();
        }

        @Exported
        public String getRecurringRun() {
            return row.recurringRun();
        }

        @Exported
        public String getStartedBy() {
            return row.startedBy();
        }

        @Exported
        public boolean isArchived() {
            return row.archived();
        }

        @Exported
        public List<String> getTags() {
            return row.tags();
        }

        @Exported
        public Map<String, String> getParameters() {
            return row.parameters();
        }

        @Exported
        public Map<String, Double> getMetrics() {
            return row.metrics();
        }
    }
}
