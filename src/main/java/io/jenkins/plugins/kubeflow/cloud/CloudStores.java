package io.jenkins.plugins.kubeflow.cloud;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.security.ACL;
import hudson.util.Secret;
import io.jenkins.plugins.kubeflow.engine.pod.PodCredentials;
import io.jenkins.plugins.kubeflow.engine.pod.PodOptions;
import io.jenkins.plugins.kubeflow.engine.store.GoogleKey;
import io.jenkins.plugins.kubeflow.engine.store.ObjectUri;
import io.jenkins.plugins.kubeflow.engine.store.S3Keys;
import io.jenkins.plugins.kubeflow.engine.store.S3Settings;
import io.jenkins.plugins.kubeflow.engine.store.S3Store;
import io.jenkins.plugins.kubeflow.engine.store.StoreAddress;
import io.jenkins.plugins.kubeflow.engine.store.StoreCredentials;
import io.jenkins.plugins.kubeflow.engine.store.StoreException;
import io.jenkins.plugins.kubeflow.engine.store.StoreKeys;
import io.jenkins.plugins.kubeflow.engine.store.StorePlace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesCloud;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * The object store of a cloud, from its settings and Jenkins' credentials. Pipelines name URIs as they like, and the credentials are the
 * administrator's: so runs read and write only at and below the places that the settings name.
 */
final class CloudStores {
    private CloudStores() {}

    /** The places in object stores that runs of a cloud may use. @throws CloudException when one is none */
    static List<StorePlace> places(KubeflowCloudTrait settings) {
        List<String> places = new ArrayList<>(CloudPolicy.lines(settings.getStoreUris()));
        if (settings.getPipelineRoot() != null) {
            places.add(0, settings.getPipelineRoot());
        }
        places.removeIf(place -> !ObjectUri.is(place));
        return places.stream().map(CloudStores::place).toList();
    }

    static StorePlace place(String uri) {
        try {
            return StorePlace.of(uri);
        } catch (StoreException e) {
            throw new CloudException(e.getMessage(), e);
        }
    }

    /** Whether anything says how to get into a store. */
    static boolean isSet(KubeflowCloudTrait settings) {
        return settings.getStoreCredentialsId() != null || settings.isStorePodIdentity();
    }

    /**
     * Null when the cloud has no credentials or no places for one.
     *
     * @param options of the cloud, for pods of ours that are asked for their credentials
     * @throws CloudException when the settings make none
     */
    @CheckForNull
    static S3Store objects(KubernetesCloud cloud, KubeflowCloudTrait settings, PodOptions options) {
        List<StorePlace> places = places(settings);
        if (!isSet(settings) || places.isEmpty()) {
            return null;
        }
        try {
            StoreAddress address = StoreAddress.of(settings.getStoreEndpoint(), settings.getStoreRegion(), !settings.isStoreVirtualHosts());
            StoreCredentials credentials = settings.isStorePodIdentity()
                    ? new PodCredentials(() -> CloudClient.of(cloud), options, settings.getStoreRole(), address.tokenService())
                    : StoreCredentials.of(keys(cloud, settings));
            return new S3Store(new S3Settings(address, credentials, places));
        } catch (StoreException e) {
            throw new CloudException("cloud ‘" + cloud.name + "’: " + e.getMessage(), e);
        }
    }

    private static StoreKeys keys(KubernetesCloud cloud, KubeflowCloudTrait settings) throws StoreException {
        StandardCredentials found = credentials(cloud, settings);
        if (found instanceof StandardUsernamePasswordCredentials pair) {
            return S3Keys.of(pair.getUsername(), Secret.toString(pair.getPassword()), null);
        }
        return GoogleKey.of(text(found));
    }

    /** The JSON key of a Google service account is a secret text or a secret file. */
    private static String text(StandardCredentials credentials) throws StoreException {
        if (credentials instanceof StringCredentials text) {
            return Secret.toString(text.getSecret());
        }
        try (InputStream content = ((FileCredentials) credentials).getContent()) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new StoreException("the credentials ‘" + credentials.getId() + "’ cannot be read: " + e.getMessage(), e);
        }
    }

    /** The kinds of credentials that a store may have. */
    static CredentialsMatcher kinds() {
        return CredentialsMatchers.anyOf(
                CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class), CredentialsMatchers.instanceOf(StringCredentials.class),
                CredentialsMatchers.instanceOf(FileCredentials.class));
    }

    private static StandardCredentials credentials(KubernetesCloud cloud, KubeflowCloudTrait settings) {
        StandardCredentials found = CredentialsMatchers.firstOrNull(
                CredentialsProvider.lookupCredentialsInItemGroup(StandardCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of()),
                CredentialsMatchers.allOf(CredentialsMatchers.withId(settings.getStoreCredentialsId()), kinds()));
        if (found == null) {
            throw new CloudException("cloud ‘" + cloud.name + "’: there are no credentials ‘" + settings.getStoreCredentialsId()
                    + "’ for its object store; they are a user name with password, or a secret text or file with the key of a Google service account");
        }
        return found;
    }

    /** Changes when the credentials do; tells nothing of them. */
    static String mark(KubernetesCloud cloud, KubeflowCloudTrait settings) {
        if (settings.getStoreCredentialsId() == null || settings.isStorePodIdentity()) {
            return "";
        }
        try {
            StandardCredentials found = credentials(cloud, settings);
            return Util.getDigestOf(found instanceof StandardUsernamePasswordCredentials pair
                    ? pair.getUsername() + '\n' + Secret.toString(pair.getPassword())
                    : text(found));
        } catch (CloudException | StoreException gone) {
            return "none";
        }
    }
}
