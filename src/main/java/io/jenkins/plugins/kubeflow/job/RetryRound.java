package io.jenkins.plugins.kubeflow.job;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ReadResult;
import io.jenkins.plugins.kubeflow.engine.ir.RunParameters;
import io.jenkins.plugins.kubeflow.engine.ir.SpecReader;
import io.jenkins.plugins.kubeflow.engine.run.Retry;
import io.jenkins.plugins.kubeflow.engine.run.RetryReuse;
import io.jenkins.plugins.kubeflow.engine.run.Reuse;
import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import io.jenkins.plugins.kubeflow.engine.run.RunServices;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rounds of a run: what a retry begins with, and what it keeps from the round before, also after a restart in its midst. */
final class RetryRound {
    private RetryRound() {}

    /** What a retry starts from: checked, nothing written yet. */
    record Prepared(RunRecord earlier, PipelineSpec spec, byte[] bytes, String name, Map<String, JsonNode> parameters, RunServices services) {
        RunRecord begin(RunDirectory directory) throws IOException {
            return Retry.begin(directory, earlier, spec, bytes, name, parameters);
        }
    }

    /**
     * @param text the pipeline as somebody changed it, or null for the run's own
     * @param changed parameters to change, as texts
     */
    static Prepared prepare(PipelineRun run, @CheckForNull String text, Map<String, String> changed) throws IOException, RunStart.Refused {
        RunDirectory directory = run.directory();
        Retry.undoHalf(directory);
        RunRecord earlier = run.record();
        if (earlier == null) {
            throw new RunStart.Refused(List.of("the run never began: start a new one"));
        }
        RunServices services;
        try {
            services = EngineHost.get().services(run);
        } catch (IllegalStateException e) {
            throw new RunStart.Refused(List.of(e.getMessage()));
        }
        Path file = directory.path().resolve(earlier.specFile());
        byte[] bytes = text == null ? Files.readAllBytes(file) : text.getBytes(StandardCharsets.UTF_8);
        String name = text == null ? earlier.specFile() : "pipeline.yaml";
        ReadResult read = SpecReader.read(bytes, name);
        if (!read.problems().isEmpty()) {
            throw new RunStart.Refused(read.problems().stream().map(Object::toString).toList());
        }
        Map<String, JsonNode> values = new LinkedHashMap<>(Retry.carryOver(earlier.parameters(), read.spec()));
        GivenTexts.read(read.spec(), changed).forEach((input, value) -> {
            if (value == null) {
                values.remove(input);
            } else {
                values.put(input, value);
            }
        });
        RunParameters.Result parameters = RunParameters.resolve(read.spec(), values);
        if (!parameters.problems().isEmpty()) {
            throw new RunStart.Refused(parameters.problems());
        }
        List<String> forbidden = EngineHost.violations(run, read.spec());
        if (!forbidden.isEmpty()) {
            throw new RunStart.Refused(forbidden);
        }
        return new Prepared(earlier, read.spec(), bytes, name, parameters.values(), services);
    }

    /** The services of a run with the reuse that its round asks for. */
    static RunServices services(RunServices shared, RunDirectory directory, RunRecord record) throws IOException {
        Reuse reuse = RetryReuse.ofRound(directory, record, shared.reuse());
        return new RunServices(
                shared.runner(), reuse, shared.importing(), shared.permits(), shared.lanes(), shared.io(), shared.timer(), shared.clock());
    }
}
