package io.jenkins.plugins.kubeflow.recurring;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.XmlFile;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.Saveable;
import hudson.model.TaskListener;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.RunListener;
import hudson.model.listeners.SaveableListener;
import hudson.model.queue.QueueListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.kubeflow.job.ActiveRuns;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import io.jenkins.plugins.kubeflow.job.RunRequest;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** Tells the clock of recurring runs what happens to jobs and runs. */
final class RecurringRunEvents {
    private static final Logger LOGGER = Logger.getLogger(RecurringRunEvents.class.getName());

    private RecurringRunEvents() {}

    /** Jobs come, go, and change. */
    @Extension
    public static final class Jobs extends ItemListener {
        @Override
        public void onLoaded() {
            RecurringRunClock clock = RecurringRunClock.get();
            try (ACLContext context = ACL.as2(ACL.SYSTEM2)) {
                Jenkins.get().allItems(KubeflowPipeline.class).forEach(clock::sync);
                for (RecurringFiring firing : clock.unfinished()) {
                    if (!firing.known()) {
                        firing.queue();
                    } else if (firing.begun() != null) {
                        clock.ended(firing.job(), firing.run().getId(), firing.runId());
                    }
                }
                for (PipelineRun run : ActiveRuns.current()) {
                    RunRequest request = run.request();
                    if (request.getRecurringRunId() != null) {
                        clock.begun(run.getParent(), request.getRecurringRunId(), run.getRunId());
                        if (!run.isBuilding()) {
                            clock.ended(run.getParent(), request.getRecurringRunId(), run.getRunId());
                        }
                    }
                }
            }
            clock.start();
        }

        @Override
        public void onCreated(Item item) {
            changed(item);
        }

        @Override
        public void onUpdated(Item item) {
            changed(item);
        }

        @Override
        public void onLocationChanged(Item item, String oldFullName, String newFullName) {
            if (item instanceof KubeflowPipeline job) {
                RecurringRunClock.get().moved(oldFullName, job);
            }
        }

        @Override
        public void onDeleted(Item item) {
            if (item instanceof KubeflowPipeline) {
                RecurringRunClock.get().forget(item.getFullName());
            }
        }

        static void changed(Object item) {
            if (item instanceof KubeflowPipeline job) {
                if (RecurringRunClock.get().hasIdsOfAnotherJob(job)) {
                    renew(job);
                } else {
                    RecurringRunClock.get().sync(job);
                }
            }
        }

        /** A copy has recurring runs of its own. Saving comes back here. */
        private static void renew(KubeflowPipeline job) {
            try {
                RecurringRuns.change(job, runs -> {
                    List<RecurringRun> copies = runs.stream().map(RecurringRun::copy).toList();
                    copies.forEach(copy -> copy.setId(UUID.randomUUID().toString()));
                    return copies;
                });
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "recurring runs of the copy " + job.getFullName() + " cannot be saved");
            }
        }
    }

    /** Jobs are saved by scripts and forms alike. */
    @Extension
    public static final class Saves extends SaveableListener {
        @Override
        public void onChange(Saveable saved, XmlFile file) {
            Jobs.changed(saved);
        }
    }

    /** Runs begin and end. */
    @Extension
    public static final class Runs extends RunListener<PipelineRun> {
        @Override
        public void onStarted(PipelineRun run, TaskListener listener) {
            String id = run.request().getRecurringRunId();
            if (id != null) {
                RecurringRunClock.get().begun(run.getParent(), id, run.getRunId());
            }
        }

        @Override
        public void onFinalized(@NonNull PipelineRun run) {
            String id = run.request().getRecurringRunId();
            if (id != null) {
                RecurringRunClock.get().ended(run.getParent(), id, run.getRunId());
            }
        }
    }

    /** Somebody takes a run out of the queue. */
    @Extension
    public static final class Queued extends QueueListener {
        @Override
        public void onLeft(Queue.LeftItem item) {
            RunRequest request = item.isCancelled() ? item.getAction(RunRequest.class) : null;
            if (request != null && request.getRecurringRunId() != null && item.task instanceof KubeflowPipeline job) {
                RecurringRunClock.get().ended(job, request.getRecurringRunId(), request.getRunId());
            }
        }
    }
}
