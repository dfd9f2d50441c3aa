package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What all attempts of a runner share. {@code io} may block on the API, {@code timer} must not.
 *
 * @param underWay how many attempts have a pod or are about to
 * @param longLogs how many logs of long steps may be followed at a time, beside those that somebody looks at
 */
record PodServices(
        KubernetesClient client,
        PodOptions options,
        ExecutorService io,
        ScheduledExecutorService timer,
        PodWatch watch,
        RunAnchors anchors,
        PodQueue queue,
        AtomicInteger underWay,
        Semaphore longLogs) {

    /**
     * Whether so few pods are under way that a step may be asked how it gets on before the watch tells: quicker for the step, but more
     * calls. Beyond that a pod costs its creation, its log and its deletion.
     */
    boolean isQuiet() {
        return underWay.get() <= options.maxTransfers() / 2;
    }
}
