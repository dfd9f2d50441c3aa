package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.kubeflow.engine.task.RunContext;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One config map per run that owns everything the run makes in the cluster: deleting it deletes the rest, whatever else went wrong.
 * Blocks on the API; called on I/O threads.
 */
final class RunAnchors {
    private final KubernetesClient client;
    private final PodOptions options;
    private final Map<String, OwnerReference> known = new ConcurrentHashMap<>();
    private final Map<String, Object> locks = new ConcurrentHashMap<>();
    private final Set<String> made = ConcurrentHashMap.newKeySet();

    RunAnchors(KubernetesClient client, PodOptions options) {
        this.client = client;
        this.options = options;
    }

    OwnerReference of(RunContext run) {
        OwnerReference reference = known.get(run.runId());
        if (reference != null) {
            return reference;
        }
        synchronized (locks.computeIfAbsent(run.runId(), id -> new Object())) {
            return known.computeIfAbsent(run.runId(), id -> reference(ensure(run)));
        }
    }

    private ConfigMap ensure(RunContext run) {
        ConfigMap anchor = new ConfigMapBuilder()
                .withNewMetadata()
                .withName(PodNames.anchor(run.runId()))
                .withNamespace(options.namespace())
                .addToLabels(PodNames.MANAGED_BY, PodNames.MANAGER)
                .addToLabels(PodNames.OWNER, PodNames.label(options.owner()))
                .addToLabels(PodNames.RUN, PodNames.label(run.runId()))
                .addToAnnotations(PodNames.RUN_ID, run.runId())
                .addToAnnotations(PodNames.RUN_NAME, run.runName())
                .endMetadata()
                .build();
        try {
            return client.resource(anchor).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != 409) {
                throw e;
            }
            ConfigMap there = client.configMaps().inNamespace(options.namespace()).withName(anchor.getMetadata().getName()).get();
            if (there == null) {
                throw new KubernetesClientException("the anchor of the run has just been deleted");
            }
            return there;
        }
    }

    private static OwnerReference reference(ConfigMap anchor) {
        return new OwnerReferenceBuilder()
                .withApiVersion("v1")
                .withKind("ConfigMap")
                .withName(anchor.getMetadata().getName())
                .withUid(anchor.getMetadata().getUid())
                .build();
    }

    /** Whether nobody has made this object of a run yet; the one who is told so makes it. */
    boolean firstTime(String name) {
        return made.add(name);
    }

    void notYet(String name) {
        made.remove(name);
    }

    /** Forgets what was known, for when the anchor has been deleted. */
    void forget(String runId) {
        known.remove(runId);
        locks.remove(runId);
    }

    /** Deletes the anchor and with it everything of the run. */
    void delete(String runId) {
        forget(runId);
        client.configMaps().inNamespace(options.namespace()).withName(PodNames.anchor(runId)).delete();
    }
}
