package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;

/** The administrator's claims with Python packages: a cache that steps fill, and environments that were prepared. */
final class PythonVolumes {
    static final String CACHE = "/kfp-python";
    static final String PREPARED = "/kfp-environments";
    private static final String CACHE_VOLUME = "kfp-python";
    private static final String PREPARED_VOLUME = "kfp-environments";

    private PythonVolumes() {}

    static void add(PodOptions options, PodSpec spec, Container main) {
        if (options.pipCache() != null) {
            spec.getVolumes().add(new VolumeBuilder().withName(CACHE_VOLUME).withNewPersistentVolumeClaim(options.pipCache(), null).build());
            main.getVolumeMounts().add(new VolumeMountBuilder().withName(CACHE_VOLUME).withMountPath(CACHE).build());
        }
        if (options.pythonEnvironments() != null) {
            spec.getVolumes().add(new VolumeBuilder()
                    .withName(PREPARED_VOLUME).withNewPersistentVolumeClaim(options.pythonEnvironments(), true).build());
            main.getVolumeMounts().add(new VolumeMountBuilder().withName(PREPARED_VOLUME).withMountPath(PREPARED).withReadOnly(true).build());
        }
    }
}
