package io.jenkins.plugins.kubeflow.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.kubeflow.engine.ir.ParameterSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ParameterType;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.task.ValueException;
import io.jenkins.plugins.kubeflow.engine.task.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parameters as somebody wrote them, read by the types of the pipeline's inputs. An empty text for an input that may be absent means null. */
final class GivenTexts {
    private GivenTexts() {}

    /** Unknown names stay in, for {@code RunParameters} to name them. @throws RunStart.Refused with a line for each wrong value */
    static Map<String, JsonNode> read(PipelineSpec spec, Map<String, String> texts) throws RunStart.Refused {
        Map<String, JsonNode> given = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        texts.forEach((name, text) -> {
            ParameterSpec declared = spec.root().inputParameters().get(name);
            if (text.isEmpty() && declared != null && declared.mayBeAbsent()) {
                given.put(name, null);
                return;
            }
            try {
                given.put(name, Values.read(declared == null ? ParameterType.STRING : declared.type(), text));
            } catch (ValueException e) {
                problems.add("parameter ‘" + name + "’ " + e.getMessage());
            }
        });
        if (!problems.isEmpty()) {
            throw new RunStart.Refused(problems);
        }
        return given;
    }
}
