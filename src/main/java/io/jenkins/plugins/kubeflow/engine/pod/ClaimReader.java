package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.jenkins.plugins.kubeflow.engine.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The pod through which one claim is read. It has no credentials, ends by itself after some minutes, and carries the mark of a run that
 * is never under way, so that a sweep finds one that was forgotten.
 */
final class ClaimReader implements AutoCloseable {
    static final String RUN = "claim-reader";
    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KubernetesClient client;
    private final PodOptions options;
    private final String claim;
    private String pod;
    private long made;
    private long used;

    ClaimReader(KubernetesClient client, PodOptions options, String claim) {
        this.client = client;
        this.options = options;
        this.claim = claim;
    }

    /** Blocks until the pod runs. One that has gone meanwhile is made again. */
    ExecWatch exec(List<String> command) throws StoreException {
        String name = ready();
        try {
            return exec(name, command);
        } catch (KubernetesClientException e) {
            forget(name);
            return exec(ready(), command);
        }
    }

    private ExecWatch exec(String name, List<String> command) {
        return resource(name).inContainer(TaskManifest.HELPER).withReadyWaitTimeout(0).redirectingOutput().exec(command.toArray(new String[0]));
    }

    private PodResource resource(String name) {
        return client.pods().inNamespace(options.namespace()).withName(name);
    }

    private synchronized String ready() throws StoreException {
        used = System.nanoTime();
        if (pod != null && used - made < LIFE.minusMinutes(2).toNanos()) {
            return pod;
        }
        close();
        String name = "kfp-read-" + PodNames.digest(claim + UUID.randomUUID());
        client.resource(manifest(name)).create();
        pod = name;
        made = System.nanoTime();
        try {
            resource(name).waitUntilCondition(ClaimReader::runs, PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (KubernetesClientException e) {
            Pod stuck = resource(name).get();
            String why = PodVerdict.of(stuck) instanceof PodVerdict.Waiting waiting ? waiting.why() : ApiTrouble.sentence(e);
            close();
            throw new StoreException("claim ‘" + claim + "’ cannot be read: its pod does not start: " + why);
        }
        endWhenIdle(name);
        return name;
    }

    private static boolean runs(Pod pod) {
        return pod != null && pod.getStatus() != null && "Running".equals(pod.getStatus().getPhase());
    }

    private void endWhenIdle(String name) {
        CompletableFuture.delayedExecutor(IDLE.toSeconds(), TimeUnit.SECONDS).execute(() -> {
            synchronized (this) {
                if (!name.equals(pod)) {
                    return;
                } else if (System.nanoTime() - used > IDLE.toNanos()) {
                    close();
                    return;
                }
            }
            endWhenIdle(name);
        });
    }

    private synchronized void forget(String name) {
        if (name.equals(pod)) {
            close();
        }
    }

    private Pod manifest(String name) {
        Pod manifest = new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(options.namespace())
                .addToLabels(PodNames.MANAGED_BY, PodNames.MANAGER)
                .addToLabels(PodNames.OWNER, PodNames.label(options.owner()))
                .addToAnnotations(PodNames.RUN_ID, RUN)
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(0L)
                .withActiveDeadlineSeconds(LIFE.toSeconds())
                .addNewContainer()
                .withName(TaskManifest.HELPER)
                .withImage(options.helperImage())
                .withCommand("sh", "-c", "sleep " + LIFE.toSeconds())
                .addNewVolumeMount().withName("claim").withMountPath("/claim").withReadOnly(true).endVolumeMount()
                .withNewSecurityContext().withAllowPrivilegeEscalation(false).endSecurityContext()
                .endContainer()
                .addNewVolume().withName("claim").withNewPersistentVolumeClaim(claim, true).endVolume()
                .endSpec()
                .build();
        PodSpec spec = manifest.getSpec();
        if (options.serviceAccount() != null) {
            spec.setServiceAccountName(options.serviceAccount());
        }
        PolicyDefaults.apply(options.policy(), spec);
        return manifest;
    }

    @Override
    public synchronized void close() {
        if (pod != null) {
            try {
                resource(pod).withGracePeriod(0).delete();
            } catch (KubernetesClientException e) {
                // it ends by itself, and a sweep deletes it
            }
            pod = null;
        }
    }
}
