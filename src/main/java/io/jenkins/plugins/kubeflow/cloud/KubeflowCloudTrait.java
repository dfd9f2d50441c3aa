package io.jenkins.plugins.kubeflow.cloud;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.fabric8.kubernetes.api.model.Quantity;
import io.jenkins.plugins.kubeflow.engine.pod.PodOptions;
import io.jenkins.plugins.kubeflow.engine.pod.PodRetention;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesCloudTrait;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesCloudTraitDescriptor;
import org.csanchez.jenkins.plugins.kubernetes.PodTemplateUtils;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * Lets pipelines run in a Kubernetes cloud, and says how. A cloud without it runs agents only. Null or empty settings are the
 * engine's defaults ({@link PodOptions}); lists are texts with an entry per line.
 */
public class KubeflowCloudTrait extends KubernetesCloudTrait {
    private boolean enabled = true;
    private String namespace;
    private String serviceAccount;
    private String helperImage;
    private PodRetention retention = PodRetention.NEVER;
    private int parallelism;
    private String inheritFrom;
    private String yaml;
    private String pipCache;
    private String pythonEnvironments;
    private String images;
    private String allowedImages;
    private String allowedServiceAccounts;
    private String ceilings;
    private String defaultRequests;
    private boolean hostAccess;
    private boolean restricted;
    private String pipelineRoot;
    private String storeEndpoint;
    private String storeRegion;
    private String storeCredentialsId;
    private boolean storePodIdentity;
    private String storeRole;
    private boolean storeVirtualHosts;
    private String storeUris;

    @DataBoundConstructor
    public KubeflowCloudTrait() {}

    public boolean isEnabled() {
        return enabled;
    }

    @DataBoundSetter
    public void setEnabled(boolean value) {
        enabled = value;
    }

    /** Null for the namespace of the cloud. */
    @CheckForNull
    public String getNamespace() {
        return namespace;
    }

    @DataBoundSetter
    public void setNamespace(String value) {
        namespace = Util.fixEmptyAndTrim(value);
    }

    @CheckForNull
    public String getServiceAccount() {
        return serviceAccount;
    }

    @DataBoundSetter
    public void setServiceAccount(String value) {
        serviceAccount = Util.fixEmptyAndTrim(value);
    }

    @CheckForNull
    public String getHelperImage() {
        return helperImage;
    }

    @DataBoundSetter
    public void setHelperImage(String value) {
        helperImage = Util.fixEmptyAndTrim(value);
    }

    public PodRetention getRetention() {
        return retention;
    }

    @DataBoundSetter
    public void setRetention(PodRetention value) {
        retention = value == null ? PodRetention.NEVER : value;
    }

    /** Pods at a time in this cloud; 0 is no limit. */
    public int getParallelism() {
        return parallelism;
    }

    @DataBoundSetter
    public void setParallelism(int value) {
        parallelism = Math.max(0, value);
    }

    /** The name of a pod template of the cloud, of which the YAML is the base of each pod. */
    @CheckForNull
    public String getInheritFrom() {
        return inheritFrom;
    }

    @DataBoundSetter
    public void setInheritFrom(String value) {
        inheritFrom = Util.fixEmptyAndTrim(value);
    }

    /** What each pod starts from, merged over the template's YAML. */
    @CheckForNull
    public String getYaml() {
        return yaml;
    }

    @DataBoundSetter
    public void setYaml(String value) {
        yaml = Util.fixEmptyAndTrim(value);
    }

    /** A claim that keeps Python environments between steps. */
    @CheckForNull
    public String getPipCache() {
        return pipCache;
    }

    @DataBoundSetter
    public void setPipCache(String value) {
        pipCache = Util.fixEmptyAndTrim(value);
    }

    /** A claim with a directory per Python environment that was prepared. */
    @CheckForNull
    public String getPythonEnvironments() {
        return pythonEnvironments;
    }

    @DataBoundSetter
    public void setPythonEnvironments(String value) {
        pythonEnvironments = Util.fixEmptyAndTrim(value);
    }

    /** Other images in place of those that components name: {@code from=to} lines, each side may end with {@code *}. */
    @CheckForNull
    public String getImages() {
        return images;
    }

    @DataBoundSetter
    public void setImages(String value) {
        images = Util.fixEmptyAndTrim(value);
    }

    @CheckForNull
    public String getAllowedImages() {
        return allowedImages;
    }

    @DataBoundSetter
    public void setAllowedImages(String value) {
        allowedImages = Util.fixEmptyAndTrim(value);
    }

    @CheckForNull
    public String getAllowedServiceAccounts() {
        return allowedServiceAccounts;
    }

    @DataBoundSetter
    public void setAllowedServiceAccounts(String value) {
        allowedServiceAccounts = Util.fixEmptyAndTrim(value);
    }

    @CheckForNull
    public String getCeilings() {
        return ceilings;
    }

    @DataBoundSetter
    public void setCeilings(String value) {
        ceilings = Util.fixEmptyAndTrim(value);
    }

    @CheckForNull
    public String getDefaultRequests() {
        return defaultRequests;
    }

    @DataBoundSetter
    public void setDefaultRequests(String value) {
        defaultRequests = Util.fixEmptyAndTrim(value);
    }

    public boolean isHostAccess() {
        return hostAccess;
    }

    @DataBoundSetter
    public void setHostAccess(boolean value) {
        hostAccess = value;
    }

    public boolean isRestricted() {
        return restricted;
    }

    @DataBoundSetter
    public void setRestricted(boolean value) {
        restricted = value;
    }

    /** Where artifacts of runs go that say nothing else: {@code s3://…}, {@code minio://…}, {@code pvc://…}; null for the build's directory. */
    @CheckForNull
    public String getPipelineRoot() {
        return pipelineRoot;
    }

    @DataBoundSetter
    public void setPipelineRoot(String value) {
        pipelineRoot = Util.fixEmptyAndTrim(value);
    }

    /** Null for Amazon. */
    @CheckForNull
    public String getStoreEndpoint() {
        return storeEndpoint;
    }

    @DataBoundSetter
    public void setStoreEndpoint(String value) {
        storeEndpoint = Util.fixEmptyAndTrim(value);
    }

    @CheckForNull
    public String getStoreRegion() {
        return storeRegion;
    }

    @DataBoundSetter
    public void setStoreRegion(String value) {
        storeRegion = Util.fixEmptyAndTrim(value);
    }

    /** The access key is the user name, the secret key the password; or the JSON key of a Google service account. */
    @CheckForNull
    public String getStoreCredentialsId() {
        return storeCredentialsId;
    }

    @DataBoundSetter
    public void setStoreCredentialsId(String value) {
        storeCredentialsId = Util.fixEmptyAndTrim(value);
    }

    /** Whether the credentials are those that the service account of the Pods has in the store. */
    public boolean isStorePodIdentity() {
        return storePodIdentity;
    }

    @DataBoundSetter
    public void setStorePodIdentity(boolean value) {
        storePodIdentity = value;
    }

    /** The role that it takes; null for what the cluster tells its Pods. */
    @CheckForNull
    public String getStoreRole() {
        return storeRole;
    }

    @DataBoundSetter
    public void setStoreRole(String value) {
        storeRole = Util.fixEmptyAndTrim(value);
    }

    public boolean isStoreVirtualHosts() {
        return storeVirtualHosts;
    }

    @DataBoundSetter
    public void setStoreVirtualHosts(boolean value) {
        storeVirtualHosts = value;
    }

    /** Further places that runs may read and have as their pipeline root, one a line. */
    @CheckForNull
    public String getStoreUris() {
        return storeUris;
    }

    @DataBoundSetter
    public void setStoreUris(String value) {
        storeUris = Util.fixEmptyAndTrim(value);
    }

    @Extension
    @Symbol("kubeflowPipelines")
    public static class DescriptorImpl extends KubernetesCloudTraitDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.KubeflowCloudTrait_displayName();
        }

        /** Pipelines may run in a cloud only where an administrator says so. */
        @Override
        public Optional<KubernetesCloudTrait> getDefaultTrait() {
            return Optional.empty();
        }

        @POST
        public FormValidation doCheckYaml(@QueryParameter String value) {
            if (!Jenkins.get().hasPermission(Jenkins.MANAGE) || Util.fixEmptyAndTrim(value) == null) {
                return FormValidation.ok();
            }
            try {
                PodTemplateUtils.parseFromYaml(value);
                return FormValidation.ok();
            } catch (RuntimeException e) {
                return FormValidation.error("this is not the YAML of a Pod: " + e.getMessage());
            }
        }

        @POST
        public FormValidation doCheckImages(@QueryParameter String value) {
            if (!Jenkins.get().hasPermission(Jenkins.MANAGE)) {
                return FormValidation.ok();
            }
            try {
                CloudPods.images(value);
                return FormValidation.ok();
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        @POST
        public FormValidation doCheckCeilings(@QueryParameter String value) {
            return quantities(value);
        }

        @POST
        public FormValidation doCheckDefaultRequests(@QueryParameter String value) {
            return quantities(value);
        }

        @POST
        public FormValidation doCheckPipelineRoot(@QueryParameter String value) {
            if (!Jenkins.get().hasPermission(Jenkins.MANAGE) || Util.fixEmptyAndTrim(value) == null) {
                return FormValidation.ok();
            }
            return validation(() -> PipelineRoots.checked(value.trim()));
        }

        @POST
        public FormValidation doCheckStoreUris(@QueryParameter String value) {
            if (!Jenkins.get().hasPermission(Jenkins.MANAGE)) {
                return FormValidation.ok();
            }
            return validation(() -> CloudPolicy.lines(value).forEach(PipelineRoots::checked));
        }

        private static FormValidation validation(Runnable check) {
            try {
                check.run();
                return FormValidation.ok();
            } catch (CloudException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        /** Only for who may see credentials here; others keep what is set. */
        @POST
        public ListBoxModel doFillStoreCredentialsIdItems(@QueryParameter String value) {
            StandardListBoxModel model = new StandardListBoxModel();
            if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                return model.includeCurrentValue(value);
            }
            return model.includeEmptyValue()
                    .includeMatchingAs(ACL.SYSTEM2, Jenkins.get(), StandardCredentials.class, List.of(), CloudStores.kinds())
                    .includeCurrentValue(value);
        }

        private static FormValidation quantities(String value) {
            if (!Jenkins.get().hasPermission(Jenkins.MANAGE)) {
                return FormValidation.ok();
            }
            try {
                CloudPolicy.quantities(value).values().forEach(Quantity::getNumericalAmount);
                return FormValidation.ok();
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
