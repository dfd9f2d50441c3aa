package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The last belt: finds pods, workspaces and anchors of this owner that belong to no live run, and deletes them. What a run's anchor owns
 * goes with it; what lost its anchor is deleted by itself. Claims of CreatePVC are the pipeline's and stay. Blocks on the API; may be
 * called at any time from any thread, also without a runner.
 */
public final class PodSweep {
    private final KubernetesClient client;
    private final PodOptions options;
    private final Predicate<String> isLive;
    private final Duration keep;
    private final Instant now;
    private final List<String> deleted = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();

    /**
     * @param deleted what went, as {@code kind/name}
     * @param troubles sentences on what could not be deleted; the next sweep tries again
     */
    public record Swept(List<String> deleted, List<String> troubles) {}

    private PodSweep(KubernetesClient client, PodOptions options, Predicate<String> isLive, Duration keep, Instant now) {
        this.client = client;
        this.options = options;
        this.isLive = isLive;
        this.keep = keep;
        this.now = now;
    }

    /**
     * @param isLive whether the run of this id may still use its pods; it must know of a run before the run makes its first one
     * @param keep for how long pods that are kept by {@link PodRetention} stay after they were made, where their pipeline says nothing
     * @throws KubernetesClientException when the cluster cannot be asked at all
     */
    public static Swept sweep(KubernetesClient client, PodOptions options, Predicate<String> isLive, Duration keep, Instant now) {
        PodSweep sweep = new PodSweep(client, options, isLive, keep, now);
        sweep.run();
        return new Swept(List.copyOf(sweep.deleted), List.copyOf(sweep.troubles));
    }

    private void run() {
        Map<String, String> ours = Map.of(PodNames.MANAGED_BY, PodNames.MANAGER, PodNames.OWNER, PodNames.label(options.owner()));
        List<Pod> pods = client.pods().inNamespace(options.namespace()).withLabels(ours).list().getItems();
        Set<String> kept = pods.stream().filter(this::isKept).map(PodSweep::runId).collect(Collectors.toSet());
        List<ConfigMap> anchors = client.configMaps().inNamespace(options.namespace()).withLabels(ours).list().getItems();
        List<PersistentVolumeClaim> claims =
                client.persistentVolumeClaims().inNamespace(options.namespace()).withLabels(ours).list().getItems();
        pods.stream().filter(pod -> !isKept(pod)).forEach(pod -> delete(pod, kept));
        claims.forEach(claim -> delete(claim, kept));
        anchors.forEach(anchor -> delete(anchor, kept));
    }

    private boolean isKept(Pod pod) {
        return options.retention() != PodRetention.NEVER && PodTtl.until(pod, keep).isAfter(now);
    }

    private void delete(HasMetadata object, Set<String> kept) {
        String runId = runId(object);
        if (runId == null || isLive.test(runId) || kept.contains(runId) && !(object instanceof Pod)) {
            return;
        }
        String name = object.getKind().toLowerCase(java.util.Locale.ROOT) + "/" + object.getMetadata().getName();
        try {
            client.resource(object).withGracePeriod(0).withPropagationPolicy(DeletionPropagation.BACKGROUND).delete();
            deleted.add(name);
        } catch (KubernetesClientException e) {
            if (e.getCode() != 404) {
                troubles.add(name + " could not be deleted: " + ApiTrouble.sentence(e));
            }
        }
    }

    private static String runId(HasMetadata object) {
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(PodNames.RUN_ID);
    }
}
