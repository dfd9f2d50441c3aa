package io.jenkins.plugins.kubeflow.engine.pod.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import io.jenkins.plugins.kubeflow.engine.task.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads values of the platform document, in which references to parameters have become {@code {"runtimeValue":{"constant":…}}}. A
 * null constant means that the entry is left out (kfp.md 1.8); these methods then return null.
 */
final class PlatformValue {
    private PlatformValue() {}

    /**
     * A name that stands in {@code parameter} or, in older documents, in {@code plain}.
     *
     * @throws InvalidPodException when it stands in neither
     */
    static String name(JsonNode entry, String parameter, String plain, String what) throws InvalidPodException {
        JsonNode value = reference(entry, parameter);
        if (value == null) {
            value = entry.get(plain);
        }
        if (value == null || value.isNull() || (value.isTextual() && value.textValue().isEmpty())) {
            if (value != null && entry.has(parameter)) {
                return null;
            }
            throw new InvalidPodException(what + " names nothing: neither ‘" + parameter + "’ nor ‘" + plain + "’ has a value");
        }
        return Values.text(value);
    }

    /** The constant behind a reference; a JSON null when it has no value, Java null when there is no such reference. */
    static JsonNode reference(JsonNode entry, String parameter) {
        JsonNode reference = entry.get(parameter);
        if (reference == null || reference.isNull()) {
            return null;
        }
        JsonNode constant = reference.path("runtimeValue").get("constant");
        return constant == null ? com.fasterxml.jackson.databind.node.NullNode.instance : constant;
    }

    /** An int64 comes as a string (trap 30). Null when absent. */
    static Long number(JsonNode entry, String field, String what) throws InvalidPodException {
        JsonNode value = entry.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        try {
            return value.isTextual() ? Long.valueOf(value.textValue().trim()) : Long.valueOf(value.longValue());
        } catch (NumberFormatException e) {
            throw new InvalidPodException(what + " is ‘" + value.asText() + "’, which is not a whole number");
        }
    }

    static Boolean bool(JsonNode entry, String field) {
        JsonNode value = entry.get(field);
        return value == null || value.isNull() ? null : Boolean.valueOf(value.asBoolean());
    }

    /** Null when absent or empty. */
    static String text(JsonNode entry, String field) {
        JsonNode value = entry.get(field);
        return value == null || value.isNull() || value.asText().isEmpty() ? null : value.asText();
    }

    static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(element -> texts.add(Values.text(element)));
        return texts;
    }

    static Map<String, String> map(JsonNode object) {
        Map<String, String> map = new LinkedHashMap<>();
        object.fields().forEachRemaining(field -> map.put(field.getKey(), Values.text(field.getValue())));
        return map;
    }

    static Quantity quantity(String text, String what) throws InvalidPodException {
        try {
            Quantity quantity = Quantity.parse(text.trim());
            quantity.getNumericalAmount();
            return quantity;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new InvalidPodException(what + " is ‘" + text + "’, which is not a quantity (500m, 2, 1.5Gi)");
        }
    }
}
