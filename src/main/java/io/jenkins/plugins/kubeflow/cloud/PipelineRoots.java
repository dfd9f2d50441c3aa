package io.jenkins.plugins.kubeflow.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Run;
import hudson.util.FormValidation;
import io.jenkins.plugins.kubeflow.engine.store.ClaimUri;
import io.jenkins.plugins.kubeflow.engine.store.ObjectUri;
import io.jenkins.plugins.kubeflow.engine.store.S3Settings;
import io.jenkins.plugins.kubeflow.engine.store.StoreAddress;
import io.jenkins.plugins.kubeflow.engine.store.StoreCredentials;
import io.jenkins.plugins.kubeflow.engine.store.StoreException;
import io.jenkins.plugins.kubeflow.engine.store.StorePlace;
import java.util.List;
import java.util.stream.Collectors;
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
        return root == null ? null : allowed(root, cloud, settings);
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
            if (ObjectUri.is(root)) {
                return StorePlace.of(root).toString();
            } else if (ClaimUri.is(root)) {
                return ClaimUri.of(root).toString();
            }
        } catch (StoreException e) {
            throw new CloudException(e.getMessage(), e);
        }
        throw new CloudException("‘" + root + "’ is no place for artifacts: name s3://BUCKET/PREFIX, minio://BUCKET/PREFIX, gs://BUCKET/PREFIX"
                + " or pvc://CLAIM/PATH");
    }

    /**
     * A claim is one of the namespace, which a pipeline could mount as well. Of a store, endpoint and region are the administrator's: a root
     * may name what its place has already, and nothing else, since requests that are signed for it carry the cloud's credentials.
     */
    private static String allowed(String given, KubernetesCloud cloud, KubeflowCloudTrait settings) {
        String root = checked(given);
        if (ClaimUri.is(root)) {
            return root;
        }
        if (!CloudStores.isSet(settings)) {
            throw new CloudException("the pipeline root ‘" + root + "’ is in an object store, and cloud ‘" + cloud.name + "’ has no credentials for one");
        }
        StorePlace wanted = CloudStores.place(given);
        List<StorePlace> places = CloudStores.places(settings);
        if (places.stream().noneMatch(place -> place.covers(wanted.uri()) && place.uri().scheme().equals(wanted.uri().scheme()))) {
            throw new CloudException("the pipeline root ‘" + root + "’ is not below "
                    + (places.isEmpty() ? "any place" : places.stream().map(StorePlace::toString).collect(Collectors.joining(" or ")))
                    + " that an administrator has named in cloud ‘" + cloud.name + "’");
        }
        try {
            S3Settings store = new S3Settings(
                    StoreAddress.of(settings.getStoreEndpoint(), settings.getStoreRegion(), !settings.isStoreVirtualHosts()),
                    StoreCredentials.of(null), places);
            StoreAddress there = store.address(wanted.uri());
            if (!wanted.address(there).equals(there)) {
                throw new CloudException("the pipeline root ‘" + given + "’ names another store than cloud ‘" + cloud.name + "’ has there (" + there
                        + "); an administrator can name it so among the places that runs may use");
            }
        } catch (StoreException e) {
            throw new CloudException("cloud ‘" + cloud.name + "’: " + e.getMessage(), e);
        }
        return root;
    }
}
