package io.jenkins.plugins.kubeflow.job;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.AbortException;
import hudson.model.Action;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.StringParameterValue;
import hudson.model.queue.QueueTaskFuture;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ReadResult;
import io.jenkins.plugins.kubeflow.engine.ir.RunParameters;
import io.jenkins.plugins.kubeflow.engine.ir.SpecReader;
import java.io.IOException;
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

    /** A run of a pipeline that is not the job's own. @throws AbortException with a line per problem; nothing is queued then */
    public static QueueTaskFuture<PipelineRun> start(
            KubeflowPipeline job, PipelineDefinition.Source source, Map<String, String> texts, List<Action> actions) throws IOException {
        Map<String, JsonNode> given;
        try {
            PipelineSpec spec = read(source);
            given = GivenTexts.read(spec, texts);
            given.values().removeIf(Objects::isNull);
            List<String> problems = RunParameters.resolve(spec, given).problems();
            if (!problems.isEmpty()) {
                throw new AbortException(String.join("\n", problems));
            }
        } catch (RunStart.Refused e) {
            throw new AbortException(e.getMessage());
        }
        List<Action> all = new ArrayList<>(actions);
        all.add(GivenPipeline.keep(source, given));
        return schedule(job, all);
    }

    /** A run of the job's own pipeline. @throws AbortException with a line per problem; nothing is queued then */
    public static QueueTaskFuture<PipelineRun> start(KubeflowPipeline job, Map<String, String> texts, List<Action> actions)
            throws IOException {
        if (job.getDefinition() instanceof ScmDefinition) {
            check(job, texts); // the repository is read when the run begins
        } else {
            try {
                RunPlan.check(job, texts);
            } catch (RunStart.Refused e) {
                throw new AbortException(e.getMessage());
            }
        }
        List<ParameterValue> values = new ArrayList<>();
        texts.forEach((name, text) -> values.add(new StringParameterValue(name, text)));
        List<Action> all = new ArrayList<>(actions);
        all.add(new ParametersAction(values, List.copyOf(texts.keySet())));
        return schedule(job, all);
    }

    private static void check(KubeflowPipeline job, Map<String, String> texts) throws AbortException {
        List<String> problems = texts.entrySet().stream()
                .map(text -> ParameterTexts.problem(job, text.getKey(), text.getValue()))
                .filter(Objects::nonNull)
                .toList();
        if (!problems.isEmpty()) {
            throw new AbortException(String.join("\n", problems));
        }
    }

    private static QueueTaskFuture<PipelineRun> schedule(KubeflowPipeline job, List<Action> actions) throws AbortException {
        QueueTaskFuture<PipelineRun> scheduled = job.scheduleBuild2(0, actions.toArray(Action[]::new));
        if (scheduled == null) {
            throw new AbortException("‘" + job.getFullName() + "’ takes no runs: it is disabled, or its experiment is archived");
        }
        return scheduled;
    }

    /** Begins a new round of a run that has failed. @throws AbortException with a line per problem; nothing has changed then */
    public static void retry(PipelineRun run, Map<String, String> texts) throws IOException {
        if (!run.isRetryable()) {
            throw new AbortException(run.isBuilding()
                    ? run.getFullDisplayName() + " has not ended: stop it first"
                    : run.getFullDisplayName() + " has succeeded, or never began: start a new run");
        }
        try {
            run.retry(null, texts);
        } catch (RunStart.Refused e) {
            throw new AbortException(e.getMessage());
        }
    }
}
