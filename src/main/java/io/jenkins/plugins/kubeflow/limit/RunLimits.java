package io.jenkins.plugins.kubeflow.limit;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.ItemGroup;
import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueListener;
import hudson.model.queue.QueueTaskDispatcher;
import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration;
import io.jenkins.plugins.kubeflow.job.ActiveRuns;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * How many runs may be under way at once: of a job, below a folder, in all. Whatever is beyond waits in Jenkins' queue and says so there,
 * in the order in which it came, unless a page that shows why a later one waits has just found it a place. A retry goes on at once, and
 * so does what was under way before a restart; both count. Called by the queue, under its lock, and by pages, without; loads no run.
 */
@Extension
public final class RunLimits extends QueueTaskDispatcher {
    /** Of no limit; for properties and settings. */
    public static final int NONE = 0;

    private static final Duration LEASE = Duration.ofMinutes(1);

    /** Items that were let go and have not left the queue, which tells of them late: each has its place until it begins. */
    private final Map<Long, Lease> leases = new HashMap<>();

    private record Lease(String job, Instant end) {}

    @Override
    @CheckForNull
    public synchronized CauseOfBlockage canRun(Queue.Item item) {
        if (!(item.task instanceof KubeflowPipeline job)) {
            return null;
        }
        Instant now = Instant.now();
        leases.values().removeIf(lease -> lease.end().isBefore(now));
        leases.remove(item.getId());
        boolean limited = false;
        RunLimitJobProperty own = job.getProperty(RunLimitJobProperty.class);
        if (own != null) {
            limited = true;
            if (reached(job.getFullName(), own.getRuns())) {
                return CauseOfBlockage.fromMessage(Messages._RunLimits_job(own.getRuns()));
            }
        }
        for (ItemGroup<?> group = job.getParent(); group instanceof AbstractFolder<?> folder; group = folder.getParent()) {
            RunLimitFolderProperty limit = folder.getProperties().get(RunLimitFolderProperty.class);
            if (limit != null) {
                limited = true;
                if (reached(folder.getFullName() + "/", limit.getRuns())) {
                    return CauseOfBlockage.fromMessage(Messages._RunLimits_folder(folder.getFullDisplayName(), limit.getRuns()));
                }
            }
        }
        int all = KubeflowConfiguration.get().getRunsAtOnce();
        if (reached("", all)) {
            return CauseOfBlockage.fromMessage(Messages._RunLimits_all(all));
        }
        if (limited || all != NONE) {
            leases.put(item.getId(), new Lease(job.getFullName(), now.plus(LEASE)));
        }
        return null;
    }

    /** @param scope a job's full name; or a folder's with a slash, or nothing, for all jobs whose names begin so */
    private boolean reached(String scope, int limit) {
        return limit != NONE
                && ActiveRuns.count(name -> in(name, scope)) + leases.values().stream().filter(lease -> in(lease.job(), scope)).count() >= limit;
    }

    private static boolean in(String job, String scope) {
        return scope.isEmpty() || (scope.endsWith("/") ? job.startsWith(scope) : job.equals(scope));
    }

    private synchronized void left(Queue.Item item) {
        leases.remove(item.getId());
    }

    /** An executor has the item, and makes its run under the same lock; or somebody took it out of the queue. */
    @Extension
    public static final class Leaving extends QueueListener {
        @Override
        public void onLeft(Queue.LeftItem item) {
            ExtensionList.lookupSingleton(RunLimits.class).left(item);
        }
    }
}
