package io.jenkins.plugins.kubeflow.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.DataBoundSetter;

/** What the steps that start a run have in common. */
public abstract class RunStep extends Step {
    private String file;
    private String text;
    private String experiment;
    private String cloud;
    private String pipelineRoot;
    private String name;
    private boolean cache = true;

    @CheckForNull
    public String getFile() {
        return file;
    }

    @DataBoundSetter
    public void setFile(String path) {
        file = Util.fixEmptyAndTrim(path);
    }

    @CheckForNull
    public String getText() {
        return text;
    }

    @DataBoundSetter
    public void setText(String yaml) {
        text = Util.fixEmptyAndTrim(yaml);
    }

    @CheckForNull
    public String getExperiment() {
        return experiment;
    }

    @DataBoundSetter
    public void setExperiment(String value) {
        experiment = Util.fixEmptyAndTrim(value);
    }

    @CheckForNull
    public String getCloud() {
        return cloud;
    }

    @DataBoundSetter
    public void setCloud(String value) {
        cloud = Util.fixEmptyAndTrim(value);
    }

    /** Where the artifacts go; null for what the job or the cloud says. */
    @CheckForNull
    public String getPipelineRoot() {
        return pipelineRoot;
    }

    @DataBoundSetter
    public void setPipelineRoot(String value) {
        pipelineRoot = Util.fixEmptyAndTrim(value);
    }

    @CheckForNull
    public String getName() {
        return name;
    }

    @DataBoundSetter
    public void setName(String value) {
        name = Util.fixEmptyAndTrim(value);
    }

    public boolean isCache() {
        return cache;
    }

    @DataBoundSetter
    public void setCache(boolean value) {
        cache = value;
    }

    final StepRequest request(@CheckForNull Map<String, Object> parameters) {
        StepRequest request = new StepRequest();
        request.file = file;
        request.text = text;
        request.experiment = experiment;
        request.cloud = cloud;
        request.pipelineRoot = pipelineRoot;
        request.name = name;
        request.cache = cache;
        request.parameters = Plain.map(parameters == null ? new LinkedHashMap<>() : parameters);
        return request;
    }

    /** Functions that take a build and its log. */
    abstract static class RunStepDescriptor extends StepDescriptor {
        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
