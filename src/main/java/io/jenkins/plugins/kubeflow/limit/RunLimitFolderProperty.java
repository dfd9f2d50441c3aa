package io.jenkins.plugins.kubeflow.limit;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import com.cloudbees.hudson.plugins.folder.AbstractFolderPropertyDescriptor;
import hudson.Extension;
import hudson.util.FormValidation;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** At most so many runs at once of all pipelines below a folder (an experiment is one), whatever its jobs say of their own. */
public final class RunLimitFolderProperty extends AbstractFolderProperty<AbstractFolder<?>> {
    private final int runs;

    /** @param runs below 1 for no limit */
    @DataBoundConstructor
    public RunLimitFolderProperty(int runs) {
        this.runs = Math.max(RunLimits.NONE, runs);
    }

    public int getRuns() {
        return runs;
    }

    @Extension
    @Symbol("kubeflowRunLimit")
    public static final class DescriptorImpl extends AbstractFolderPropertyDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.RunLimitFolderProperty_displayName();
        }

        @POST
        public FormValidation doCheckRuns(@QueryParameter String value) {
            return FormValidation.validateNonNegativeInteger(value);
        }
    }
}
