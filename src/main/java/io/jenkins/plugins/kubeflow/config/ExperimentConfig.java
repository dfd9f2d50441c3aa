package io.jenkins.plugins.kubeflow.config;

import com.cloudbees.hudson.plugins.folder.Folder;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.model.TopLevelItemDescriptor;
import io.jenkins.plugins.kubeflow.cloud.CloudFolderProperty;
import io.jenkins.plugins.kubeflow.cloud.PipelineRootFolderProperty;
import io.jenkins.plugins.kubeflow.experiment.Experiment;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.limit.RunLimitFolderProperty;
import io.jenkins.plugins.kubeflow.limit.RunLimits;
import java.io.IOException;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.model.ModifiableTopLevelItemGroup;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** An experiment as configuration as code names it, with its pipeline jobs; jobs that are not named stay as they are. */
public final class ExperimentConfig {
    private final String name;
    private String description;
    private String cloud;
    private String pipelineRoot;
    private int runsAtOnce;
    private boolean archived;
    private List<PipelineConfig> pipelines = List.of();

    /** @param name the full name; the folders above it must be there */
    @DataBoundConstructor
    public ExperimentConfig(String name) {
        this.name = name;
    }

    static ExperimentConfig of(Experiment experiment) {
        ExperimentConfig config = new ExperimentConfig(experiment.getFullName());
        config.description = Util.fixEmpty(experiment.getDescription());
        CloudFolderProperty chosen = experiment.getProperties().get(CloudFolderProperty.class);
        config.cloud = chosen == null ? null : chosen.getCloud();
        PipelineRootFolderProperty root = experiment.getProperties().get(PipelineRootFolderProperty.class);
        config.pipelineRoot = root == null ? null : Util.fixEmpty(root.getRoot());
        RunLimitFolderProperty limit = experiment.getProperties().get(RunLimitFolderProperty.class);
        config.runsAtOnce = limit == null ? RunLimits.NONE : limit.getRuns();
        config.archived = experiment.isArchived();
        config.pipelines = experiment.getItems(KubeflowPipeline.class::isInstance).stream()
                .map(KubeflowPipeline.class::cast)
                .filter(job -> job.getDefinition() != null)
                .map(PipelineConfig::of)
                .toList();
        return config;
    }

    void put() throws IOException {
        Experiment experiment = experiment();
        experiment.setDescription(description);
        experiment.getProperties().removeAll(CloudFolderProperty.class);
        if (cloud != null) {
            experiment.addProperty(new CloudFolderProperty(cloud));
        }
        experiment.getProperties().removeAll(PipelineRootFolderProperty.class);
        if (pipelineRoot != null) {
            experiment.addProperty(new PipelineRootFolderProperty(pipelineRoot));
        }
        experiment.getProperties().removeAll(RunLimitFolderProperty.class);
        if (runsAtOnce > RunLimits.NONE) {
            experiment.addProperty(new RunLimitFolderProperty(runsAtOnce));
        }
        experiment.save();
        for (PipelineConfig pipeline : pipelines) {
            pipeline.put(experiment);
        }
        if (experiment.isArchived() != archived) {
            experiment.setArchived(archived);
        }
    }

    private Experiment experiment() throws IOException {
        Item there = Jenkins.get().getItemByFullName(name);
        if (there instanceof Experiment experiment) {
            return experiment;
        }
        if (there != null) {
            throw new IOException("‘" + name + "’ is not an experiment");
        }
        int slash = name.lastIndexOf('/');
        ModifiableTopLevelItemGroup parent = slash < 0 ? Jenkins.get() : Jenkins.get().getItemByFullName(name.substring(0, slash), Folder.class);
        if (parent == null) {
            throw new IOException("experiment ‘" + name + "’: there is no folder ‘" + name.substring(0, slash) + "’");
        }
        TopLevelItemDescriptor type = Jenkins.get().getDescriptorByType(Experiment.DescriptorImpl.class);
        Jenkins.checkGoodName(name.substring(slash + 1));
        return (Experiment) parent.createProject(type, name.substring(slash + 1), true);
    }

    public String getName() {
        return name;
    }

    @CheckForNull
    public String getDescription() {
        return description;
    }

    @DataBoundSetter
    public void setDescription(String text) {
        description = Util.fixEmptyAndTrim(text);
    }

    /** In which its runs take place, unless a job or a run says otherwise. */
    @CheckForNull
    public String getCloud() {
        return cloud;
    }

    @DataBoundSetter
    public void setCloud(String chosen) {
        cloud = Util.fixEmptyAndTrim(chosen);
    }

    /** Where artifacts go, unless a job or a run says otherwise; null for what folders above or the cloud say. */
    @CheckForNull
    public String getPipelineRoot() {
        return pipelineRoot;
    }

    @DataBoundSetter
    public void setPipelineRoot(String root) {
        pipelineRoot = Util.fixEmptyAndTrim(root);
    }

    /** Of all its jobs together; 0 for no limit. */
    public int getRunsAtOnce() {
        return runsAtOnce;
    }

    @DataBoundSetter
    public void setRunsAtOnce(int limit) {
        runsAtOnce = limit;
    }

    public boolean isArchived() {
        return archived;
    }

    @DataBoundSetter
    public void setArchived(boolean away) {
        archived = away;
    }

    public List<PipelineConfig> getPipelines() {
        return pipelines;
    }

    @DataBoundSetter
    public void setPipelines(List<PipelineConfig> wanted) {
        pipelines = wanted == null ? List.of() : List.copyOf(wanted);
    }
}
