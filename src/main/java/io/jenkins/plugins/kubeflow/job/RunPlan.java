package io.jenkins.plugins.kubeflow.job;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.TaskListener;
import io.jenkins.plugins.kubeflow.engine.graph.GraphOptions;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ReadResult;
import io.jenkins.plugins.kubeflow.engine.ir.RunParameters;
import io.jenkins.plugins.kubeflow.engine.ir.SpecReader;
import io.jenkins.plugins.kubeflow.engine.run.Plan;
import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import io.jenkins.plugins.kubeflow.engine.run.RunServices;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What a run of a job with some parameters would do; nothing is started or written. */
@Restricted(NoExternalUse.class)
public final class RunPlan {
    private final List<Line> lines;

    private RunPlan(List<Line> lines) {
        this.lines = lines;
    }

    /** A task for the page. */
    @Restricted(NoExternalUse.class)
    public static final class Line {
        private final Plan.Line line;

        Line(Plan.Line line) {
            this.line = line;
        }

        public String getPath() {
            return line.path();
        }

        public String getAction() {
            return switch (line.action()) {
                case RUN -> Messages.RunPlan_run();
                case REUSE -> Messages.RunPlan_reuse();
                case SKIP -> Messages.RunPlan_skip();
                case LATER -> Messages.RunPlan_later();
                case FAIL -> Messages.RunPlan_fail();
            };
        }

        public String getWhy() {
            return line.why() == null ? "" : line.why();
        }
    }

    public List<Line> getLines() {
        return lines;
    }

    private record Checked(PipelineSpec spec, String name, Map<String, JsonNode> values) {}

    /** @throws RunStart.Refused with a line per problem of the pipeline or the parameters */
    static void check(KubeflowPipeline job, Map<String, String> texts) throws IOException, RunStart.Refused {
        read(job, texts);
    }

    private static Checked read(KubeflowPipeline job, Map<String, String> texts) throws IOException, RunStart.Refused {
        PipelineDefinition definition = job.getDefinition();
        if (definition == null) {
            throw new RunStart.Refused(List.of("the job has no pipeline yet: configure it"));
        }
        PipelineDefinition.Source source = definition.read(new PipelineDefinition.Request(job, null, null, TaskListener.NULL));
        ReadResult result = SpecReader.read(source.bytes(), source.name());
        if (!result.problems().isEmpty()) {
            throw new RunStart.Refused(result.problems().stream().map(Object::toString).toList());
        }
        Map<String, JsonNode> given = GivenTexts.read(result.spec(), texts);
        given.values().removeIf(Objects::isNull);
        RunParameters.Result parameters = RunParameters.resolve(result.spec(), given);
        if (!parameters.problems().isEmpty()) {
            throw new RunStart.Refused(parameters.problems());
        }
        return new Checked(result.spec(), source.name(), parameters.values());
    }

    /** Reads files; call on a request's thread. */
    static RunPlan of(KubeflowPipeline job, Map<String, String> texts, boolean cache) throws IOException, RunStart.Refused {
        Checked checked = read(job, texts);
        RunServices services = EngineHost.get().planning(job);
        RunDirectory nowhere = new RunDirectory(Path.of("plan").toAbsolutePath());
        RunRecord record = new RunRecord(
                "plan", "plan", checked.spec().name(), checked.name(), checked.values(), Map.of(), nowhere.artifacts().toString(),
                nowhere.workspace().toString(), Instant.now(), null, 0, cache, GraphOptions.DEFAULT, Map.of());
        List<Line> lines = new ArrayList<>();
        Plan.of(checked.spec(), record, nowhere, services.reuse(), services.importing()).stream()
                .filter(line -> !line.path().isEmpty())
                .forEach(line -> lines.add(new Line(line)));
        return new RunPlan(lines);
    }
}
