package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult.Outcome;
import io.jenkins.plugins.kubeflow.engine.run.TaskLaunch;
import io.jenkins.plugins.kubeflow.engine.run.TaskRunner;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** An attempt of a {@link ClaimTask}: tried again while the API has trouble, until it is cancelled. Holds no thread meanwhile. */
final class ClaimAttempt {
    private final TaskLaunch launch;
    private final PodServices services;
    private final TaskRunner.Listener listener;
    private int failures;
    private boolean over;

    ClaimAttempt(TaskLaunch launch, PodServices services, TaskRunner.Listener listener) {
        this.launch = launch;
        this.services = services;
        this.listener = listener;
    }

    void begin() {
        try {
            services.io().execute(this::work);
        } catch (RejectedExecutionException e) {
            letGo(); // the runner is closed
        }
    }

    private void work() {
        if (isOver()) {
            return;
        }
        AttemptResult result;
        try {
            result = ClaimTask.run(launch, services);
        } catch (KubernetesClientException e) {
            listener.waiting(ApiTrouble.sentence(e));
            services.timer().schedule(this::begin, ApiTrouble.backoff(failures++).toMillis(), TimeUnit.MILLISECONDS);
            return;
        }
        end(result);
    }

    void cancel() {
        end(AttemptResult.failed(Outcome.CANCELED, null, "cancelled"));
    }

    /** Nobody listens any more; what it makes is found by whoever adopts it. */
    synchronized void letGo() {
        over = true;
    }

    private synchronized boolean isOver() {
        return over;
    }

    private synchronized void end(AttemptResult result) {
        if (!over) {
            over = true;
            listener.ended(result);
        }
    }
}
