package io.jenkins.plugins.kubeflow.limit;

import hudson.Extension;
import hudson.model.Job;
import hudson.util.FormValidation;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import jenkins.model.OptionalJobProperty;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** At most so many runs of the job at once; the rest wait in the queue. */
public final class RunLimitJobProperty extends OptionalJobProperty<Job<?, ?>> {
    private final int runs;

    /** @param runs below 1 for no limit */
    @DataBoundConstructor
    public RunLimitJobProperty(int runs) {
        this.runs = Math.max(RunLimits.NONE, runs);
    }

    public int getRuns() {
        return runs;
    }

    @Extension
    @Symbol("kubeflowRunLimit")
    public static final class DescriptorImpl extends OptionalJobPropertyDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.RunLimitJobProperty_displayName();
        }

        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends Job> type) {
            return KubeflowPipeline.class.isAssignableFrom(type);
        }

        @POST
        public FormValidation doCheckRuns(@QueryParameter String value) {
            return FormValidation.validatePositiveInteger(value);
        }
    }
}
