package io.jenkins.plugins.kubeflow.job;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.ParameterDefinition;
import hudson.model.ParametersDefinitionProperty;
import io.jenkins.plugins.kubeflow.engine.ir.ParameterSpec;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The parameters of a job as its pipeline's inputs ask for them; computed, never saved. */
final class DerivedParameters extends ParametersDefinitionProperty {
    private final transient Object revision;

    private DerivedParameters(KubeflowPipeline job, List<ParameterDefinition> definitions, @CheckForNull Object revision) {
        super(definitions);
        this.revision = revision;
        setOwner(job);
    }

    /** The definition's, from when they were derived. */
    @CheckForNull
    Object revision() {
        return revision;
    }

    static DerivedParameters of(KubeflowPipeline job, @CheckForNull PipelineSpec spec, @CheckForNull Object revision) {
        List<ParameterDefinition> definitions = new ArrayList<>();
        if (spec != null) {
            for (Map.Entry<String, ParameterSpec> input : spec.root().inputParameters().entrySet()) {
                ParameterSpec declared = input.getValue();
                JsonNode defaultValue = declared.defaultValue();
                PipelineParameterDefinition definition = new PipelineParameterDefinition(
                        input.getKey(), declared.type(), defaultValue, declared.mayBeAbsent(), declared.literals());
                definition.setDescription(declared.description());
                definitions.add(definition);
            }
        }
        return new DerivedParameters(job, definitions, revision);
    }

    boolean isEmpty() {
        return getParameterDefinitions().isEmpty();
    }
}
