package io.jenkins.plugins.kubeflow.engine.pod.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** {@code imagePullPolicy}, {@code imagePullSecret}. */
final class ImagePull {
    private static final List<String> POLICIES = List.of("Always", "Never", "IfNotPresent");

    private ImagePull() {}

    static void applyPolicy(JsonNode config, PodDraft pod) throws InvalidPodException {
        String policy = PlatformValue.text(config, "imagePullPolicy");
        if (policy != null) {
            if (!POLICIES.contains(policy)) {
                throw new InvalidPodException("imagePullPolicy is ‘" + policy + "’; it must be one of " + String.join(", ", POLICIES));
            }
            pod.main().setImagePullPolicy(policy);
        }
    }

    static void apply(JsonNode config, PodDraft pod) throws InvalidPodException {
        applyPolicy(config, pod);
        for (JsonNode entry : config.path("imagePullSecret")) {
            String name = PlatformValue.name(entry, "secretNameParameter", "secretName", "imagePullSecret");
            if (name != null) {
                pod.imagePullSecret(name);
            }
        }
    }
}
