package io.jenkins.plugins.kubeflow.engine.pod;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * For how long a pod that is kept stays ({@code pipelineConfig.resourceTtlOn…}, seconds, kfp.md 1.7), counted from its own end and by its
 * own outcome; the one for an outcome beats the one for either. Written on the pod, so that the sweep knows it without the run.
 */
final class PodTtl {
    static final String SUCCEEDED = PodNames.PREFIX + "ttl-succeeded";
    static final String FAILED = PodNames.PREFIX + "ttl-failed";

    /** What a pipeline may ask for; beyond it lies the administrator's cluster. */
    private static final Duration LONGEST = Duration.ofDays(30);

    private PodTtl() {}

    /** Of a pod of a pipeline with these settings; empty when they say nothing. */
    static Map<String, String> annotations(JsonNode pipelineConfig) {
        Map<String, String> annotations = new LinkedHashMap<>();
        long either = pipelineConfig.path("resourceTtlOnCompletion").asLong();
        put(annotations, SUCCEEDED, pipelineConfig.path("resourceTtlOnSuccess").asLong(), either);
        put(annotations, FAILED, pipelineConfig.path("resourceTtlOnFailure").asLong(), either);
        return annotations;
    }

    /** The compiler leaves out what is 0. */
    private static void put(Map<String, String> annotations, String name, long own, long either) {
        long seconds = own > 0 ? own : either;
        if (seconds > 0) {
            annotations.put(name, Long.toString(Math.min(seconds, LONGEST.toSeconds())));
        }
    }

    /** @param otherwise for how long after it was made when its pipeline says nothing */
    static Instant until(Pod pod, Duration otherwise) {
        Instant made = Instant.parse(pod.getMetadata().getCreationTimestamp());
        if (!(PodVerdict.of(pod) instanceof PodVerdict.Ended ended)) {
            return made.plus(otherwise);
        }
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        String seconds = annotations == null ? null : annotations.get(ended.outcome() == Outcome.SUCCEEDED ? SUCCEEDED : FAILED);
        return seconds == null || !seconds.matches("\\d{1,9}") ? made.plus(otherwise) : end(pod, made).plusSeconds(Long.parseLong(seconds));
    }

    private static Instant end(Pod pod, Instant otherwise) {
        for (ContainerStatus container : pod.getStatus().getContainerStatuses()) {
            if (container.getName().equals(TaskManifest.MAIN) && container.getState().getTerminated() != null
                    && container.getState().getTerminated().getFinishedAt() != null) {
                return Instant.parse(container.getState().getTerminated().getFinishedAt());
            }
        }
        return otherwise;
    }
}
