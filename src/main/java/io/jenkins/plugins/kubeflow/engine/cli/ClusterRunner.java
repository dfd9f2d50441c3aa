package io.jenkins.plugins.kubeflow.engine.cli;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.kubeflow.engine.pod.ClaimStore;
import io.jenkins.plugins.kubeflow.engine.pod.PodCredentials;
import io.jenkins.plugins.kubeflow.engine.pod.PodOptions;
import io.jenkins.plugins.kubeflow.engine.pod.PodRunner;
import io.jenkins.plugins.kubeflow.engine.store.S3Keys;
import io.jenkins.plugins.kubeflow.engine.store.StoreCredentials;
import io.jenkins.plugins.kubeflow.engine.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** {@code --runner kubernetes}: the cluster of the ordinary kubeconfig rules (KUBECONFIG, ~/.kube/config, the service account of a pod). */
final class ClusterRunner {
    /** A watch, transfers that stay open for seconds, and requests beside them go to one host. */
    private static final int CONNECTIONS = 128;

    private ClusterRunner() {}

    static PodRunner of(RunnerOptions options) throws BadInputException {
        Config config = new ConfigBuilder(Config.autoConfigure(null))
                .withMaxConcurrentRequests(CONNECTIONS)
                .withMaxConcurrentRequestsPerHost(CONNECTIONS)
                .withRequestRetryBackoffLimit(0)
                .build();
        PodOptions pods = options.cluster.pods(config.getNamespace() != null ? config.getNamespace() : "default");
        String namespace = pods.namespace();
        KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build();
        try {
            client.pods().inNamespace(namespace).list(new ListOptionsBuilder().withLimit(1L).build());
        } catch (KubernetesClientException e) {
            client.close();
            throw new BadInputException("pods of namespace ‘" + namespace + "’ at " + config.getMasterUrl() + " cannot be listed: " + Main.sentence(e)
                    + "; set KUBECONFIG to a file that leads to one");
        }
        try {
            if (options.stores.secret != null) {
                credentials(client, namespace, options.stores);
            }
            if (options.stores.podIdentity()) {
                options.stores.credentials(new PodCredentials(
                        () -> new KubernetesClientBuilder().withConfig(config).build(), pods, options.stores.role(), options.stores.address().tokenService()));
            }
            PodOptions all = pods.toBuilder().objects(options.stores.objects()).build();
            // with a client of its own, because a report is written when the runner's has been closed
            options.stores.claims(new ClaimStore(() -> new KubernetesClientBuilder().withConfig(config).build(), all));
            return new PodRunner(client, all, client::close);
        } catch (BadInputException e) {
            client.close();
            throw e;
        }
    }

    /** The keys are those of KFP's own Secret, mlpipeline-minio-artifact. */
    private static void credentials(KubernetesClient client, String namespace, StoreOptions stores) throws BadInputException {
        String what = "secret ‘" + stores.secret + "’ of namespace ‘" + namespace + "’";
        try {
            Secret secret = client.secrets().inNamespace(namespace).withName(stores.secret).get();
            if (secret == null || secret.getData() == null || !secret.getData().keySet().containsAll(List.of("accesskey", "secretkey"))) {
                throw new BadInputException("--s3-secret: there is no " + what + " with keys accesskey and secretkey");
            }
            stores.credentials(StoreCredentials.of(S3Keys.of(text(secret, "accesskey"), text(secret, "secretkey"), null)));
        } catch (StoreException e) {
            throw new BadInputException("--s3-secret: " + what + ": " + e.getMessage());
        } catch (KubernetesClientException e) {
            throw new BadInputException("--s3-secret: " + what + " cannot be read: " + Main.sentence(e));
        }
    }

    private static String text(Secret secret, String key) {
        return new String(Base64.getDecoder().decode(secret.getData().get(key)), StandardCharsets.UTF_8);
    }
}
