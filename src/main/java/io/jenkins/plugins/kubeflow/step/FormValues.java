package io.jenkins.plugins.kubeflow.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Descriptor.FormException;
import hudson.util.FormValidation;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.util.List;
import java.util.Map;
import net.sf.json.JSONObject;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Maps and lists of a step on its form: YAML, of which JSON is a part, in a field whose name ends in {@code Text}. In a Jenkinsfile they
 * are maps and lists.
 */
final class FormValues {
    private static final String SUFFIX = "Text";

    private FormValues() {}

    @CheckForNull
    private static Object read(@CheckForNull String text) {
        return text == null || text.isBlank() ? null : new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    }

    /** Takes a field's value out of the form. @throws FormException for what is no map */
    @CheckForNull
    static Map<String, Object> map(JSONObject form, String field) throws FormException {
        Object value = take(form, field);
        if (value != null && !(value instanceof Map<?, ?>)) {
            throw new FormException("‘" + field + "’ is a map, such as lr: 0.1", field + SUFFIX);
        }
        return value == null ? null : Plain.map((Map<?, ?>) value);
    }

    /** Takes a field's value out of the form. @throws FormException for what is no list */
    @CheckForNull
    static List<Object> list(JSONObject form, String field) throws FormException {
        Object value = take(form, field);
        if (value != null && !(value instanceof List<?>)) {
            throw new FormException("‘" + field + "’ is a list, such as [sh, -c, date]", field + SUFFIX);
        }
        return value == null ? null : Plain.list((List<?>) value);
    }

    /** Takes a field's value out of the form. */
    @CheckForNull
    static Object take(JSONObject form, String field) throws FormException {
        Object text = form.remove(field + SUFFIX);
        try {
            return read(text == null ? null : text.toString());
        } catch (YAMLException e) {
            throw new FormException("‘" + field + "’ is not YAML: " + e.getMessage(), field + SUFFIX);
        }
    }

    /** For the form; null for nothing. */
    @CheckForNull
    static String text(@CheckForNull Object value) {
        try {
            return value == null ? null : Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return null;
        }
    }

    static FormValidation check(String text, Class<?>... kinds) {
        try {
            Object value = read(text);
            for (Class<?> kind : kinds) {
                if (value == null || kind.isInstance(value)) {
                    return FormValidation.ok();
                }
            }
            return FormValidation.error(kinds[0] == Map.class ? "a map is wanted, such as lr: 0.1" : "a list is wanted, such as [sh, -c, date]");
        } catch (YAMLException e) {
            return FormValidation.error("this is not YAML: " + e.getMessage());
        }
    }
}
