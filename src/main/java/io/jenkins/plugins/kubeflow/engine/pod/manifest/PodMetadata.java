package io.jenkins.plugins.kubeflow.engine.pod.manifest;

import com.fasterxml.jackson.databind.JsonNode;

/** {@code podMetadata}, and {@code activeDeadlineSeconds}. */
final class PodMetadata {
    private PodMetadata() {}

    static void apply(JsonNode config, PodDraft pod) throws InvalidPodException {
        pod.labels().putAll(PlatformValue.map(config.path("podMetadata").path("labels")));
        pod.annotations().putAll(PlatformValue.map(config.path("podMetadata").path("annotations")));
        Long deadline = PlatformValue.number(config, "activeDeadlineSeconds", "the time-out");
        if (deadline != null && deadline > 0) {
            Long administrators = pod.spec().getActiveDeadlineSeconds();
            pod.spec().setActiveDeadlineSeconds(administrators == null ? deadline : Long.valueOf(Math.min(deadline, administrators)));
        }
    }
}
