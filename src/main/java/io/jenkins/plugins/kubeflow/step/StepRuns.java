package io.jenkins.plugins.kubeflow.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Queue;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import hudson.model.queue.QueueListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.MovedJobs;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import io.jenkins.plugins.kubeflow.job.RunRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jenkins.model.Jenkins;

/** Which steps wait for which runs, in this session of Jenkins; tells them of start and end. Steps come back by themselves after a restart. */
@Extension
public class StepRuns extends RunListener<PipelineRun> {
    private static final int SEARCHED = 200;

    private final Map<String, RunStepExecution> waiting = new ConcurrentHashMap<>();

    static StepRuns get() {
        return ExtensionList.lookupSingleton(StepRuns.class);
    }

    void waiting(RunStepExecution step) {
        waiting.put(step.runId(), step);
    }

    void forget(String runId) {
        waiting.remove(runId);
    }

    @Override
    public void onStarted(PipelineRun run, TaskListener listener) {
        RunStepExecution step = waiting.get(run.getRunId());
        if (step != null) {
            step.started(run);
        }
    }

    @Override
    public void onFinalized(PipelineRun run) {
        RunStepExecution step = waiting.get(run.getRunId());
        if (step != null) {
            step.finished(run);
        }
    }

    /** Whoever asks; see {@link #named}. */
    @CheckForNull
    static PipelineRun find(String job, int number, String runId) {
        try (ACLContext context = ACL.as2(ACL.SYSTEM2)) {
            return named(job, number, runId);
        }
    }

    /**
     * The run by its number, or (0) among the latest of its job, and always by its id: the job may have been renamed or moved since, and
     * another one may have its name. Null when there is none, or none that the user may see.
     */
    @CheckForNull
    static PipelineRun named(String job, int number, String runId) {
        for (String name : MovedJobs.names(job)) {
            KubeflowPipeline item = Jenkins.get().getItemByFullName(name, KubeflowPipeline.class);
            PipelineRun run = item == null ? null : number > 0 ? item.getBuildByNumber(number) : item.getLastBuild();
            for (int left = SEARCHED; run != null && left > 0; left--) {
                if (run.getRunId().equals(runId)) {
                    return run;
                }
                run = number > 0 ? null : run.getPreviousBuild();
            }
        }
        return null;
    }

    static boolean isQueued(String runId) {
        return queued(runId) != null;
    }

    @CheckForNull
    private static Queue.Item queued(String runId) {
        for (Queue.Item item : Queue.getInstance().getItems()) {
            RunRequest request = item.getAction(RunRequest.class);
            if (request != null && request.getRunId().equals(runId)) {
                return item;
            }
        }
        return null;
    }

    /** Wherever it is; does nothing when it is over. */
    static void cancel(@CheckForNull String job, int number, String runId) {
        try (ACLContext context = ACL.as2(ACL.SYSTEM2)) {
            Queue.Item item = queued(runId);
            if (item != null && Queue.getInstance().cancel(item)) {
                return;
            }
            PipelineRun run = job == null ? null : find(job, number, runId);
            if (run != null && run.isBuilding()) {
                run.cancel();
            }
        }
    }

    /** A run that is taken out of the queue never starts. */
    @Extension
    public static final class Dropped extends QueueListener {
        @Override
        public void onLeft(Queue.LeftItem item) {
            RunRequest request = item.isCancelled() ? item.getAction(RunRequest.class) : null;
            RunStepExecution step = request == null ? null : get().waiting.get(request.getRunId());
            if (step != null) {
                step.dropped();
            }
        }
    }
}
