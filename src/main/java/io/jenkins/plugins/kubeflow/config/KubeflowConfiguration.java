package io.jenkins.plugins.kubeflow.config;

import hudson.Extension;
import hudson.ExtensionList;
import java.util.List;
import jenkins.model.GlobalConfiguration;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;

/** What the administrator decides for all pipelines. Saved at once; export and import by configuration as code. */
@Extension
@Symbol("kubeflowPipelines")
public class KubeflowConfiguration extends GlobalConfiguration {
    private boolean localProcesses;
    private int parallelism;
    private int runsAtOnce;
    private boolean noFingerprints;

    public KubeflowConfiguration() {
        load();
    }

    public static KubeflowConfiguration get() {
        return ExtensionList.lookupSingleton(KubeflowConfiguration.class);
    }

    /**
     * Whether tasks may run as processes of the controller. Off by default: whoever can configure a pipeline could then run anything
     * as the user that Jenkins runs as. For trying out and for tests.
     */
    public boolean isLocalProcesses() {
        return localProcesses;
    }

    @DataBoundSetter
    public void setLocalProcesses(boolean allowed) {
        localProcesses = allowed;
        save();
    }

    /** How many tasks of all runs together may be on their way at once; 0 means as many processors as there are. */
    public int getParallelism() {
        return parallelism;
    }

    @DataBoundSetter
    public void setParallelism(int limit) {
        parallelism = Math.max(0, limit);
        save();
    }

    /** How many runs of all pipeline jobs together may be under way at once; 0 for no limit. */
    public int getRunsAtOnce() {
        return runsAtOnce;
    }

    @DataBoundSetter
    public void setRunsAtOnce(int limit) {
        runsAtOnce = Math.max(0, limit);
        save();
    }

    /** Whether files of artifacts get fingerprints, which link the runs that made them with those that used them. */
    public boolean isFingerprints() {
        return !noFingerprints;
    }

    /** For configuration as code; the form does not show them. */
    public List<ExperimentConfig> getExperiments() {
        return ExperimentsAsCode.current();
    }

    @DataBoundSetter
    public void setExperiments(List<ExperimentConfig> experiments) {
        ExperimentsAsCode.get().want(experiments);
    }

    @DataBoundSetter
    public void setFingerprints(boolean wanted) {
        noFingerprints = !wanted;
        save();
    }
}
