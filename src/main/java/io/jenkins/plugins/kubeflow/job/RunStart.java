package io.jenkins.plugins.kubeflow.job;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.TaskListener;
import io.jenkins.plugins.kubeflow.cloud.CloudException;
import io.jenkins.plugins.kubeflow.engine.ir.InputArtifacts;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ReadResult;
import io.jenkins.plugins.kubeflow.engine.ir.RunParameters;
import io.jenkins.plugins.kubeflow.engine.ir.SpecReader;
import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import io.jenkins.plugins.kubeflow.engine.run.RunLog;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import io.jenkins.plugins.kubeflow.engine.run.RunSetup;
import io.jenkins.plugins.kubeflow.engine.schedule.Macros;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import jenkins.model.Jenkins;

/** What becomes of a queued run at the moment it starts: pipeline and parameters are checked and laid down in the run's directory. */
final class RunStart {
    private final PipelineRun run;
    private final TaskListener listener;
    private final Instant now = Instant.now();

    RunStart(PipelineRun run, TaskListener listener) {
        this.run = run;
        this.listener = listener;
    }

    /** The pipeline and everything decided for its run. */
    record Started(PipelineSpec spec, RunRecord record) {}

    /** Problems of what the user gave; a line each. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        final transient List<String> problems;

        Refused(List<String> problems) {
            super(String.join("\n", problems));
            this.problems = problems;
        }
    }

    Started prepare(RunDirectory directory) throws IOException, Refused {
        if (run.isUnwanted()) {
            throw new Refused(List.of("stopped before it began"));
        }
        RunRequest request = run.request();
        GivenPipeline given = run.getAction(GivenPipeline.class);
        PipelineDefinition.Source source = source(given, request);
        if (source.origin() != null) {
            listener.getLogger().println("pipeline from " + RunLog.printable(source.origin()));
        }
        if (source.recorded() != null) {
            run.addAction(source.recorded());
        }
        ReadResult result = SpecReader.read(source.bytes(), source.name());
        if (!result.problems().isEmpty()) {
            throw new Refused(result.problems().stream().map(Object::toString).toList());
        }
        if (given == null || given.source() == null) {
            run.getParent().getDefinition().remember(run.getParent(), source);
        }
        List<String> forbidden = EngineHost.violations(run, result.spec());
        if (!forbidden.isEmpty()) {
            throw new Refused(forbidden);
        }
        RunParameters.Result parameters = RunParameters.resolve(
                result.spec(), given == null ? given(result.spec(), request) : given.parameters());
        if (!parameters.problems().isEmpty()) {
            throw new Refused(parameters.problems());
        }
        InputArtifacts.Result artifacts =
                InputArtifacts.resolve(result.spec(), given == null ? Map.of() : given.artifacts().handOver(directory));
        if (!artifacts.problems().isEmpty()) {
            throw new Refused(artifacts.problems());
        }
        String root = pipelineRoot(request);
        RunSetup setup = new RunSetup(directory.path())
                .runId(run.getRunId())
                .name(run.getFullDisplayName())
                // the id below it tells a run from one of a job that is made later under the same name
                .pipelineRoot(root == null ? directory.artifacts().toString() : root)
                .scheduled(request.scheduled())
                .artifacts(artifacts.values())
                .cacheEnabled(request.isCache());
        environment(setup);
        RunRecord record = setup.write(result.spec(), source.bytes(), source.name(), parameters.values(), now);
        if (given != null) {
            given.discard();
        }
        return new Started(result.spec(), record);
    }

    private String pipelineRoot(RunRequest request) throws Refused {
        try {
            return EngineHost.pipelineRoot(run, request);
        } catch (CloudException e) {
            throw new Refused(List.of(e.getMessage()));
        }
    }

    /** What tools that run as tasks ask a Jenkins build for; no part of what a cached result depends on. */
    private void environment(RunSetup setup) {
        setup.environment("KUBEFLOW_RUN_ID", run.getRunId());
        setup.environment("JOB_NAME", run.getParent().getFullName());
        setup.environment("BUILD_NUMBER", Integer.toString(run.getNumber()));
        setup.environment("BUILD_ID", run.getId());
        setup.environment("BUILD_TAG", "jenkins-" + run.getParent().getFullName().replace('/', '-') + "-" + run.getNumber());
        String root = Jenkins.get().getRootUrl();
        if (root != null) {
            setup.environment("JENKINS_URL", root);
            setup.environment("JOB_URL", root + run.getParent().getUrl());
            setup.environment("BUILD_URL", root + run.getUrl());
        }
    }

    private PipelineDefinition.Source source(GivenPipeline given, RunRequest request) throws IOException, Refused {
        PipelineDefinition.Source source = given == null ? null : given.source();
        if (source != null) {
            return source;
        }
        PipelineDefinition definition = run.getParent().getDefinition();
        if (definition == null) {
            throw new Refused(List.of("the job has no pipeline yet: configure it"));
        }
        return definition.read(new PipelineDefinition.Request(run.getParent(), request.getVersion(), run, listener));
    }

    private Map<String, JsonNode> given(PipelineSpec spec, RunRequest request) throws Refused {
        Macros macros = new Macros(request.getRunId(), request.scheduled(), now, request.getIndex());
        Map<String, String> texts = new LinkedHashMap<>();
        ParametersAction action = run.getAction(ParametersAction.class);
        // all of them: which are known could only be told before the definition was read
        for (ParameterValue value : action == null ? List.<ParameterValue>of() : action.getAllParameters()) {
            texts.put(value.getName(), macros.substitute(String.valueOf(value.getValue())));
        }
        Map<String, JsonNode> given = GivenTexts.read(spec, texts);
        given.values().removeIf(Objects::isNull);
        return given;
    }
}
