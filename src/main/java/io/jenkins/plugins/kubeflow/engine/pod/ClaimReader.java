package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.jenkins.plugins.kubeflow.engine.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The pod through which one claim is read: made when it is needed, deleted a minute after its last use. */
final class ClaimReader implements AutoCloseable {
    private static final String MARK = "kfp-read";
    private static final Duration IDLE = Duration.ofSeconds(60);

    private final KubernetesClient client;
    private final PodOptions options;
    private final String claim;
    private ServicePod pod;
    private long made;
    private long used;

    ClaimReader(KubernetesClient client, PodOptions options, String claim) {
        this.client = client;
        this.options = options;
        this.claim = claim;
    }

    /** Blocks until the pod runs. One that has gone meanwhile is made again. */
    ExecWatch exec(List<String> command) throws StoreException {
        ServicePod ready = ready();
        try {
            return ready.exec(command);
        } catch (KubernetesClientException e) {
            forget(ready);
            return ready().exec(command);
        }
    }

    private synchronized ServicePod ready() throws StoreException {
        used = System.nanoTime();
        if (pod != null && used - made < ServicePod.LIFE.minusMinutes(2).toNanos()) {
            return pod;
        }
        close();
        made = used;
        try {
            pod = ServicePod.start(client, options, MARK, options.helperImage(), mount());
        } catch (StoreException e) {
            throw new StoreException("claim ‘" + claim + "’ cannot be read: " + e.getMessage());
        }
        endWhenIdle(pod);
        return pod;
    }

    private PodSpec mount() {
        return new PodSpecBuilder()
                .addNewVolume().withName("claim").withNewPersistentVolumeClaim(claim, true).endVolume()
                .addNewContainer()
                .addNewVolumeMount().withName("claim").withMountPath("/claim").withReadOnly(true).endVolumeMount()
                .endContainer()
                .build();
    }

    private void endWhenIdle(ServicePod one) {
        CompletableFuture.delayedExecutor(IDLE.toSeconds(), TimeUnit.SECONDS).execute(() -> {
            synchronized (this) {
                if (one != pod) {
                    return;
                } else if (System.nanoTime() - used > IDLE.toNanos()) {
                    close();
                    return;
                }
            }
            endWhenIdle(one);
        });
    }

    private synchronized void forget(ServicePod one) {
        if (one == pod) {
            close();
        }
    }

    @Override
    public synchronized void close() {
        if (pod != null) {
            pod.delete();
            pod = null;
        }
    }
}
