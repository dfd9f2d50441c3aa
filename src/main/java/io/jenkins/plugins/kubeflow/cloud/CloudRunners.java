package io.jenkins.plugins.kubeflow.cloud;

import hudson.Extension;
import hudson.ExtensionList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.pod.ClaimStore;
import io.jenkins.plugins.kubeflow.engine.pod.PodOptions;
import io.jenkins.plugins.kubeflow.engine.pod.PodRunner;
import io.jenkins.plugins.kubeflow.engine.pod.PodSweep;
import io.jenkins.plugins.kubeflow.engine.pod.RunPolicyCheck;
import io.jenkins.plugins.kubeflow.engine.store.ArtifactStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import jenkins.model.Jenkins;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesCloud;

/**
 * One runner per cloud, made for the first run and shared by all. When the settings of a cloud change, new runs get a new runner; the
 * old one serves its runs to their end. Thread-safe.
 */
@Extension
public class CloudRunners {
    private final List<Entry> entries = new ArrayList<>();

    /** A runner and the runs that use it. */
    private record Entry(String cloud, String settings, PodRunner runner, ArtifactStore reader, Set<String> runs) {}

    public static CloudRunners get() {
        return ExtensionList.lookupSingleton(CloudRunners.class);
    }

    /**
     * The runner for a run; the same for each call until {@link #ended}.
     *
     * @throws CloudException when the cloud's settings make none
     */
    public synchronized PodRunner runner(KubernetesCloud cloud, String runId) {
        for (Entry entry : entries) {
            if (entry.runs.contains(runId)) {
                return entry.runner;
            }
        }
        Entry entry = entry(cloud);
        entry.runs.add(runId);
        return entry.runner;
    }

    /** Reads artifacts in the stores of a cloud, as its settings are now. @throws CloudException as {@link #runner} */
    public synchronized ArtifactStore reader(KubernetesCloud cloud) {
        return entry(cloud).reader;
    }

    private Entry entry(KubernetesCloud cloud) {
        String settings = settings(cloud);
        Entry entry = current(cloud, settings);
        if (entry == null) {
            entry = create(cloud, settings);
            entries.add(entry);
        }
        return entry;
    }

    /** Changes with anything that makes a difference to a runner. */
    private static String settings(KubernetesCloud cloud) {
        return Jenkins.XSTREAM2.toXML(cloud)
                + cloud.getTrait(KubeflowCloudTrait.class).map(trait -> CloudStores.mark(cloud, trait)).orElse("");
    }

    private Entry current(KubernetesCloud cloud, String settings) {
        for (Entry entry : entries) {
            if (entry.cloud.equals(cloud.name) && entry.settings.equals(settings)) {
                return entry;
            }
        }
        return null;
    }

    private static Entry create(KubernetesCloud cloud, String settings) {
        PodOptions options = options(cloud);
        KubernetesClient client = CloudClient.of(cloud);
        ClaimStore claims = new ClaimStore(() -> client, options);
        ArtifactStore reader = ArtifactStore.of(() -> options.objects() == null ? List.of(claims) : List.of(options.objects(), claims));
        PodRunner runner = new PodRunner(client, options, () -> {
            claims.close();
            client.close();
        });
        return new Entry(cloud.name, settings, runner, reader, new HashSet<>());
    }

    private static PodOptions options(KubernetesCloud cloud) {
        KubeflowCloudTrait settings = cloud.getTrait(KubeflowCloudTrait.class)
                .orElseThrow(() -> new CloudException("cloud ‘" + cloud.name + "’ does not run pipelines"));
        return CloudPods.options(cloud, settings);
    }

    /** What the cloud's policy forbids of a pipeline, before anything of it runs. @throws CloudException as {@link #runner} */
    public static List<String> violations(KubernetesCloud cloud, PipelineSpec spec) {
        return RunPolicyCheck.problems(spec, options(cloud));
    }

    /**
     * Deletes what runs that are over have left in a cloud: of a controller that was killed, of a cluster that was away, of runs that
     * were deleted. Blocks on the API.
     *
     * @param isLive whether the run of this id may still use what it has there
     * @throws CloudException when the cloud's settings make no client
     */
    public static PodSweep.Swept sweep(KubernetesCloud cloud, Predicate<String> isLive, Duration keep) {
        PodOptions options = options(cloud);
        try (KubernetesClient client = CloudClient.of(cloud)) {
            return PodSweep.sweep(client, options, isLive, keep, Instant.now());
        }
    }

    /** A run is over: what it made in the cluster goes, and a runner that nobody needs any more is closed, on {@code io}. */
    public synchronized void ended(String runId, Executor io) {
        for (Iterator<Entry> all = entries.iterator(); all.hasNext(); ) {
            Entry entry = all.next();
            if (entry.runs.remove(runId)) {
                entry.runner.runEnded(runId);
                if (entry.runs.isEmpty() && isOld(entry)) {
                    all.remove();
                    io.execute(entry.runner::close);
                }
            }
        }
    }

    private static boolean isOld(Entry entry) {
        return !(Jenkins.get().getCloud(entry.cloud) instanceof KubernetesCloud cloud)
                || !settings(cloud).equals(entry.settings);
    }

    /** Jenkins goes down: pods are left alone and found again. */
    public synchronized void close() {
        entries.forEach(entry -> entry.runner.close());
        entries.clear();
    }
}
