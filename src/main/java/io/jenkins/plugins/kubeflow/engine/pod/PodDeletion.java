package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Deletes a pod; one that is gone already is as good. */
final class PodDeletion {
    private static final int MOST_TRIES = 30;

    private final PodServices services;
    private final String podName;
    private int tries;

    PodDeletion(PodServices services, String podName) {
        this.services = services;
        this.podName = podName;
    }

    /** Blocks on the API. */
    void run(Duration grace) {
        try {
            services.client().pods()
                    .inNamespace(services.options().namespace())
                    .withName(podName)
                    .withGracePeriod(grace.toSeconds())
                    .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                    .delete();
        } catch (KubernetesClientException e) {
            if (e.getCode() != 404) {
                throw e;
            }
        }
    }

    /** On an I/O thread, at once as nothing in the pod matters any more; tried again while the API has trouble. */
    void later() {
        try {
            services.io().execute(() -> {
                try {
                    run(Duration.ZERO);
                } catch (KubernetesClientException e) {
                    if (ApiTrouble.passes(e) && tries < MOST_TRIES) {
                        services.timer().schedule(this::later, ApiTrouble.backoff(tries++).toMillis(), TimeUnit.MILLISECONDS);
                    }
                }
            });
        } catch (RejectedExecutionException e) {
            tries = MOST_TRIES; // the runner is closed: the run's anchor and the sweep take the pod along
        }
    }
}
