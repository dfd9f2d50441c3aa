package io.jenkins.plugins.kubeflow.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import io.jenkins.plugins.kubeflow.engine.ir.ParameterSpec;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import io.jenkins.plugins.kubeflow.engine.schedule.Macros;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What forms ask about a job's inputs. Reads the definition as it was last seen; no I/O beyond that. */
public final class ParameterTexts {
    static final String MISSING = "is required and has no value";

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

    /** As a form asks: by the inputs of the pipeline that a run had, or of the job's; what is required has to be typed. */
    @CheckForNull
    static String formProblem(KubeflowPipeline job, @CheckForNull PipelineRun run, String name, String text) {
        return formProblem(run == null ? spec(job, null) : spec(run), name, text);
    }

    @CheckForNull
    private static String formProblem(@CheckForNull PipelineSpec spec, String name, String text) {
        ParameterSpec declared = spec == null ? null : spec.root().inputParameters().get(name);
        return text.isEmpty() && declared != null && !declared.mayBeAbsent() ? MISSING : problem(spec, name, text);
    }

    @CheckForNull
    private static PipelineSpec spec(PipelineRun run) {
        try {
            RunRecord record = run.record();
            return record == null ? null : record.spec(run.directory());
        } catch (IOException unreadable) {
            return null;
        }
    }

    /** What is wrong with the fields of a form, a line each. */
    static List<String> formProblems(KubeflowPipeline job, @CheckForNull PipelineRun run, Map<String, String> texts) {
        PipelineSpec spec = run == null ? spec(job, null) : spec(run);
        List<String> problems = new ArrayList<>();
        for (String name : spec == null ? List.<String>of() : spec.root().inputParameters().keySet()) {
            String problem = formProblem(spec, name, texts.getOrDefault(name, ""));
            if (problem != null) {
                problems.add("parameter ‘" + name + "’ " + problem);
            }
        }
        return problems;
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
