package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult.Outcome;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the status of a pod says of the step in it. Pure. It looks at the main container's {@code terminated} state, which comes about
 * a second before the pod's phase says the same.
 */
sealed interface PodVerdict {

    /** @param why for people, or null; {@code stuck}: it will hardly get better by itself; {@code userError}: the pipeline names something wrong */
    record Waiting(String why, boolean stuck, boolean userError) implements PodVerdict {}

    record Running() implements PodVerdict {}

    /**
     * @param exitCode null when the main container never ran
     * @param message a sentence, null on success
     * @param terminationMessage what the container wrote, never null
     */
    record Ended(Outcome outcome, Integer exitCode, String message, String terminationMessage) implements PodVerdict {}

    Set<String> STUCK = Set.of(
            "ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName", "ImageInspectError", "RegistryUnavailable",
            "SignatureValidationFailed", "CreateContainerConfigError", "CreateContainerError");
    Set<String> USER_ERRORS = Set.of("InvalidImageName", "ErrImageNeverPull", "CreateContainerConfigError");

    static PodVerdict of(Pod pod) {
        PodStatus status = pod.getStatus();
        if (status == null) {
            return new Waiting("the pod has just been created", false, false);
        }
        ContainerStatus main = container(status.getContainerStatuses(), TaskManifest.MAIN);
        ContainerStateTerminated end = main == null || main.getState() == null ? null : main.getState().getTerminated();
        boolean deleted = pod.getMetadata().getDeletionTimestamp() != null;
        boolean well = end != null && Integer.valueOf(0).equals(end.getExitCode());
        if (!deleted && (well || end == null)) {
            Waiting helper = stuck(status.getContainerStatuses().stream()
                    .filter(other -> other.getName().equals(TaskManifest.HELPER) || other.getName().startsWith(Modelcars.CONTAINER)));
            if (helper != null) {
                return helper;
            }
        }
        if (well) {
            return new Ended(Outcome.SUCCEEDED, 0, null, text(end.getMessage()));
        }
        PodVerdict failed = platform(pod, status, end, deleted);
        if (failed != null) {
            return failed;
        }
        if (end != null) {
            return user(end);
        }
        Ended init = initFailure(status);
        if (init != null) {
            return init;
        }
        if (main != null && main.getState() != null && main.getState().getRunning() != null) {
            return new Running();
        }
        return waiting(status);
    }

    private static PodVerdict platform(Pod pod, PodStatus status, ContainerStateTerminated end, boolean deleted) {
        Integer code = end == null ? null : end.getExitCode();
        if ("DeadlineExceeded".equals(status.getReason())) {
            return new Ended(Outcome.TIMED_OUT, code,
                    "did not end within its limit of " + pod.getSpec().getActiveDeadlineSeconds() + " s", "");
        }
        if ("OOMKilled".equals(end == null ? null : end.getReason())) {
            return new Ended(Outcome.USER_FAILED, code, "ran out of memory (OOMKilled" + memoryLimit(pod) + ")", "");
        }
        String disruption = disruption(status);
        if ("Failed".equals(status.getPhase()) && status.getReason() != null && !status.getReason().isEmpty()) {
            String what = status.getReason().equals("Evicted") ? "the pod was evicted" : "the pod failed: " + status.getReason();
            return new Ended(Outcome.PLATFORM_FAILED, code, sentence(what, status.getMessage()), "");
        }
        if (disruption != null && (end != null || deleted || "Failed".equals(status.getPhase()))) {
            return new Ended(Outcome.PLATFORM_FAILED, code, disruption, "");
        }
        if (deleted && end != null) {
            return new Ended(Outcome.PLATFORM_FAILED, code, "the pod was deleted while the step ran", "");
        }
        if (end != null && "ContainerStatusUnknown".equals(end.getReason())) {
            return new Ended(Outcome.PLATFORM_FAILED, code, sentence("the node lost the container", end.getMessage()), "");
        }
        if (end == null && "Failed".equals(status.getPhase()) && initFailure(status) == null) {
            return new Ended(Outcome.PLATFORM_FAILED, null, sentence("the pod failed before the step ran", status.getMessage()), "");
        }
        return null;
    }

    private static Ended user(ContainerStateTerminated end) {
        String own = text(end.getMessage()).strip();
        if (Set.of("StartError", "ContainerCannotRun").contains(text(end.getReason()))) {
            return new Ended(Outcome.USER_FAILED, end.getExitCode(), sentence("its command could not be started", own), own);
        }
        String signal = end.getExitCode() > 128 && end.getExitCode() < 160 ? " (killed by signal " + (end.getExitCode() - 128) + ")" : "";
        String said = own.isEmpty() || own.startsWith("kfp ") ? "" : ": " + own;
        return new Ended(Outcome.USER_FAILED, end.getExitCode(), "exit code " + end.getExitCode() + signal + said, own);
    }

    private static Ended initFailure(PodStatus status) {
        for (ContainerStatus init : status.getInitContainerStatuses()) {
            ContainerStateTerminated end = init.getState() == null ? null : init.getState().getTerminated();
            if (end != null && end.getExitCode() != 0) {
                boolean ours = init.getName().equals(TaskManifest.INIT);
                return new Ended(ours ? Outcome.PLATFORM_FAILED : Outcome.USER_FAILED, null, sentence(
                        "init container ‘" + init.getName() + "’ failed: exit code " + end.getExitCode(), end.getMessage()), "");
            }
        }
        return null;
    }

    private static Waiting waiting(PodStatus status) {
        for (PodCondition condition : status.getConditions()) {
            if ("PodScheduled".equals(condition.getType()) && "False".equals(condition.getStatus())) {
                return new Waiting(sentence("no node can take the pod", condition.getMessage()), false, false);
            }
        }
        List<ContainerStatus> all = Stream.concat(
                        status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream()).toList();
        Waiting stuck = stuck(all.stream());
        return stuck != null ? stuck : new Waiting(all.isEmpty() ? "waits for a node" : "its containers are being created", false, false);
    }

    /** The first of these that does not get on, or null. */
    private static Waiting stuck(Stream<ContainerStatus> containers) {
        return containers.map(PodVerdict::stuck).filter(Objects::nonNull).findFirst().orElse(null);
    }

    private static Waiting stuck(ContainerStatus container) {
        ContainerState state = container.getState();
        ContainerStateWaiting waiting = state == null ? null : state.getWaiting();
        if (waiting == null || !STUCK.contains(text(waiting.getReason()))) {
            return null;
        }
        boolean image = waiting.getReason().contains("Image") || waiting.getReason().contains("Registry");
        String what = image
                ? "image ‘" + container.getImage() + "’ cannot be pulled (" + waiting.getReason() + ")"
                : "container ‘" + container.getName() + "’ cannot be created (" + waiting.getReason() + ")";
        boolean ours = container.getName().equals(TaskManifest.HELPER) || container.getName().equals(TaskManifest.INIT);
        return new Waiting(sentence(what, waiting.getMessage()), true, !ours && USER_ERRORS.contains(waiting.getReason()));
    }

    private static String disruption(PodStatus status) {
        for (PodCondition condition : status.getConditions()) {
            if ("DisruptionTarget".equals(condition.getType()) && "True".equals(condition.getStatus())) {
                return sentence("the pod was taken away: " + condition.getReason(), condition.getMessage());
            }
        }
        return null;
    }

    /** The status of one container, or null. */
    static ContainerStatus container(List<ContainerStatus> statuses, String name) {
        return statuses == null ? null : statuses.stream().filter(s -> s.getName().equals(name)).findFirst().orElse(null);
    }

    private static String memoryLimit(Pod pod) {
        var resources = pod.getSpec().getContainers().get(0).getResources();
        var limit = resources == null || resources.getLimits() == null ? null : resources.getLimits().get("memory");
        return limit == null ? "" : "; its limit is " + limit;
    }

    private static String sentence(String what, String detail) {
        return detail == null || detail.isBlank() ? what : what + ": " + detail.strip();
    }

    private static String text(String text) {
        return text == null ? "" : text;
    }
}
