package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.jenkins.plugins.kubeflow.engine.store.S3Keys;
import io.jenkins.plugins.kubeflow.engine.store.StoreCredentials;
import io.jenkins.plugins.kubeflow.engine.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * The temporary credentials that the service account of the pods has in an object store; nobody keeps a key. Only a pod can get at them
 * (its token, the agent or the metadata service of its node), so a small one of ours is made, asked once, and deleted; no step has a say
 * in it. What it got is kept in memory until half of its time is over.
 */
public final class PodCredentials implements StoreCredentials {
    private static final String MARK = "kfp-credentials";
    private static final String AUDIENCE = "sts.amazonaws.com";
    private static final String DIRECTORY = "/var/run/secrets/kubeflow-store";
    private static final long TOKEN_SECONDS = 3600;
    private static final Duration ANSWER = Duration.ofSeconds(60);
    /** A trouble is not asked about again for so long: many steps may want the same. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final Supplier<KubernetesClient> clients;
    private final PodOptions options;
    private final String role;
    private final String tokenService;
    private S3Keys keys;
    private Instant renew;
    private StoreException trouble;

    /**
     * @param clients makes one for each use, which is closed afterwards
     * @param role what the service account takes; null where the cluster tells its pods by itself (EKS), or their node has one
     * @param tokenService where a token is exchanged, unless the pod is told otherwise
     */
    public PodCredentials(Supplier<KubernetesClient> clients, PodOptions options, String role, String tokenService) {
        this.clients = clients;
        this.options = options;
        this.role = role;
        this.tokenService = tokenService;
    }

    @Override
    public synchronized S3Keys keys() throws StoreException {
        Instant now = Instant.now();
        if (renew == null || !now.isBefore(renew)) {
            try {
                keys = ask();
                trouble = null;
                renew = keys.expires() == null ? now.plus(Duration.ofHours(1)) : now.plus(Duration.between(now, keys.expires()).dividedBy(2));
            } catch (StoreException e) {
                trouble = e;
                renew = now.plus(PAUSE);
            }
        }
        boolean still = keys != null && (keys.expires() == null || now.isBefore(keys.expires()));
        if (trouble != null && !still) {
            throw trouble;
        }
        return keys;
    }

    private S3Keys ask() throws StoreException {
        String account = options.serviceAccount() == null ? "default" : options.serviceAccount();
        String who = "the credentials of service account ‘" + account + "’ for the object store: ";
        try (KubernetesClient client = clients.get()) {
            ServicePod pod = ServicePod.start(client, options, MARK, options.helperImage(true), spec());
            try {
                return CredentialsAnswer.keys(answer(pod));
            } finally {
                pod.delete();
            }
        } catch (StoreException e) {
            throw new StoreException(who + e.getMessage(), e.status());
        } catch (KubernetesClientException e) {
            throw new StoreException(who + ApiTrouble.sentence(e), e);
        }
    }

    private String answer(ServicePod pod) throws StoreException {
        try (ExecWatch exec = pod.exec(List.of("sh", "-c", StepScript.CREDENTIALS, "sh", tokenService))) {
            return CompletableFuture.supplyAsync(() -> text(exec.getOutput())).get(ANSWER.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new StoreException("no answer within " + ANSWER.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw new StoreException("the exec broke off: " + e.getCause().getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted");
        }
    }

    private static String text(InputStream in) {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A token of its own where we name the role; otherwise what the cluster puts in. */
    PodSpec spec() {
        if (role == null) {
            return new PodSpecBuilder().addNewContainer().endContainer().build();
        }
        return new PodSpecBuilder()
                .addNewVolume()
                .withName("token")
                .withNewProjected()
                .addNewSource().withNewServiceAccountToken(AUDIENCE, TOKEN_SECONDS, "token").endSource()
                .endProjected()
                .endVolume()
                .addNewContainer()
                .addNewEnv().withName("AWS_ROLE_ARN").withValue(role).endEnv()
                .addNewEnv().withName("AWS_WEB_IDENTITY_TOKEN_FILE").withValue(DIRECTORY + "/token").endEnv()
                .addNewVolumeMount().withName("token").withMountPath(DIRECTORY).withReadOnly(true).endVolumeMount()
                .endContainer()
                .build();
    }

    @Override
    public String toString() {
        return "PodCredentials[" + options.namespace() + "/" + options.serviceAccount() + "]";
    }
}
