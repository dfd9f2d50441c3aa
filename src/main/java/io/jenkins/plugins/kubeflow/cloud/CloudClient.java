package io.jenkins.plugins.kubeflow.cloud;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesCloud;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesFactoryAdapter;
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
            Config model = configuration();
            ConfigBuilder config = new ConfigBuilder(model)
                    .withMaxConcurrentRequests(CONNECTIONS)
                    .withMaxConcurrentRequestsPerHost(CONNECTIONS)
                    .withRequestRetryBackoffLimit(0);
            token = model.getOauthToken();
            readAt = System.nanoTime();
            if (cloud.getCredentialsId() != null && token != null) {
                config.withOauthToken(null).withOauthTokenProvider(this::token);
            }
            return new KubernetesClientBuilder().withConfig(config.build()).build();
        } catch (KubernetesAuthException | KubernetesClientException | IllegalArgumentException e) {
            throw new CloudException("cloud ‘" + cloud.name + "’ cannot be used: " + e.getMessage(), e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** As the cloud makes its own clients, with the credentials as they are now; its shared one keeps those that it was made with. */
    private Config configuration() throws KubernetesAuthException {
        KubernetesFactoryAdapter factory = new KubernetesFactoryAdapter(
                cloud.getServerUrl(), cloud.getNamespace(), cloud.getServerCertificate(), cloud.getCredentialsId(), cloud.isSkipTlsVerify(),
                cloud.getConnectTimeout(), cloud.getReadTimeout(), cloud.getMaxRequestsPerHost(), cloud.isUseJenkinsProxy());
        try (KubernetesClient made = factory.createClient()) {
            return made.getConfiguration();
        }
    }

    /** Tokens of some providers last for minutes only; the cloud renews its own as often. */
    private synchronized String token() {
        if (System.nanoTime() - readAt > renewal.toNanos()) {
            readAt = System.nanoTime();
            try {
                token = configuration().getOauthToken();
            } catch (KubernetesAuthException | KubernetesClientException e) {
                LOGGER.log(Level.WARNING, e, () -> "credentials of cloud ‘" + cloud.name + "’ cannot be renewed; the old ones are used on");
            }
        }
        return token;
    }
}
