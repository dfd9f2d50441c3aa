package io.jenkins.plugins.kubeflow.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.BulkChange;
import hudson.Util;
import hudson.triggers.Trigger;
import io.jenkins.plugins.kubeflow.cloud.CloudJobProperty;
import io.jenkins.plugins.kubeflow.cloud.PipelineRootJobProperty;
import io.jenkins.plugins.kubeflow.experiment.Experiment;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.PipelineDefinition;
import io.jenkins.plugins.kubeflow.limit.RunLimitJobProperty;
import io.jenkins.plugins.kubeflow.limit.RunLimits;
import io.jenkins.plugins.kubeflow.recurring.RecurringRun;
import io.jenkins.plugins.kubeflow.recurring.RecurringRuns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.BuildDiscarder;
import jenkins.model.BuildDiscarderProperty;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A pipeline job as configuration as code names it. What is left out is not there, on a job that exists already too. */
public final class PipelineConfig {
    private final String name;
    private final PipelineDefinition definition;
    private String description;
    private String cloud;
    private String pipelineRoot;
    private int runsAtOnce;
    private boolean disabled;
    private List<RecurringRun> recurringRuns = List.of();
    private List<Trigger<?>> triggers = List.of();
    private BuildDiscarder discarder;

    @DataBoundConstructor
    public PipelineConfig(String name, PipelineDefinition definition) {
        this.name = name;
        this.definition = definition;
    }

    /** What of a job can be said as code. */
    static PipelineConfig of(KubeflowPipeline job) {
        PipelineConfig config = new PipelineConfig(job.getName(), job.getDefinition());
        config.description = Util.fixEmpty(job.getDescription());
        CloudJobProperty chosen = job.getProperty(CloudJobProperty.class);
        config.cloud = chosen == null ? null : chosen.getCloud();
        PipelineRootJobProperty root = job.getProperty(PipelineRootJobProperty.class);
        config.pipelineRoot = root == null ? null : Util.fixEmpty(root.getRoot());
        RunLimitJobProperty limit = job.getProperty(RunLimitJobProperty.class);
        config.runsAtOnce = limit == null ? RunLimits.NONE : limit.getRuns();
        config.disabled = job.isDisabled();
        config.recurringRuns = RecurringRuns.of(job);
        config.triggers = List.copyOf(job.getTriggers().values());
        BuildDiscarderProperty kept = job.getProperty(BuildDiscarderProperty.class);
        config.discarder = kept == null ? null : kept.getStrategy();
        return config;
    }

    void put(Experiment experiment) throws IOException {
        var there = experiment.getItem(name);
        if (there != null && !(there instanceof KubeflowPipeline)) {
            throw new IOException("‘" + there.getFullName() + "’ is not a Kubeflow pipeline");
        }
        for (RecurringRun run : recurringRuns) {
            if (run.problem() != null) {
                throw new IOException("recurring run ‘" + run.getName() + "’ of ‘" + name + "’: " + run.problem());
            }
        }
        KubeflowPipeline job = there == null ? experiment.createProject(KubeflowPipeline.class, name) : (KubeflowPipeline) there;
        try (BulkChange bulk = new BulkChange(job)) {
            job.setDefinition(definition);
            job.setDescription(description);
            job.makeDisabled(disabled);
            job.removeProperty(CloudJobProperty.class);
            if (cloud != null) {
                job.addProperty(new CloudJobProperty(cloud));
            }
            job.removeProperty(PipelineRootJobProperty.class);
            if (pipelineRoot != null) {
                job.addProperty(new PipelineRootJobProperty(pipelineRoot));
            }
            job.removeProperty(RunLimitJobProperty.class);
            if (runsAtOnce > RunLimits.NONE) {
                job.addProperty(new RunLimitJobProperty(runsAtOnce));
            }
            job.removeProperty(RecurringRuns.class);
            if (!recurringRuns.isEmpty()) {
                job.addProperty(new RecurringRuns(recurringRuns));
            }
            job.setBuildDiscarder(discarder);
            job.setTriggers(triggers);
            bulk.commit();
        }
    }

    public String getName() {
        return name;
    }

    public PipelineDefinition getDefinition() {
        return definition;
    }

    @CheckForNull
    public String getDescription() {
        return description;
    }

    @DataBoundSetter
    public void setDescription(String text) {
        description = Util.fixEmptyAndTrim(text);
    }

    @CheckForNull
    public String getCloud() {
        return cloud;
    }

    @DataBoundSetter
    public void setCloud(String chosen) {
        cloud = Util.fixEmptyAndTrim(chosen);
    }

    /** Where artifacts go; null for what the cloud says. */
    @CheckForNull
    public String getPipelineRoot() {
        return pipelineRoot;
    }

    @DataBoundSetter
    public void setPipelineRoot(String root) {
        pipelineRoot = Util.fixEmptyAndTrim(root);
    }

    /** 0 for no limit. */
    public int getRunsAtOnce() {
        return runsAtOnce;
    }

    @DataBoundSetter
    public void setRunsAtOnce(int limit) {
        runsAtOnce = limit;
    }

    public boolean isDisabled() {
        return disabled;
    }

    @DataBoundSetter
    public void setDisabled(boolean off) {
        disabled = off;
    }

    public List<RecurringRun> getRecurringRuns() {
        return recurringRuns;
    }

    @DataBoundSetter
    public void setRecurringRuns(List<RecurringRun> runs) {
        recurringRuns = runs == null ? List.of() : List.copyOf(runs);
    }

    public List<Trigger<?>> getTriggers() {
        return new ArrayList<>(triggers);
    }

    @DataBoundSetter
    public void setTriggers(List<Trigger<?>> wanted) {
        triggers = wanted == null ? List.of() : List.copyOf(wanted);
    }

    /** Which runs are kept; null for all. */
    @CheckForNull
    public BuildDiscarder getDiscarder() {
        return discarder;
    }

    @DataBoundSetter
    public void setDiscarder(BuildDiscarder strategy) {
        discarder = strategy;
    }
}
