package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * What is exchanged with the helper of a pod. An exec succeeds up to a second before the container's status says that it runs; so it is
 * tried as soon as the pod has a node, a few times in short order. The one that brings the inputs stays for the first seconds and takes
 * the outputs of a short step along; longer steps are left to the watch.
 */
final class HelperTalk {
    static final Duration PAUSE = Duration.ofMillis(60);
    private static final int EARLY_TRIES = 40;
    private static final int TURNS = 60;
    private static final int MOST_BROKEN = 8;
    private static final Duration FOLLOW = Duration.ofSeconds(3);

    enum Turn {
        NOTHING,
        AGAIN,
        ENDED
    }

    private final Step step;
    private final PodServices services;
    private final AttemptFiles files;
    private final Runnable poke;
    private LogFollow following;
    private boolean over;
    private int tries;
    private int broken;

    /** @param poke makes the attempt look again */
    HelperTalk(Step step, PodServices services, AttemptFiles files, Runnable poke) {
        this.poke = poke;
        this.step = step;
        this.services = services;
        this.files = files;
        this.over = !step.plan().wrapped() && !files.needInit();
    }

    boolean isThere(Pod pod) {
        return pod.getSpec().getContainers().stream().anyMatch(container -> container.getName().equals(TaskManifest.HELPER));
    }

    /** To be called when the pod has changed, until it says {@code ENDED} or the step has ended. */
    Turn turn(Pod pod) throws IOException {
        if (!over && step.plan().wrapped() && !step.plan().helper()) {
            return follow(pod);
        }
        String container = files.needInit() ? TaskManifest.INIT : TaskManifest.HELPER;
        if (over || pod.getSpec().getNodeName() == null || pod.getSpec().getNodeName().isEmpty()) {
            return Turn.NOTHING;
        }
        boolean runs = runs(pod, container);
        if (!runs && (tries >= EARLY_TRIES || !services.isQuiet())) {
            return Turn.NOTHING;
        }
        boolean brings = step.plan().inputs() == PodPlan.Inputs.HELPER || files.needInit();
        int turns = files.needInit() || !services.isQuiet() ? 0 : TURNS;
        if (!brings && turns == 0) {
            over = true;
            return Turn.NOTHING;
        }
        try {
            tries++;
            PodTransfer.Result result = new PodTransfer(services, step)
                    .run(container, brings ? step.files() : List.of(), turns, files.collected());
            over = true;
            return result instanceof PodTransfer.Result.Done done && Integer.valueOf(0).equals(done.exitCode()) && files.completeLog()
                    ? Turn.ENDED
                    : Turn.NOTHING;
        } catch (KubernetesClientException | IOException e) {
            return tries < EARLY_TRIES || runs && brings ? Turn.AGAIN : Turn.NOTHING;
        }
    }

    /** Without a helper, the log of a short step brings its outputs, up to a second before the pod's status. */
    private Turn follow(Pod pod) throws IOException {
        if (following != null) {
            return followed();
        }
        if (pod.getSpec().getNodeName() == null || pod.getSpec().getNodeName().isEmpty()) {
            return Turn.NOTHING;
        }
        if (!services.isQuiet() || tries >= EARLY_TRIES) {
            over = true;
            return Turn.NOTHING;
        }
        tries++;
        following = files.follow(FOLLOW, poke);
        return Turn.NOTHING;
    }

    private Turn followed() throws IOException {
        if (!following.end().isDone()) {
            return Turn.NOTHING;
        }
        switch (following.end().join()) {
            case COMPLETE -> {
                over = true;
                files.followed();
                return Turn.ENDED;
            }
            case NONE -> {
                following = null;
                files.unfollow();
                return Turn.AGAIN; // the container is being made
            }
            default -> {
                over = true;
                files.unfollow();
                return Turn.NOTHING;
            }
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
            new PodTransfer(services, step).run(TaskManifest.HELPER, List.of(), -1, files.collected());
        } catch (IOException e) {
            if (++broken >= MOST_BROKEN) {
                throw e;
            }
            throw new KubernetesClientException("the transfer of the outputs broke off: " + e.getMessage(), e);
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
