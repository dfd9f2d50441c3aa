package io.jenkins.plugins.kubeflow.cloud;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.Job;
import hudson.util.FormValidation;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import jenkins.model.Jenkins;
import jenkins.model.OptionalJobProperty;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Where the artifacts of a job's runs go, unless a run says otherwise; an administrator names the places that can be chosen. */
public class PipelineRootJobProperty extends OptionalJobProperty<Job<?, ?>> {
    private final String root;

    @DataBoundConstructor
    public PipelineRootJobProperty(String root) {
        this.root = root == null ? "" : root.trim();
    }

    public String getRoot() {
        return root;
    }

    @Extension
    @Symbol("kubeflowPipelineRoot")
    public static class DescriptorImpl extends OptionalJobPropertyDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.PipelineRootJobProperty_displayName();
        }

        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends Job> type) {
            return KubeflowPipeline.class.isAssignableFrom(type);
        }

        @POST
        public FormValidation doCheckRoot(@AncestorInPath Item item, @QueryParameter String value) {
            boolean allowed = item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
            return allowed ? PipelineRoots.check(value) : FormValidation.ok();
        }
    }
}
