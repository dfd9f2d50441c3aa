package io.jenkins.plugins.kubeflow.limit;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.ItemGroup;
import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskDispatcher;
import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration;
import io.jenkins.plugins.kubeflow.job.ActiveRuns;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;

/**
 * How many runs may be under way at once: of a job, below a folder, in all. Whatever is beyond waits in Jenkins' queue and says so there,
 * in the order in which it came. A retry goes on at once, and so does what was under way before a restart; both count. Called by the
 * queue, under its lock; loads no run.
 */
@Extension
public final class RunLimits extends QueueTaskDispatcher {
    /** Of no limit; for properties and settings. */
    public static final int NONE = 0;

    @Override
    @CheckForNull
    public CauseOfBlockage canRun(Queue.Item item) {
        if (!(item.task instanceof KubeflowPipeline job)) {
            return null;
        }
        RunLimitJobProperty own = job.getProperty(RunLimitJobProperty.class);
        if (own != null && reached(item, job.getFullName(), own.getRuns())) {
            return CauseOfBlockage.fromMessage(Messages._RunLimits_job(own.getRuns()));
        }
        for (ItemGroup<?> group = job.getParent(); group instanceof AbstractFolder<?> folder; group = folder.getParent()) {
            RunLimitFolderProperty limit = folder.getProperties().get(RunLimitFolderProperty.class);
            if (limit != null && reached(item, folder.getFullName() + "/", limit.getRuns())) {
                return CauseOfBlockage.fromMessage(Messages._RunLimits_folder(folder.getFullDisplayName(), limit.getRuns()));
            }
        }
        int all = KubeflowConfiguration.get().getRunsAtOnce();
        return reached(item, "", all) ? CauseOfBlockage.fromMessage(Messages._RunLimits_all(all)) : null;
    }

    /** @param scope a job's full name; or a folder's with a slash, or nothing, for all jobs whose names begin so */
    private static boolean reached(Queue.Item item, String scope, int limit) {
        return limit != NONE && ActiveRuns.count(name -> in(name, scope)) + ahead(item, scope) >= limit;
    }

    /** Those which the queue has let go and no executor has begun. */
    private static long ahead(Queue.Item item, String scope) {
        return Queue.getInstance().getBuildableItems().stream()
                .filter(other -> other.getId() < item.getId() && other.task instanceof KubeflowPipeline job && in(job.getFullName(), scope))
                .count();
    }

    private static boolean in(String job, String scope) {
        return scope.isEmpty() || (scope.endsWith("/") ? job.startsWith(scope) : job.equals(scope));
    }
}
