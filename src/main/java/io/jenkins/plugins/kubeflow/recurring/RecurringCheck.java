package io.jenkins.plugins.kubeflow.recurring;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import io.jenkins.plugins.kubeflow.engine.schedule.ScheduleException;
import io.jenkins.plugins.kubeflow.job.InlineDefinition;
import io.jenkins.plugins.kubeflow.job.KnownPipeline;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.PipelineDefinition;
import io.jenkins.plugins.kubeflow.job.ScmDefinition;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/** What forms refuse of a recurring run: one that never comes, and one all of whose runs would fail. Reads what is known of the pipeline. */
final class RecurringCheck {
    private static final String NO_VERSIONS =
            "the job's pipeline has no versions: leave the version empty, or let the job run a registered pipeline";

    private RecurringCheck() {}

    /**
     * A sentence, or null. One that stays as it is is let be, so that a form can be saved beside it: its end may have passed, and its
     * version may have been deleted since.
     *
     * @param definition the one that the job has, or gets with the same form
     * @param before the recurring run in whose place it comes, or null
     */
    @CheckForNull
    static String problem(
            KubeflowPipeline job, @CheckForNull PipelineDefinition definition, RecurringRun run, @CheckForNull RecurringRun before) {
        if (run.getName().isEmpty()) {
            return "the recurring run needs a name";
        }
        String never = run.problem();
        if (never != null || before != null && Jenkins.XSTREAM2.toXML(before).equals(Jenkins.XSTREAM2.toXML(run))) {
            return never;
        }
        boolean sameEnd = before != null && Objects.equals(before.getEnd(), run.getEnd());
        return run.isEnabled() && !sameEnd && isOver(run) ? "the end ‘" + run.getEnd() + "’ has passed" : pipelineProblem(job, definition, run);
    }

    private static boolean isOver(RecurringRun run) {
        try {
            Instant end = run.endsAt();
            return end != null && !end.isAfter(RecurringRunClock.get().now());
        } catch (ScheduleException e) {
            return false; // has been told already
        }
    }

    private static boolean hasNoVersions(@CheckForNull PipelineDefinition definition, @CheckForNull String version) {
        return version != null && (definition instanceof InlineDefinition || definition instanceof ScmDefinition);
    }

    /** Why there is no such version of the job's pipeline, or none that could run; null when there is, or when it is not said which. */
    @CheckForNull
    static String versionProblem(KubeflowPipeline job, @CheckForNull PipelineDefinition definition, @CheckForNull String version) {
        if (version == null || definition == null) {
            return null;
        }
        if (hasNoVersions(definition, version)) {
            return NO_VERSIONS;
        }
        try {
            KnownPipeline.of(job, definition, version);
            return null;
        } catch (AbortException e) {
            return e.getMessage();
        }
    }

    /** Why its runs would fail; null when they need not. */
    @CheckForNull
    static String pipelineProblem(KubeflowPipeline job, @CheckForNull PipelineDefinition definition, RecurringRun run) {
        if (hasNoVersions(definition, run.getVersion())) {
            return NO_VERSIONS;
        }
        Map<String, String> texts = new LinkedHashMap<>();
        run.getParameters().forEach(parameter -> texts.put(parameter.getName(), parameter.getValue()));
        try {
            KnownPipeline known = KnownPipeline.of(job, definition, run.getVersion());
            List<String> problems =
                    Stream.concat(known.problemsOfTexts(texts).stream(), known.missing(texts.keySet()).stream()).distinct().toList();
            return problems.isEmpty() ? null : String.join("\n", problems);
        } catch (AbortException e) {
            return e.getMessage();
        }
    }
}
