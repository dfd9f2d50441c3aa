package io.jenkins.plugins.kubeflow.engine.pod.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.jenkins.plugins.kubeflow.engine.ir.ComponentSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ParameterSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ParameterType;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The part of a task's configuration that its component wants to hand to what it starts itself (a training job, say): it arrives as
 * the component's TASK_CONFIG parameter. A field listed without {@code applyToTask} does not apply to the task's own pod.
 */
public final class TaskConfig {

    /** The fields that can be passed through, by their names in the IR. */
    public enum Field {
        RESOURCES,
        ENV,
        KUBERNETES_AFFINITY,
        KUBERNETES_TOLERATIONS,
        KUBERNETES_NODE_SELECTOR,
        KUBERNETES_VOLUMES
    }

    private final Map<Field, Boolean> applied = new EnumMap<>(Field.class);
    private final List<EnvVar> environment = new ArrayList<>();
    private final List<Volume> volumes = new ArrayList<>();
    private final List<VolumeMount> mounts = new ArrayList<>();
    private List<Toleration> tolerations = List.of();
    private Map<String, String> nodeSelector = Map.of();
    private Affinity affinity;
    private ResourceRequirements resources;

    public TaskConfig(ComponentSpec component) throws InvalidPodException {
        for (ComponentSpec.TaskConfigPassthrough passthrough : component.passthroughs()) {
            applied.put(field(passthrough.field()), passthrough.applyToTask());
        }
    }

    private static Field field(String name) throws InvalidPodException {
        try {
            return Field.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new InvalidPodException("cannot pass ‘" + name + "’ through; what can be is " + List.of(Field.values()));
        }
    }

    /** Whether the component wants this field. */
    boolean takes(Field field) {
        return applied.containsKey(field);
    }

    /** Whether the field applies to the task's own pod. */
    boolean leaves(Field field) {
        return applied.getOrDefault(field, true);
    }

    void environment(EnvVar variable) {
        environment.add(variable);
    }

    void volume(Volume volume, VolumeMount mount) {
        if (volumes.stream().noneMatch(other -> other.getName().equals(volume.getName()))) {
            volumes.add(volume);
        }
        mounts.add(mount);
    }

    void tolerations(List<Toleration> values) {
        tolerations = values;
    }

    void nodeSelector(Map<String, String> labels) {
        nodeSelector = labels;
    }

    Affinity affinity() {
        if (affinity == null) {
            affinity = new Affinity();
        }
        return affinity;
    }

    void resources(ResourceRequirements values) {
        resources = values;
    }

    /** The component's inputs that receive this. */
    public static Set<String> parameters(ComponentSpec component) {
        Set<String> names = new TreeSet<>();
        for (Map.Entry<String, ParameterSpec> input : component.inputParameters().entrySet()) {
            if (input.getValue().type() == ParameterType.TASK_CONFIG) {
                names.add(input.getKey());
            }
        }
        return names;
    }

    /** The value of the TASK_CONFIG parameter; keys without content are left out. */
    public JsonNode value() {
        ObjectNode value = Json.MAPPER.createObjectNode();
        set(value, "affinity", affinity);
        set(value, "tolerations", tolerations);
        set(value, "nodeSelector", nodeSelector);
        set(value, "env", environment);
        set(value, "volumes", volumes);
        set(value, "volumeMounts", mounts);
        set(value, "resources", resources);
        return value;
    }

    private static void set(ObjectNode value, String key, Object content) {
        JsonNode json = content == null ? null : PodYaml.json(content);
        if (json != null && !json.isEmpty()) {
            value.set(key, json);
        }
    }
}
