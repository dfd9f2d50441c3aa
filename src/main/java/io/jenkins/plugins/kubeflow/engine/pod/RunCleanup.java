package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult.Outcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Takes away what a run that has ended left in the cluster: its anchor, unless pods are kept, whose claims then stay with them. Tried
 * again while the API has trouble, until the runner is closed; then the sweep is left.
 */
final class RunCleanup implements Runnable {
    private final PodServices services;
    private final String runId;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private int failures;

    RunCleanup(PodServices services, String runId) {
        this.services = services;
        this.runId = runId;
    }

    CompletableFuture<Void> done() {
        return done;
    }

    /** Blocks on the API. */
    @Override
    public void run() {
        try {
            List<Pod> pods = services.client().pods()
                    .inNamespace(services.options().namespace())
                    .withLabel(PodNames.OWNER, PodNames.label(services.options().owner()))
                    .withLabel(PodNames.RUN, PodNames.label(runId))
                    .list().getItems();
            if (pods.stream().noneMatch(this::isKept)) {
                services.anchors().delete(runId);
            }
            done.complete(null);
        } catch (KubernetesClientException e) {
            if (ApiTrouble.passes(e)) {
                services.timer().schedule(this::again, ApiTrouble.backoff(failures++).toMillis(), TimeUnit.MILLISECONDS);
            } else {
                done.completeExceptionally(e);
            }
        }
    }

    /** The deletion of a pod that succeeded may be under way still. */
    private boolean isKept(Pod pod) {
        boolean well = PodVerdict.of(pod) instanceof PodVerdict.Ended ended && ended.outcome() == Outcome.SUCCEEDED;
        return pod.getMetadata().getDeletionTimestamp() == null
                && services.options().retention().keeps(well ? Outcome.SUCCEEDED : Outcome.USER_FAILED);
    }

    private void again() {
        try {
            services.io().execute(this);
        } catch (RejectedExecutionException e) {
            done.completeExceptionally(e);
        }
    }
}
