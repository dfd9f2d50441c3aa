package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.kubeflow.engine.pod.manifest.InvalidPodException;
import io.jenkins.plugins.kubeflow.engine.run.TaskLaunch;
import java.util.Map;

/** Makes an attempt's pod, and before it what it needs: the run's anchor and workspace. Blocks on the API; may be repeated. */
final class PodCreation {
    private final TaskLaunch launch;
    private final Step step;
    private final PodServices services;

    PodCreation(TaskLaunch launch, Step step, PodServices services) {
        this.launch = launch;
        this.step = step;
        this.services = services;
    }

    /** The pod of this very attempt, or null. */
    Pod find() {
        Pod pod = services.client().pods().inNamespace(services.options().namespace()).withName(step.podName()).get();
        return pod != null && isOurs(pod) ? pod : null;
    }

    /** @return the new pod, or the one that an earlier try made */
    Pod create() throws InvalidPodException {
        OwnerReference anchor = services.anchors().of(launch.run());
        if (Workspace.isWanted(launch)) {
            workspace(anchor);
        }
        Pod pod = new PodBuilder(step.pod()).editMetadata().withOwnerReferences(anchor).endMetadata().build();
        try {
            return services.client().resource(pod).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() == 409) {
                Pod there = find();
                if (there != null) {
                    return there;
                }
            }
            throw e;
        }
    }

    private boolean isOurs(Pod pod) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        return annotations != null && launch.handle().equals(annotations.get(PodNames.HANDLE));
    }

    private void workspace(OwnerReference anchor) throws InvalidPodException {
        var claim = Workspace.claim(launch, services.options());
        ClaimTask.allowed(services.options(), launch, claim);
        claim.getMetadata().getOwnerReferences().add(anchor);
        if (services.anchors().firstTime(claim.getMetadata().getName())) {
            try {
                services.client().resource(claim).create();
            } catch (KubernetesClientException e) {
                if (e.getCode() != 409) {
                    services.anchors().notYet(claim.getMetadata().getName());
                    throw e;
                }
            }
        }
    }
}
