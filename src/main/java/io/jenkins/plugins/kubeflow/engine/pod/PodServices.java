package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/** What all attempts of a runner share. {@code io} may block on the API, {@code timer} must not. */
record PodServices(
        KubernetesClient client,
        PodOptions options,
        ExecutorService io,
        ScheduledExecutorService timer,
        PodWatch watch,
        RunAnchors anchors,
        PodQueue queue) {}
