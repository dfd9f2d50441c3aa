package io.jenkins.plugins.kubeflow.job;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Action;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.StringParameterValue;
import hudson.model.queue.QueueTaskFuture;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ReadResult;
import io.jenkins.plugins.kubeflow.engine.ir.RunParameters;
import io.jenkins.plugins.kubeflow.engine.ir.SpecReader;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Starts runs whose parameters are texts, as people write them in commands. Everything that can be told before is checked before. */
public final class RunStarter {
    private RunStarter() {}

    /** @throws AbortException with a line per problem */
    public static PipelineSpec read(PipelineDefinition.Source source) throws AbortException {
        ReadResult read = SpecReader.read(source.bytes(), source.name());
        if (read.spec() == null) {
            throw new AbortException(String.join("\n", read.problems().stream().map(Object::toString).toList()));
        }
        return read.spec();
    }

    /** Why the job takes no runs, whoever asks; null when it does. */
    @CheckForNull
    public static String closed(KubeflowPipeline job) {
        if (job.isBuildable()) {
            return null;
        }
        return "‘" + job.getFullName() + "’ takes no runs: "
                + (job.getParent() instanceof RunGroup group && !group.acceptsRuns() ? "its experiment is archived" : "it is disabled");
    }

    /** What is certainly wrong with the pipeline of a run that is asked for so, a line each; one that comes with a pipeline has that. */
    static List<String> broken(KubeflowPipeline job, List<? extends Action> actions) {
        boolean own = actions.stream().noneMatch(action -> action instanceof GivenPipeline given && given.hasPipeline());
        return own && job.getDefinition() != null ? job.getDefinition().problems() : List.of();
    }

    private static void refuse(List<String> problems) throws AbortException {
        if (!problems.isEmpty()) {
            throw new AbortException(String.join("\n", problems));
        }
    }

    private static void refuseClosed(KubeflowPipeline job) throws AbortException {
        String closed = closed(job);
        refuse(closed == null ? List.of() : List.of(closed));
    }

    /** A run of a pipeline that is not the job's own. @throws AbortException with a line per problem; nothing is queued then */
    public static QueueTaskFuture<PipelineRun> start(
            KubeflowPipeline job, PipelineDefinition.Source source, Map<String, String> texts, List<Action> actions) throws IOException {
        return start(job, source, texts, Map.of(), actions);
    }

    /** Another run of the pipeline that an earlier one had, with what that was handed. @throws AbortException with a line per problem */
    static QueueTaskFuture<PipelineRun> again(PipelineRun earlier, RunRecord record, Map<String, String> texts, List<Action> actions)
            throws IOException {
        Path spec = earlier.directory().path().resolve(record.specFile());
        PipelineDefinition.Source source = new PipelineDefinition.Source(record.specFile(), Files.readAllBytes(spec));
        return start(earlier.getParent(), source, texts, record.artifacts(), actions);
    }

    private static QueueTaskFuture<PipelineRun> start(
            KubeflowPipeline job,
            PipelineDefinition.Source source,
            Map<String, String> texts,
            Map<String, List<Artifact>> artifacts,
            List<Action> actions)
            throws IOException {
        refuseClosed(job);
        Map<String, JsonNode> values;
        try {
            PipelineSpec spec = read(source);
            values = GivenTexts.read(spec, texts);
            values.values().removeIf(Objects::isNull);
            refuse(RunParameters.resolve(spec, values).problems());
        } catch (RunStart.Refused e) {
            throw new AbortException(e.getMessage());
        }
        GivenPipeline given = GivenPipeline.keep(source, values);
        for (Map.Entry<String, List<Artifact>> input : artifacts.entrySet()) {
            for (Artifact artifact : input.getValue()) {
                given.artifacts().add(input.getKey(), artifact.uri(), artifact.metadata());
            }
        }
        List<Action> all = new ArrayList<>(actions);
        all.add(given);
        return schedule(job, all);
    }

    /** A run of the job's own pipeline. @throws AbortException with a line per problem; nothing is queued then */
    public static QueueTaskFuture<PipelineRun> start(KubeflowPipeline job, Map<String, String> texts, List<Action> actions)
            throws IOException {
        refuseClosed(job);
        String version = actions.stream()
                .filter(RunRequest.class::isInstance).map(RunRequest.class::cast).map(RunRequest::getVersion)
                .filter(Objects::nonNull).findFirst().orElse(null);
        refuse(KnownPipeline.of(job, version).problemsOfTexts(texts));
        List<ParameterValue> values = new ArrayList<>();
        texts.forEach((name, text) -> values.add(new StringParameterValue(name, text)));
        List<Action> all = new ArrayList<>(actions);
        all.add(new ParametersAction(values, List.copyOf(texts.keySet())));
        return schedule(job, all);
    }

    private static QueueTaskFuture<PipelineRun> schedule(KubeflowPipeline job, List<Action> actions) throws AbortException {
        QueueTaskFuture<PipelineRun> scheduled = job.scheduleBuild2(0, actions.toArray(Action[]::new));
        if (scheduled == null) {
            throw new AbortException("‘" + job.getFullName() + "’ takes no runs: it is disabled, or its experiment is archived");
        }
        return scheduled;
    }

    /** Why a run cannot be retried; null when it can. Reads the run's record. */
    @CheckForNull
    public static String retryProblem(PipelineRun run) throws IOException {
        if (run.isBuilding()) {
            return run.getFullDisplayName() + " has not ended: stop it first";
        }
        if (!run.isRetryable()) {
            return run.getFullDisplayName() + (run.record() == null ? " never began" : " has succeeded") + ": start a new run";
        }
        return closed(run.getParent());
    }

    /** Begins a new round of a run that has failed. @throws AbortException with a line per problem; nothing has changed then */
    public static void retry(PipelineRun run, Map<String, String> texts) throws IOException {
        String problem = retryProblem(run);
        refuse(problem == null ? List.of() : List.of(problem));
        try {
            run.retry(null, texts);
        } catch (RunStart.Refused e) {
            throw new AbortException(e.getMessage());
        }
    }
}
