package io.jenkins.plugins.kubeflow.engine.cli;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.kubeflow.engine.pod.PodOptions;
import io.jenkins.plugins.kubeflow.engine.pod.PodRunner;

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
        return new PodRunner(client, pods, client::close);
    }
}
