package io.jenkins.plugins.kubeflow.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import io.jenkins.plugins.kubeflow.engine.ir.ParameterSpec;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import io.jenkins.plugins.kubeflow.engine.schedule.Macros;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What forms ask about a job's inputs. Reads the definition as it was last seen; no I/O beyond that. */
public final class ParameterTexts {
    private ParameterTexts() {}

    /** @param version null for the definition's own choice */
    @CheckForNull
    private static PipelineSpec spec(KubeflowPipeline job, @CheckForNull String version) {
        try {
            return KnownPipeline.of(job, version).spec();
        } catch (AbortException e) {
            return null;
        }
    }

    public static List<String> names(KubeflowPipeline job) {
        PipelineSpec spec = spec(job, null);
        return spec == null ? List.of() : List.copyOf(spec.root().inputParameters().keySet());
    }

    /** The inputs without which no run can start. */
    public static List<String> required(KubeflowPipeline job) {
        PipelineSpec spec = spec(job, null);
        return spec == null
                ? List.of()
                : spec.root().inputParameters().entrySet().stream()
                        .filter(input -> !input.getValue().mayBeAbsent())
                        .map(Map.Entry::getKey)
                        .toList();
    }

    /** What is wrong with a text for an input, after its macros are replaced; null when nothing is or the pipeline is not known. */
    @CheckForNull
    public static String problem(KubeflowPipeline job, @CheckForNull String version, String name, String text) {
        return problem(spec(job, version), name, text);
    }

    /** By the inputs of the pipeline that a run had. */
    @CheckForNull
    static String problem(PipelineRun run, String name, String text) {
        try {
            RunRecord record = run.record();
            return problem(record == null ? null : record.spec(run.directory()), name, text);
        } catch (IOException unreadable) {
            return null;
        }
    }

    @CheckForNull
    private static String problem(@CheckForNull PipelineSpec spec, String name, String text) {
        if (spec == null) {
            return null;
        }
        ParameterSpec declared = spec.root().inputParameters().get(name);
        if (declared == null) {
            return "‘" + name + "’ is not an input of pipeline ‘" + spec.name() + "’; it has "
                    + String.join(", ", spec.root().inputParameters().keySet().stream().map(n -> "‘" + n + "’").toList());
        }
        String sample = new Macros("00000000-0000-0000-0000-000000000000", Instant.EPOCH, Instant.EPOCH, 1L).substitute(text);
        return PipelineParameterDefinition.problem(declared, sample);
    }
}
