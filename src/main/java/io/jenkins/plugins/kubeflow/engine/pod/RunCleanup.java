package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Takes away what a run that has ended left in the cluster: its anchor, unless pods are kept, whose claims then stay with them. */
final class RunCleanup {
    private static final int MOST_TRIES = 20;

    private RunCleanup() {}

    /** Blocks on the API. */
    static void ended(PodServices services, String runId) {
        ended(services, runId, 0);
    }

    private static void ended(PodServices services, String runId, int tries) {
        try {
            List<Pod> pods = services.client().pods()
                    .inNamespace(services.options().namespace())
                    .withLabel(PodNames.OWNER, PodNames.label(services.options().owner()))
                    .withLabel(PodNames.RUN, PodNames.label(runId))
                    .list().getItems();
            boolean kept = services.options().retention() != PodRetention.NEVER
                    && pods.stream().anyMatch(pod -> pod.getMetadata().getDeletionTimestamp() == null);
            if (!kept) {
                services.anchors().delete(runId);
            }
        } catch (KubernetesClientException e) {
            if (ApiTrouble.passes(e) && tries < MOST_TRIES && !services.timer().isShutdown()) {
                Duration delay = ApiTrouble.backoff(tries);
                services.timer().schedule(
                        () -> services.io().execute(() -> ended(services, runId, tries + 1)), delay.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }
}
