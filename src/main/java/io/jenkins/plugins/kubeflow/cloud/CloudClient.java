package io.jenkins.plugins.kubeflow.cloud;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.security.ACL;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.authentication.tokens.api.AuthenticationTokens;
import jenkins.model.Jenkins;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesCloud;
import org.jenkinsci.plugins.kubernetes.auth.KubernetesAuth;
import org.jenkinsci.plugins.kubernetes.auth.KubernetesAuthConfig;
import org.jenkinsci.plugins.kubernetes.auth.KubernetesAuthException;

/**
 * A client of our own with the settings and credentials of a cloud. The cloud's own client is shared with its agents, lives for ten
 * minutes and has few connections: no place for watches and transfers, so only its configuration is read. Whoever makes one closes it.
 */
final class CloudClient {
    private static final Logger LOGGER = Logger.getLogger(CloudClient.class.getName());
    /** A watch, transfers that stay open for seconds, and requests beside them go to one host. */
    private static final int CONNECTIONS = 128;

    private static final Duration RENEWAL = Duration.ofMinutes(1);

    private final KubernetesCloud cloud;
    private final Duration renewal;
    private String token;
    private long readAt;

    private CloudClient(KubernetesCloud cloud, Duration renewal) {
        this.cloud = cloud;
        this.renewal = renewal;
    }

    /** @throws CloudException when the credentials or settings make no client; the API server is not asked */
    static KubernetesClient of(KubernetesCloud cloud) {
        return of(cloud, RENEWAL);
    }

    /** @param renewal how often the cloud is asked for its token */
    static KubernetesClient of(KubernetesCloud cloud, Duration renewal) {
        return new CloudClient(cloud, renewal).create();
    }

    private synchronized KubernetesClient create() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(KubernetesClient.class.getClassLoader());
        try {
            Config model = cloud.connect().getConfiguration();
            ConfigBuilder config = new ConfigBuilder(model)
                    .withMaxConcurrentRequests(CONNECTIONS)
                    .withMaxConcurrentRequestsPerHost(CONNECTIONS)
                    .withRequestRetryBackoffLimit(0);
            token = model.getOauthToken();
            readAt = System.nanoTime();
            if (cloud.getCredentialsId() != null && token != null) {
                token = current();
                config.withOauthToken(null).withOauthTokenProvider(this::token);
            }
            return new KubernetesClientBuilder().withConfig(config.build()).build();
        } catch (KubernetesAuthException | KubernetesClientException | IllegalArgumentException | IOException e) {
            throw new CloudException("cloud ‘" + cloud.name + "’ cannot be used: " + e.getMessage(), e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** That of the credentials as they are now; the cloud's shared client keeps for some minutes what it was made with. */
    private String current() throws KubernetesAuthException {
        StandardCredentials found = CredentialsMatchers.firstOrNull(
                CredentialsProvider.lookupCredentialsInItemGroup(StandardCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of()),
                CredentialsMatchers.allOf(
                        AuthenticationTokens.matcher(KubernetesAuth.class), CredentialsMatchers.withId(cloud.getCredentialsId())));
        KubernetesAuth auth = found == null ? null : AuthenticationTokens.convert(KubernetesAuth.class, found);
        if (auth == null) {
            throw new KubernetesAuthException("there are no credentials ‘" + cloud.getCredentialsId() + "’");
        }
        KubernetesAuthConfig config = new KubernetesAuthConfig(cloud.getServerUrl(), cloud.getServerCertificate(), cloud.isSkipTlsVerify());
        return auth.decorate(new ConfigBuilder(Config.empty()), config).build().getOauthToken();
    }

    /** Tokens of some providers last for minutes only; the cloud renews its own as often. */
    private synchronized String token() {
        if (System.nanoTime() - readAt > renewal.toNanos()) {
            readAt = System.nanoTime();
            try {
                token = current();
            } catch (KubernetesAuthException | KubernetesClientException e) {
                LOGGER.log(Level.WARNING, e, () -> "credentials of cloud ‘" + cloud.name + "’ cannot be renewed; the old ones are used on");
            }
        }
        return token;
    }
}
