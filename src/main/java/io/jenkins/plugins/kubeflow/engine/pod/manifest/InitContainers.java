package io.jenkins.plugins.kubeflow.engine.pod.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** {@code initContainers}; {@code restartPolicy: Always} makes one a sidecar. They get the hardening that KFP gives them. */
final class InitContainers {
    /** KFP's own, which it refuses as a name. */
    private static final String LAUNCHER = "kfp-launcher";

    private InitContainers() {}

    static void apply(JsonNode config, PodDraft pod, Set<String> reserved) throws InvalidPodException {
        for (JsonNode entry : config.path("initContainers")) {
            String name = entry.path("name").asText();
            boolean taken = name.equals(LAUNCHER)
                    || reserved.contains(name)
                    || Stream.concat(pod.spec().getInitContainers().stream(), pod.spec().getContainers().stream())
                            .anyMatch(other -> other.getName().equals(name));
            if (name.isEmpty() || taken) {
                throw new InvalidPodException(name.isEmpty() ? "an init container has no name" : "the name of init container ‘" + name + "’ is taken");
            }
            pod.spec().getInitContainers().add(container(name, entry));
        }
    }

    private static Container container(String name, JsonNode entry) throws InvalidPodException {
        if (entry.path("image").asText().isEmpty()) {
            throw new InvalidPodException("init container ‘" + name + "’ names no image");
        }
        String restart = PlatformValue.text(entry, "restartPolicy");
        if (restart != null && !restart.equals("Always")) {
            throw new InvalidPodException("the restart policy of init container ‘" + name + "’ is ‘" + restart + "’; it can only be Always");
        }
        Container container = new ContainerBuilder()
                .withName(name)
                .withImage(entry.path("image").asText())
                .withCommand(PlatformValue.texts(entry.path("command")))
                .withArgs(PlatformValue.texts(entry.path("args")))
                .withRestartPolicy(restart)
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withNewCapabilities().withDrop("ALL").endCapabilities()
                .withNewSeccompProfile().withType("RuntimeDefault").endSeccompProfile()
                .endSecurityContext()
                .build();
        for (JsonNode variable : entry.path("env")) {
            if (variable.path("name").asText().isEmpty()) {
                throw new InvalidPodException("init container ‘" + name + "’ has an environment variable without a name");
            }
            container.getEnv().add(new EnvVar(variable.path("name").asText(), variable.path("value").asText(), null));
        }
        for (JsonNode mount : entry.path("volumeMounts")) {
            String path = mount.path("mountPath").asText();
            if (!path.startsWith("/") || mount.path("volumeName").asText().isEmpty()) {
                throw new InvalidPodException("init container ‘" + name + "’ mounts ‘" + mount.path("volumeName").asText() + "’ at ‘" + path
                        + "’; it needs the name of a volume and an absolute path");
            }
            container.getVolumeMounts().add(new VolumeMountBuilder()
                    .withName(VolumeNames.of(mount.path("volumeName").asText())).withMountPath(path).build());
        }
        JsonNode resources = entry.path("resources");
        if (!resources.isEmpty()) {
            ResourceRequirements requirements = new ResourceRequirements();
            requirements.setRequests(quantities(resources.path("requests"), name));
            requirements.setLimits(quantities(resources.path("limits"), name));
            container.setResources(requirements);
        }
        return container;
    }

    private static Map<String, Quantity> quantities(JsonNode object, String name) throws InvalidPodException {
        Map<String, Quantity> quantities = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : PlatformValue.map(object).entrySet()) {
            quantities.put(entry.getKey(), PlatformValue.quantity(entry.getValue(), entry.getKey() + " of init container ‘" + name + "’"));
        }
        return quantities;
    }
}
