package io.jenkins.plugins.kubeflow.cloud;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.Job;
import hudson.util.ComboBoxModel;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import jenkins.model.Jenkins;
import jenkins.model.OptionalJobProperty;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.verb.POST;

/** The cloud in which the runs of a job take place, unless a run says otherwise. */
public class CloudJobProperty extends OptionalJobProperty<Job<?, ?>> {
    private final String cloud;

    @DataBoundConstructor
    public CloudJobProperty(String cloud) {
        this.cloud = cloud == null ? "" : cloud.trim();
    }

    public String getCloud() {
        return cloud;
    }

    @Extension
    @Symbol("kubeflowCloud")
    public static class DescriptorImpl extends OptionalJobPropertyDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.CloudJobProperty_displayName();
        }

        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends Job> type) {
            return KubeflowPipeline.class.isAssignableFrom(type);
        }

        @POST
        public ComboBoxModel doFillCloudItems(@AncestorInPath Item item) {
            boolean allowed = item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
            return new ComboBoxModel(allowed ? PipelineClouds.names() : java.util.List.of());
        }
    }
}
