package io.jenkins.plugins.kubeflow.cloud;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.security.ACL;
import hudson.util.Secret;
import io.jenkins.plugins.kubeflow.engine.store.ObjectUri;
import io.jenkins.plugins.kubeflow.engine.store.S3Settings;
import io.jenkins.plugins.kubeflow.engine.store.S3Store;
import io.jenkins.plugins.kubeflow.engine.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesCloud;

/**
 * The object store of a cloud, from its settings and Jenkins' credentials. Pipelines name URIs as they like, and the credentials are the
 * administrator's: so runs read and write only at and below the places that the settings name.
 */
final class CloudStores {
    private CloudStores() {}

    /** The places in object stores that runs of a cloud may use. */
    static List<String> places(KubeflowCloudTrait settings) {
        List<String> places = new ArrayList<>(CloudPolicy.lines(settings.getStoreUris()));
        if (settings.getPipelineRoot() != null) {
            places.add(0, settings.getPipelineRoot());
        }
        places.removeIf(place -> !ObjectUri.is(place));
        return places;
    }

    /** Null when the cloud has no credentials or no places for one. @throws CloudException when the settings make none */
    @CheckForNull
    static S3Store objects(KubernetesCloud cloud, KubeflowCloudTrait settings) {
        List<String> places = places(settings);
        if (settings.getStoreCredentialsId() == null || places.isEmpty()) {
            return null;
        }
        StandardUsernamePasswordCredentials credentials = credentials(cloud, settings);
        try {
            return new S3Store(S3Settings.of(
                    settings.getStoreEndpoint(), settings.getStoreRegion(), !settings.isStoreVirtualHosts(), credentials.getUsername(),
                    Secret.toString(credentials.getPassword()), null, places));
        } catch (StoreException e) {
            throw new CloudException("cloud ‘" + cloud.name + "’: " + e.getMessage(), e);
        }
    }

    private static StandardUsernamePasswordCredentials credentials(KubernetesCloud cloud, KubeflowCloudTrait settings) {
        StandardUsernamePasswordCredentials found = CredentialsMatchers.firstOrNull(
                CredentialsProvider.lookupCredentialsInItemGroup(
                        StandardUsernamePasswordCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of()),
                CredentialsMatchers.withId(settings.getStoreCredentialsId()));
        if (found == null) {
            throw new CloudException("cloud ‘" + cloud.name + "’: there are no credentials ‘" + settings.getStoreCredentialsId()
                    + "’ of the kind user name with password for its object store");
        }
        return found;
    }

    /** Changes when the credentials do; tells nothing of them. */
    static String mark(KubernetesCloud cloud, KubeflowCloudTrait settings) {
        if (settings.getStoreCredentialsId() == null || places(settings).isEmpty()) {
            return "";
        }
        try {
            StandardUsernamePasswordCredentials credentials = credentials(cloud, settings);
            return Util.getDigestOf(credentials.getUsername() + '\n' + Secret.toString(credentials.getPassword()));
        } catch (CloudException gone) {
            return "none";
        }
    }
}
