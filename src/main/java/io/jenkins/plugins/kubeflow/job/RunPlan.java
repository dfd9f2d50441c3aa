package io.jenkins.plugins.kubeflow.job;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.AbortException;
import io.jenkins.plugins.kubeflow.engine.graph.GraphOptions;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.ir.RunParameters;
import io.jenkins.plugins.kubeflow.engine.run.Plan;
import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import io.jenkins.plugins.kubeflow.engine.run.RunServices;
import java.io.IOException;
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

    /** Of the job's own pipeline. Reads files; call on a request's thread. @throws IOException, RunStart.Refused with a line per problem */
    static RunPlan of(KubeflowPipeline job, Map<String, String> texts, boolean cache) throws IOException, RunStart.Refused {
        KnownPipeline known = KnownPipeline.of(job, null);
        if (known.spec() == null) {
            throw new AbortException("the pipeline has not been read from its repository yet, so there is nothing to plan: start a run");
        }
        return of(job, known.spec(), known.name(), known.values(texts), cache);
    }

    /** Of another run of the pipeline that an earlier one had. */
    static RunPlan again(PipelineRun earlier, Map<String, String> texts, boolean cache) throws IOException, RunStart.Refused {
        RunRecord record = earlier.record();
        PipelineSpec spec = record.spec(earlier.directory());
        Map<String, JsonNode> values = GivenTexts.read(spec, texts);
        values.values().removeIf(Objects::isNull);
        return of(earlier.getParent(), spec, record.specFile(), values, cache);
    }

    private static RunPlan of(KubeflowPipeline job, PipelineSpec spec, String name, Map<String, JsonNode> values, boolean cache)
            throws IOException, RunStart.Refused {
        RunParameters.Result parameters = RunParameters.resolve(spec, values);
        if (!parameters.problems().isEmpty()) {
            throw new RunStart.Refused(parameters.problems());
        }
        RunServices services = EngineHost.get().planning(job);
        RunDirectory nowhere = directory(job);
        RunRecord record = new RunRecord(
                "plan", "plan", spec.name(), name, parameters.values(), Map.of(), nowhere.artifacts().toString(),
                nowhere.workspace().toString(), Instant.now(), null, 0, cache, GraphOptions.DEFAULT, Map.of());
        List<Line> lines = new ArrayList<>();
        Plan.of(spec, record, nowhere, services.reuse(), services.importing()).stream()
                .filter(line -> !line.path().isEmpty())
                .forEach(line -> lines.add(new Line(line)));
        return new RunPlan(lines);
    }

    /** Where a run of the job would be; nothing is there, and nothing is made. */
    static RunDirectory directory(KubeflowPipeline job) {
        return new RunDirectory(job.getRootDir().toPath().resolve("builds").resolve("plan").resolve("kubeflow"));
    }
}
