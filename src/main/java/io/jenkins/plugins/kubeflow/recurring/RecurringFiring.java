package io.jenkins.plugins.kubeflow.recurring;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Action;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.Queue;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import io.jenkins.plugins.kubeflow.job.RunRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One run that a recurring run has decided on and written down, on its way into the queue. {@code user} is who asked for it, if anybody. */
record RecurringFiring(
        KubeflowPipeline job, RecurringRun run, String runId, Instant slot, long index, @CheckForNull String user, int build) {
    private static final Logger LOGGER = Logger.getLogger(RecurringFiring.class.getName());

    RecurringFiring(KubeflowPipeline job, RecurringRun run, String runId, Instant slot, long index, @CheckForNull String user) {
        this(job, run, runId, slot, index, user, 0);
    }

    void queue() {
        List<Cause> causes = new ArrayList<>();
        causes.add(new RecurringRunCause(run.getId(), run.getName(), slot, index));
        if (user != null) {
            causes.add(new Cause.UserIdCause(user));
        }
        Set<String> names = run.getParameters().stream().map(RecurringParameter::getName).collect(Collectors.toSet());
        List<ParameterValue> values = new ArrayList<>();
        run.getParameters().forEach(value -> values.add(new StringParameterValue(value.getName(), value.getValue())));
        RunRequest request = new RunRequest(runId)
                .recurring(run.getId(), slot, index)
                .version(run.getVersion())
                .cache(run.isCache());
        List<Action> actions = List.of(new CauseAction(causes), new ParametersAction(values, names), request);
        if (!Queue.getInstance().schedule2(job, 0, new ArrayList<>(actions)).isAccepted()) {
            LOGGER.warning(() -> "recurring run ‘" + run.getName() + "’ of " + job.getFullName() + ": no run number " + index);
            RecurringRunClock.get().ended(job, run.getId(), runId);
        }
    }

    /** Whether the queue has it, or an executor took it a moment ago, or a build has it; in this order, in which it goes. */
    boolean known() {
        return Stream.of(Queue.getInstance().getItems()).anyMatch(this::isFor)
                || Queue.getInstance().getLeftItems().stream().anyMatch(this::isFor)
                || begun() != null;
    }

    private boolean isFor(Queue.Item item) {
        RunRequest request = item.getAction(RunRequest.class);
        return request != null && request.getRunId().equals(runId);
    }

    /** Its build; looks at none older than the moment it was decided. */

    @CheckForNull
    PipelineRun begun() {
        for (PipelineRun candidate = job.getLastBuild();
                candidate != null && candidate.getNumber() >= build;
                candidate = candidate.getPreviousBuild()) {
            if (candidate.getRunId().equals(runId)) {
                return candidate;
            }
        }
        return null;
    }
}
