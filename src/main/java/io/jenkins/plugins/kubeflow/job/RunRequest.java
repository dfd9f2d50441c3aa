package io.jenkins.plugins.kubeflow.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.InvisibleAction;
import hudson.model.Queue;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.logging.Logger;

/**
 * What one run was asked for besides its parameters. Handed to {@code scheduleBuild2}; whoever gives none gets one, so that every run
 * has its id before it is queued and two equal requests stay two runs. Persisted with the run (and with the queue).
 */
public final class RunRequest extends InvisibleAction implements Queue.QueueAction {
    private static final Logger LOGGER = Logger.getLogger(RunRequest.class.getName());

    private final String runId;
    private String name;
    private String description;
    private String version;
    private boolean noCache;
    private String pipelineRoot;
    private String recurringRunId;
    private Long scheduledMillis;
    private Long index;

    public RunRequest() {
        this(UUID.randomUUID().toString());
    }

    /** For a run whose id is known already: a slot of a recurring run that is queued again after a crash. */
    public RunRequest(String runId) {
        this.runId = runId;
    }

    public String getRunId() {
        return runId;
    }

    /** The display name of the run, or null for Jenkins' own. */
    @CheckForNull
    public String getName() {
        return name;
    }

    public RunRequest name(@CheckForNull String displayName) {
        name = displayName;
        return this;
    }

    @CheckForNull
    public String getDescription() {
        return description;
    }

    public RunRequest description(@CheckForNull String text) {
        description = text;
        return this;
    }

    /** The version of a registered pipeline, or null for the definition's own choice. */
    @CheckForNull
    public String getVersion() {
        return version;
    }

    public RunRequest version(@CheckForNull String pinned) {
        version = pinned;
        return this;
    }

    /** Where its artifacts go, or null for what the job or the cloud says. */
    @CheckForNull
    public String getPipelineRoot() {
        return pipelineRoot;
    }

    public RunRequest pipelineRoot(@CheckForNull String root) {
        pipelineRoot = root;
        return this;
    }

    public boolean isCache() {
        return !noCache;
    }

    public RunRequest cache(boolean enabled) {
        noCache = !enabled;
        return this;
    }

    /** The recurring run it belongs to, or null. */
    @CheckForNull
    public String getRecurringRunId() {
        return recurringRunId;
    }

    /** The slot it runs for; null for none (also when a recurring run was started by hand). */
    @CheckForNull
    public Instant scheduled() {
        return scheduledMillis == null ? null : Instant.ofEpochMilli(scheduledMillis);
    }

    /** The number of the run in its recurring run, from 1; null for none. */
    @CheckForNull
    public Long getIndex() {
        return index;
    }

    public RunRequest recurring(String id, @CheckForNull Instant slot, long number) {
        recurringRunId = id;
        scheduledMillis = slot == null ? null : slot.toEpochMilli();
        index = number;
        return this;
    }

    /** Two runs are two runs, however alike. */
    @Override
    public boolean shouldSchedule(List<Action> actions) {
        return true;
    }

    /** Gives every run its request, unless its pipeline is broken: then nobody's request is queued, a trigger's neither. */
    @Extension
    public static final class Minting extends Queue.QueueDecisionHandler {
        @Override
        public boolean shouldSchedule(@NonNull Queue.Task task, @NonNull List<Action> actions) {
            if (!(task instanceof KubeflowPipeline job)) {
                return true;
            }
            List<String> broken = RunStarter.broken(job, actions);
            if (!broken.isEmpty()) {
                LOGGER.warning(() -> "‘" + job.getFullName() + "’ gets no run, its pipeline is broken: " + broken.get(0));
                return false;
            }
            if (actions.stream().noneMatch(RunRequest.class::isInstance)) {
                actions.add(new RunRequest());
            }
            return true;
        }
    }

    /** Gives the run the name and description that were asked for. */
    void describe(PipelineRun run) throws IOException {
        if (getName() != null) {
            run.setDisplayName(getName());
        }
        if (getDescription() != null) {
            run.setDescription(getDescription());
        }
    }
}
