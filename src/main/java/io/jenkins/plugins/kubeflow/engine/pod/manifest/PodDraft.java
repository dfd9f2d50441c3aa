package io.jenkins.plugins.kubeflow.engine.pod.manifest;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A task's pod while its fields are being filled in, each concern by its own class: the pod spec, its main container, and the
 * metadata. What a component takes over itself (TaskConfig passthrough) is collected beside it.
 */
public final class PodDraft {
    /** Names of volumes that a runner adds by itself. */
    public static final Set<String> RESERVED_VOLUMES = Set.of("kfp", "kfp-workspace", "kfp-python", "kfp-environments");

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

    /**
     * Adds a volume, once per content, and mounts it in the main container; both also or only to the TaskConfig where the component says
     * so. A name that means something else already is replaced by {@code otherName}.
     */
    void volume(Volume wanted, VolumeMount mount, String otherName) {
        Volume volume = isTaken(wanted) ? new VolumeBuilder(wanted).withName(otherName).build() : wanted;
        mount.setName(volume.getName());
        if (taskConfig.takes(TaskConfig.Field.KUBERNETES_VOLUMES)) {
            taskConfig.volume(volume, mount);
        }
        if (taskConfig.leaves(TaskConfig.Field.KUBERNETES_VOLUMES)) {
            podVolume(volume);
            main.getVolumeMounts().add(mount);
        }
    }

    private boolean isTaken(Volume volume) {
        return RESERVED_VOLUMES.contains(volume.getName())
                || spec.getVolumes().stream().anyMatch(other -> other.getName().equals(volume.getName()) && !other.equals(volume));
    }

    /** A volume of the pod whose name the component chose, so that init containers can mount it too; no matter of the TaskConfig. */
    void namedVolume(Volume volume) throws InvalidPodException {
        if (RESERVED_VOLUMES.contains(volume.getName())) {
            throw new InvalidPodException("volume ‘" + volume.getName() + "’ has a name that is taken; give it another one");
        }
        if (isTaken(volume)) {
            throw new InvalidPodException("volume ‘" + volume.getName() + "’ is declared twice, each time as something else");
        }
        podVolume(volume);
    }

    private void podVolume(Volume volume) {
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
        LocalObjectReference secret = new LocalObjectReference(name);
        if (!spec.getImagePullSecrets().contains(secret)) {
            spec.getImagePullSecrets().add(secret);
        }
    }

    void nodeSelector(Map<String, String> labels) {
        Map<String, String> all = new LinkedHashMap<>(spec.getNodeSelector() == null ? Map.of() : spec.getNodeSelector());
        all.putAll(labels);
        spec.setNodeSelector(all);
    }
}
