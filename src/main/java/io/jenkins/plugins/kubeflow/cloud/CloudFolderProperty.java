package io.jenkins.plugins.kubeflow.cloud;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import com.cloudbees.hudson.plugins.folder.AbstractFolderPropertyDescriptor;
import hudson.Extension;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** The cloud of all pipelines below a folder (an experiment is one), unless a job or run says otherwise. Empty says nothing. */
public class CloudFolderProperty extends AbstractFolderProperty<AbstractFolder<?>> {
    private final String cloud;

    @DataBoundConstructor
    public CloudFolderProperty(String cloud) {
        this.cloud = cloud == null ? "" : cloud.trim();
    }

    public String getCloud() {
        return cloud;
    }

    @Extension
    @Symbol("kubeflowCloud")
    public static class DescriptorImpl extends AbstractFolderPropertyDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.CloudFolderProperty_displayName();
        }
    }
}
