package io.jenkins.plugins.kubeflow.job;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.ParameterDefinition;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.task.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;

/** The fields for a pipeline's inputs on pages of ours: what they begin with and what comes back. */
final class ParameterForm {
    private ParameterForm() {}

    /** The inputs with the values of an earlier run in place of the defaults. */
    static List<ParameterDefinition> fields(KubeflowPipeline job, @CheckForNull PipelineSpec spec, Map<String, JsonNode> values) {
        List<ParameterDefinition> fields = DerivedParameters.of(job, spec, null).getParameterDefinitions();
        return fields.stream()
                .map(field -> (ParameterDefinition) (values.containsKey(field.getName()) && !values.get(field.getName()).isNull()
                        ? ((PipelineParameterDefinition) field).filled(Values.text(values.get(field.getName())))
                        : field))
                .toList();
    }

    /** The inputs with what was typed into their fields and refused. */
    static List<ParameterDefinition> fields(KubeflowPipeline job, @CheckForNull PipelineSpec spec, RefusedForm refused) {
        Map<String, String> texts = texts(refused.form());
        return DerivedParameters.of(job, spec, null).getParameterDefinitions().stream()
                .map(field -> (ParameterDefinition) ((PipelineParameterDefinition) field)
                        .refused(texts.getOrDefault(field.getName(), ""), refused.problemsOf(field.getName())))
                .toList();
    }

    /** Name and text of each field. */
    static Map<String, String> texts(JSONObject form) {
        Map<String, String> texts = new LinkedHashMap<>();
        Object fields = form.opt("parameter");
        if (fields != null) {
            for (Object field : fields instanceof JSONArray several ? several : List.of(fields)) {
                if (!(field instanceof JSONObject object) || !object.has("name")) {
                    throw SubmittedForm.unreadable();
                }
                texts.put(object.getString("name"), object.optString("value"));
            }
        }
        return texts;
    }
}
