package io.jenkins.plugins.kubeflow.recurring;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Cause;
import hudson.model.Run;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import java.time.Instant;
import org.kohsuke.stapler.export.Exported;

/** Which recurring run started a run, for which of its slots. The name is that of the time it was started. */
public final class RecurringRunCause extends Cause {
    private final String recurringRunId;
    private final String name;
    private final String scheduledTime;
    private final long index;
    private transient KubeflowPipeline job;

    RecurringRunCause(String recurringRunId, String name, Instant scheduledTime, long index) {
        this.recurringRunId = recurringRunId;
        this.name = name;
        this.scheduledTime = scheduledTime.toString();
        this.index = index;
    }

    @Exported(visibility = 3)
    public String getRecurringRunId() {
        return recurringRunId;
    }

    @Exported(visibility = 3)
    public String getName() {
        return name;
    }

    /** ISO 8601, UTC. */
    @Exported(visibility = 3)
    public String getScheduledTime() {
        return scheduledTime;
    }

    @Exported(visibility = 3)
    public long getIndex() {
        return index;
    }

    /** Where the recurring runs of the job are, relative to Jenkins; null when it is not known whose they are. */
    @CheckForNull
    public String getPageUrl() {
        return job == null ? null : job.getUrl() + "recurring-runs/";
    }

    @Override
    public void onAddedTo(@SuppressWarnings("rawtypes") Run run) {
        onLoad(run);
    }

    @Override
    public void onLoad(@SuppressWarnings("rawtypes") Run run) {
        job = run.getParent() instanceof KubeflowPipeline pipeline ? pipeline : null;
    }

    @Override
    public String getShortDescription() {
        return "Recurring run ‘" + name + "’, number " + index + ", scheduled for " + scheduledTime;
    }
}
