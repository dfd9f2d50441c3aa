package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.jenkins.plugins.kubeflow.engine.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A pod that is no step's: it waits for execs, ends by itself after some minutes, and carries the mark of a run that is never under way,
 * so that a sweep finds one that was forgotten. It goes where the cloud's pods go, with their pull secrets and service account.
 */
final class ServicePod {
    static final Duration LIFE = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KubernetesClient client;
    private final PodOptions options;
    private final String name;

    private ServicePod(KubernetesClient client, PodOptions options, String name) {
        this.client = client;
        this.options = options;
        this.name = name;
    }

    /**
     * Makes one and waits until it runs.
     *
     * @param mark in place of a run's id
     * @param pod its volumes, and a container for what this does not know of
     * @throws StoreException with the reason when it does not start
     * @throws KubernetesClientException when the API has trouble
     */
    static ServicePod start(KubernetesClient client, PodOptions options, String mark, String image, PodSpec pod) throws StoreException {
        ServicePod made = new ServicePod(client, options, mark + "-" + PodNames.digest(UUID.randomUUID().toString()));
        client.resource(manifest(made.name, options, mark, image, pod)).create();
        try {
            made.resource().waitUntilCondition(ServicePod::runs, PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return made;
        } catch (KubernetesClientException e) {
            Pod stuck = made.resource().get();
            String why = stuck != null && PodVerdict.of(stuck) instanceof PodVerdict.Waiting waiting ? waiting.why() : ApiTrouble.sentence(e);
            made.delete();
            throw new StoreException("pod ‘" + made.name + "’ does not start: " + why);
        }
    }

    private static boolean runs(Pod pod) {
        return pod != null && pod.getStatus() != null && "Running".equals(pod.getStatus().getPhase());
    }

    static Pod manifest(String name, PodOptions options, String mark, String image, PodSpec given) {
        PodSpec base = TaskManifest.base(options);
        base.setContainers(new ArrayList<>());
        base.setInitContainers(new ArrayList<>());
        PodSpec spec = new PodSpecBuilder(base)
                .withVolumes(given.getVolumes())
                .withRestartPolicy("Never")
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(0L)
                .withActiveDeadlineSeconds(LIFE.toSeconds())
                .addToContainers(new ContainerBuilder(given.getContainers().get(0))
                        .withName(TaskManifest.HELPER)
                        .withImage(image)
                        .withCommand("sh", "-c", "sleep " + LIFE.toSeconds())
                        .withNewSecurityContext().withAllowPrivilegeEscalation(false).endSecurityContext()
                        .build())
                .build();
        if (options.serviceAccount() != null) {
            spec.setServiceAccountName(options.serviceAccount());
        }
        PolicyDefaults.apply(options.policy(), spec);
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(options.namespace())
                .addToLabels(PodNames.MANAGED_BY, PodNames.MANAGER)
                .addToLabels(PodNames.OWNER, PodNames.label(options.owner()))
                .addToAnnotations(PodNames.RUN_ID, mark)
                .endMetadata()
                .withSpec(spec)
                .build();
    }

    ExecWatch exec(List<String> command) {
        return resource().inContainer(TaskManifest.HELPER).withReadyWaitTimeout(0).redirectingOutput().exec(command.toArray(new String[0]));
    }

    private PodResource resource() {
        return client.pods().inNamespace(options.namespace()).withName(name);
    }

    void delete() {
        try {
            resource().withGracePeriod(0).delete();
        } catch (KubernetesClientException e) {
            // it ends by itself, and a sweep deletes it
        }
    }
}
