package io.jenkins.plugins.kubeflow.cloud;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import com.cloudbees.hudson.plugins.folder.AbstractFolderPropertyDescriptor;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.util.FormValidation;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Where the artifacts of all runs below a folder (an experiment is one) go, unless a job or a run says otherwise. Empty says nothing. */
public class PipelineRootFolderProperty extends AbstractFolderProperty<AbstractFolder<?>> {
    private final String root;

    @DataBoundConstructor
    public PipelineRootFolderProperty(String root) {
        this.root = root == null ? "" : root.trim();
    }

    public String getRoot() {
        return root;
    }

    /** What the nearest folder above says; null when none does. */
    @CheckForNull
    static String nearest(Item item) {
        for (ItemGroup<?> group = item.getParent(); group instanceof AbstractFolder<?> folder; group = folder.getParent()) {
            PipelineRootFolderProperty property = folder.getProperties().get(PipelineRootFolderProperty.class);
            if (property != null && !property.getRoot().isEmpty()) {
                return property.getRoot();
            }
        }
        return null;
    }

    @Extension
    @Symbol("kubeflowPipelineRoot")
    public static class DescriptorImpl extends AbstractFolderPropertyDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.PipelineRootFolderProperty_displayName();
        }

        @POST
        public FormValidation doCheckRoot(@AncestorInPath Item item, @QueryParameter String value) {
            boolean allowed = item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
            return allowed ? PipelineRoots.check(value) : FormValidation.ok();
        }
    }
}
