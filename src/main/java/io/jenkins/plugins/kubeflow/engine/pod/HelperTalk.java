package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.jenkins.plugins.kubeflow.engine.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What is exchanged with the helper of a pod. An exec succeeds up to a second before the container's status says that it runs, since the
 * kubelet looks at containers once a second; so, while few pods are under way, the one that brings the inputs is tried some times as
 * soon as the helper should be there. It stays for the first seconds and takes the outputs of a short step along. Longer steps, and
 * steps whose inputs came with their manifest, are left to the watch.
 */
final class HelperTalk {
    static final Duration PAUSE = Duration.ofMillis(100);
    /** No container is there sooner. */
    private static final int FIRST_TRIES = 3;
    private static final int EARLY_TRIES = 20;
    private static final int TURNS = 60;
    private static final int MOST_BROKEN = 8;
    private static final int RELEASE_SECONDS = 5;
    private static final Logger LOGGER = Logger.getLogger(HelperTalk.class.getName());

    private final Step step;
    private final PodServices services;
    private final AttemptFiles files;
    private final ObjectTransfer objects;
    private boolean over;
    private int tries;
    private int broken;
    private boolean fetched;

    HelperTalk(Step step, PodServices services, AttemptFiles files) {
        this.step = step;
        this.services = services;
        this.files = files;
        this.objects = new ObjectTransfer(step.objects(), services.options());
        this.over = !files.needInit() && step.plan().inputs() != PodPlan.Inputs.HELPER;
    }

    boolean isThere(Pod pod) {
        return pod.getSpec().getContainers().stream().anyMatch(container -> container.getName().equals(TaskManifest.HELPER));
    }

    /** Why the helper has ended, with what it said of it, or null while it lives. */
    String end(Pod pod) {
        ContainerStatus status = pod.getStatus() == null
                ? null
                : PodVerdict.container(pod.getStatus().getContainerStatuses(), TaskManifest.HELPER);
        ContainerStateTerminated end = status == null || status.getState() == null ? null : status.getState().getTerminated();
        if (end == null) {
            return null;
        }
        String said = end.getMessage() == null ? "" : end.getMessage().strip();
        return !said.isEmpty() ? said : end.getReason() == null ? "exit code " + end.getExitCode() : end.getReason();
    }

    /** Whether the outputs of a step that ended well are here. */
    boolean hasOutputs() {
        return fetched;
    }

    /**
     * To be called when the pod has changed, until the step has ended. True to be called again soon.
     *
     * @throws KubernetesClientException when the API has trouble
     * @throws IOException when the inputs cannot be brought in, though the helper could be asked time and again
     */
    boolean turn(Pod pod) throws IOException {
        if (over || pod.getSpec().getNodeName() == null || pod.getSpec().getNodeName().isEmpty()) {
            return false;
        }
        String container = files.needInit() ? TaskManifest.INIT : TaskManifest.HELPER;
        boolean runs = runs(pod, container);
        if (!runs && (tries >= EARLY_TRIES || !services.isQuiet())) {
            return false;
        }
        if (!runs && tries++ < FIRST_TRIES) {
            return true;
        }
        int turns = files.needInit() || !services.isQuiet() ? 0 : TURNS;
        try {
            PodTransfer.Result result = new PodTransfer(services, step, objects).run(container, step.files(), turns, files.collected());
            over = true;
            fetched = result instanceof PodTransfer.Result.Done done && Integer.valueOf(0).equals(done.exitCode());
            return false;
        } catch (KubernetesClientException | IOException e) {
            if (!runs) {
                return true;
            } else if (e instanceof IOException own && !(e instanceof StoreException) && ++broken >= MOST_BROKEN) {
                throw own;
            }
            throw new KubernetesClientException("the transfer of the inputs broke off: " + e.getMessage(), e);
        }
    }

    /**
     * Takes what a step that has ended left behind.
     *
     * @throws KubernetesClientException when the API has trouble
     * @throws IOException when the files do not come, though the helper could be asked time and again
     */
    void fetch() throws IOException {
        try {
            new PodTransfer(services, step, objects).run(TaskManifest.HELPER, List.of(), -1, files.collected());
        } catch (IOException e) {
            if (!(e instanceof StoreException) && ++broken >= MOST_BROKEN) {
                throw e;
            }
            throw new KubernetesClientException("the transfer of the outputs broke off: " + e.getMessage(), e);
        }
    }

    /** The pod is kept, but nobody needs its helper and its models any more: they end, so that the pod does. */
    void release(Pod pod) {
        String container = isThere(pod) ? TaskManifest.HELPER : pod.getSpec().getContainers().stream()
                .map(Container::getName)
                .filter(name -> name.startsWith(Modelcars.CONTAINER))
                .findFirst().orElse(null);
        if (container == null) {
            return;
        }
        try (ExecWatch exec = services.client().pods()
                .inNamespace(services.options().namespace())
                .withName(step.podName())
                .inContainer(container)
                .withReadyWaitTimeout(0)
                .redirectingOutput()
                .exec("sh", "-c", StepScript.RELEASE)) {
            exec.exitCode().get(RELEASE_SECONDS, TimeUnit.SECONDS);
        } catch (KubernetesClientException | ExecutionException | TimeoutException e) {
            LOGGER.log(Level.FINE, e, () -> "the helper of pod " + step.podName() + " stays with it");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean runs(Pod pod, String container) {
        if (pod.getStatus() == null) {
            return false;
        }
        ContainerStatus status = PodVerdict.container(pod.getStatus().getContainerStatuses(), container);
        if (status == null) {
            status = PodVerdict.container(pod.getStatus().getInitContainerStatuses(), container);
        }
        return status != null && status.getState() != null && status.getState().getRunning() != null;
    }
}
