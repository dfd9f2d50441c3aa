package io.jenkins.plugins.kubeflow.job;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ReadResult;
import io.jenkins.plugins.kubeflow.engine.ir.RunParameters;
import io.jenkins.plugins.kubeflow.engine.ir.SpecReader;
import io.jenkins.plugins.kubeflow.engine.schedule.Macros;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A job's pipeline as it is known before a run is queued, for whatever can refuse a run with a sentence: forms, commands, steps. Reads
 * the controller's own disk, never a repository: what lies there is known as the last run found it, and a new run may find other inputs.
 */
public final class KnownPipeline {
    private final String name;
    private final PipelineSpec spec;
    private final boolean readByRun;

    private KnownPipeline(@CheckForNull String name, @CheckForNull PipelineSpec spec, boolean readByRun) {
        this.name = name;
        this.spec = spec;
        this.readByRun = readByRun;
    }

    /** @param version null for the definition's own choice. @throws AbortException with a line per problem when no run could start */
    public static KnownPipeline of(KubeflowPipeline job, @CheckForNull String version) throws AbortException {
        return of(job, job.getDefinition(), version);
    }

    /** Of a definition that the job may be about to get. */
    public static KnownPipeline of(KubeflowPipeline job, @CheckForNull PipelineDefinition definition, @CheckForNull String version)
            throws AbortException {
        if (definition == null) {
            throw new AbortException("the job has no pipeline yet: configure it");
        }
        PipelineDefinition.Source source;
        try {
            source = definition.known(job, version);
        } catch (IOException e) {
            throw new AbortException(e.getMessage());
        }
        if (source == null) {
            return new KnownPipeline(null, null, true);
        }
        ReadResult result = SpecReader.read(source.bytes(), source.name());
        if (result.problems().isEmpty()) {
            return new KnownPipeline(source.name(), result.spec(), definition.isReadByRun());
        }
        throw new AbortException(String.join("\n", result.problems().stream().map(Object::toString).toList()));
    }

    /** Null when no run has read it yet. */
    @CheckForNull
    public PipelineSpec spec() {
        return spec;
    }

    @CheckForNull
    String name() {
        return name;
    }

    /** What is wrong with parameters as texts, a line each. */
    public List<String> problemsOfTexts(Map<String, String> texts) {
        if (spec == null) {
            return List.of();
        }
        try {
            return problems(values(texts));
        } catch (RunStart.Refused e) {
            return e.problems;
        }
    }

    /** What is wrong with parameters, a line each. Of a pipeline that a run reads, one that is left out may not be required any more. */
    public List<String> problems(Map<String, JsonNode> values) {
        if (spec == null) {
            return List.of();
        }
        return readByRun ? RunParameters.problems(spec, values) : RunParameters.resolve(spec, values).problems();
    }

    /** The inputs that no run can do without and that are not among the given ones, a line each. */
    public List<String> missing(Set<String> given) {
        return spec == null
                ? List.of()
                : spec.root().inputParameters().entrySet().stream()
                        .filter(input -> !input.getValue().mayBeAbsent() && !given.contains(input.getKey()))
                        .map(input -> "parameter ‘" + input.getKey() + "’ is required and has no value")
                        .toList();
    }

    /** Texts as the inputs' types read them; macros stand for something of their kind. */
    Map<String, JsonNode> values(Map<String, String> texts) throws RunStart.Refused {
        Macros macros = new Macros("00000000-0000-0000-0000-000000000000", Instant.EPOCH, Instant.EPOCH, 1L);
        Map<String, String> replaced = new LinkedHashMap<>();
        texts.forEach((input, text) -> replaced.put(input, macros.substitute(text)));
        Map<String, JsonNode> values = GivenTexts.read(spec, replaced);
        values.values().removeIf(Objects::isNull);
        return values;
    }
}
