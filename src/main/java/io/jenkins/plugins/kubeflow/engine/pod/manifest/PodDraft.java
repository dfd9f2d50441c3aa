package io.jenkins.plugins.kubeflow.engine.pod.manifest;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A task's pod while its fields are being filled in, each concern by its own class: the pod spec, its main container, and the
 * metadata. What a component takes over itself (TaskConfig passthrough) is collected beside it.
 */
public final class PodDraft {
    private final PodSpec spec;
    private final Container main;
    private final Map<String, String> labels = new LinkedHashMap<>();
    private final Map<String, String> annotations = new LinkedHashMap<>();
    private final TaskConfig taskConfig;

    public PodDraft(PodSpec spec, Container main, TaskConfig taskConfig) {
        this.spec = spec;
        this.main = main;
        this.taskConfig = taskConfig;
    }

    public PodSpec spec() {
        return spec;
    }

    public Container main() {
        return main;
    }

    public Map<String, String> labels() {
        return labels;
    }

    public Map<String, String> annotations() {
        return annotations;
    }

    public TaskConfig taskConfig() {
        return taskConfig;
    }

    /** Adds a volume, once per name, and mounts it in the main container; both also or only to the TaskConfig where the component says so. */
    void volume(Volume volume, VolumeMount mount) {
        if (taskConfig.takes(TaskConfig.Field.KUBERNETES_VOLUMES)) {
            taskConfig.volume(volume, mount);
        }
        if (taskConfig.leaves(TaskConfig.Field.KUBERNETES_VOLUMES)) {
            podVolume(volume);
            main.getVolumeMounts().add(mount);
        }
    }

    /** A volume of the pod that is no matter of the TaskConfig. */
    public void podVolume(Volume volume) {
        if (spec.getVolumes().stream().noneMatch(other -> other.getName().equals(volume.getName()))) {
            spec.getVolumes().add(volume);
        }
    }

    void environment(EnvVar variable) {
        if (taskConfig.takes(TaskConfig.Field.ENV)) {
            taskConfig.environment(variable);
        }
        if (taskConfig.leaves(TaskConfig.Field.ENV)) {
            main.getEnv().add(variable);
        }
    }

    Affinity affinity() {
        if (spec.getAffinity() == null) {
            spec.setAffinity(new Affinity());
        }
        return spec.getAffinity();
    }

    void imagePullSecret(String name) {
        spec.getImagePullSecrets().add(new io.fabric8.kubernetes.api.model.LocalObjectReference(name));
    }

    void nodeSelector(Map<String, String> labels) {
        Map<String, String> all = new LinkedHashMap<>(spec.getNodeSelector() == null ? Map.of() : spec.getNodeSelector());
        all.putAll(labels);
        spec.setNodeSelector(all);
    }

    static <T> ArrayList<T> mutable(Iterable<T> values) {
        ArrayList<T> list = new ArrayList<>();
        values.forEach(list::add);
        return list;
    }
}
