package io.jenkins.plugins.kubeflow.engine.pod.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Everything of a task that comes from the IR's resources and environment and from the 19 fields of kfp-kubernetes. */
public final class PlatformFields {
    private PlatformFields() {}

    /**
     * @param config the executor's KubernetesExecutorConfig, references resolved
     * @param environment the main container's plain variables, resolved
     * @param placeholders resolves a single field
     * @param reserved names of containers that init containers must not take
     */
    public static void apply(
            PodDraft pod,
            ObjectNode config,
            ObjectNode resources,
            Map<String, String> environment,
            UnaryOperator<String> placeholders,
            Set<String> reserved)
            throws InvalidPodException {
        environment.forEach((name, value) -> pod.environment(new io.fabric8.kubernetes.api.model.EnvVar(name, value, null)));
        Resources.apply(resources, pod, placeholders);
        ClaimMounts.apply(config, pod);
        Secrets.apply(config, pod);
        ConfigMaps.apply(config, pod);
        ScratchVolumes.apply(config, pod);
        ImagePull.apply(config, pod);
        NodePlacement.apply(config, pod);
        PodPlacement.apply(config, pod);
        Tolerations.apply(config, pod);
        FieldPaths.apply(config, pod);
        PodMetadata.apply(config, pod);
        SecurityContexts.apply(config, pod);
        InitContainers.apply(config, pod, reserved);
    }

    /** Only what needs no value of the run: resources and the containers themselves, without references. */
    public static void applyConstants(PodDraft pod, ObjectNode config, ObjectNode resources, Set<String> reserved) throws InvalidPodException {
        Resources.apply(resources, pod, UnaryOperator.identity());
        ImagePull.applyPolicy(config, pod);
        SecurityContexts.apply(config, pod);
        InitContainers.apply(config, pod, reserved);
    }
}
