package io.jenkins.plugins.kubeflow.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Run;
import hudson.util.FormValidation;
import io.jenkins.plugins.kubeflow.engine.store.ClaimUri;
import io.jenkins.plugins.kubeflow.engine.store.ObjectUri;
import io.jenkins.plugins.kubeflow.engine.store.StoreException;
import java.util.List;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesCloud;

/** Where the artifacts of a run go: what it was started with, else what its job says, else the nearest folder that does, else its cloud. */
public final class PipelineRoots {
    private PipelineRoots() {}

    /**
     * @param requested what the run was started with, or null
     * @param cloud null for local processes
     * @return null for the build's own directory
     * @throws CloudException with a sentence when artifacts cannot or must not go there
     */
    @CheckForNull
    public static String of(Run<?, ?> run, @CheckForNull String requested, @CheckForNull KubernetesCloud cloud) {
        String wanted = requested;
        PipelineRootJobProperty property = run.getParent().getProperty(PipelineRootJobProperty.class);
        if (wanted == null && property != null && !property.getRoot().isEmpty()) {
            wanted = property.getRoot();
        }
        if (wanted == null) {
            wanted = PipelineRootFolderProperty.nearest(run.getParent());
        }
        if (cloud == null) {
            if (wanted != null) {
                throw new CloudException("the pipeline root ‘" + wanted + "’ is for Pods: local processes write to the build's directory only");
            }
            return null;
        }
        KubeflowCloudTrait settings = cloud.getTrait(KubeflowCloudTrait.class).orElseThrow();
        String root = wanted != null ? wanted : settings.getPipelineRoot();
        return root == null ? null : allowed(checked(root), cloud, settings);
    }

    /** For forms. */
    static FormValidation check(@CheckForNull String value) {
        if (Util.fixEmptyAndTrim(value) == null) {
            return FormValidation.ok();
        }
        try {
            checked(value.trim());
            return FormValidation.ok();
        } catch (CloudException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** The same without a slash at its end. @throws CloudException when it is no place for artifacts */
    static String checked(String root) {
        try {
            if (root.startsWith("gs://")) {
                throw new CloudException("‘" + root + "’: gs:// is not written to; Google's storage also speaks S3: name it s3://BUCKET/PREFIX,"
                        + " with the endpoint https://storage.googleapis.com and an HMAC key");
            } else if (ObjectUri.is(root)) {
                return ObjectUri.root(root).toString();
            } else if (ClaimUri.is(root)) {
                return ClaimUri.of(root).toString();
            }
        } catch (StoreException e) {
            throw new CloudException(e.getMessage(), e);
        }
        throw new CloudException("‘" + root + "’ is no place for artifacts: name s3://BUCKET/PREFIX, minio://BUCKET/PREFIX or pvc://CLAIM/PATH");
    }

    /** A claim is one of the namespace, which a pipeline could mount as well. */
    private static String allowed(String root, KubernetesCloud cloud, KubeflowCloudTrait settings) {
        if (ClaimUri.is(root)) {
            return root;
        }
        if (settings.getStoreCredentialsId() == null) {
            throw new CloudException("the pipeline root ‘" + root + "’ is in an object store, and cloud ‘" + cloud.name + "’ has no credentials for one");
        }
        List<String> places = CloudStores.places(settings);
        for (String place : places) {
            if ((root + "/").startsWith(checked(place) + "/")) {
                return root;
            }
        }
        throw new CloudException("the pipeline root ‘" + root + "’ is not below " + (places.isEmpty() ? "any place" : String.join(" or ", places))
                + " that an administrator has named in cloud ‘" + cloud.name + "’");
    }
}
