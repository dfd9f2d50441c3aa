package io.jenkins.plugins.kubeflow.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.kubeflow.engine.ir.ParameterType;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of pipelines as values of Jenkinsfiles, and back. What comes out is serializable. Pure. */
final class GroovyValues {
    private GroovyValues() {}

    /**
     * Integer, Long or BigInteger by size; Double; Boolean; String; List; Map; null.
     *
     * @param type the declared one, or null inside of lists and maps
     */
    static Serializable toGroovy(JsonNode value, ParameterType type) {
        if (value == null || value.isNull() || value.isMissingNode()) {
            return null;
        }
        if (value.isArray()) {
            ArrayList<Object> list = new ArrayList<>();
            value.forEach(item -> list.add(toGroovy(item, null)));
            return list;
        }
        if (value.isObject()) {
            LinkedHashMap<String, Object> map = new LinkedHashMap<>();
            value.fields().forEachRemaining(field -> map.put(field.getKey(), toGroovy(field.getValue(), null)));
            return map;
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isNumber()) {
            return number(value, type);
        }
        return value.asText();
    }

    private static Serializable number(JsonNode value, ParameterType type) {
        boolean whole = type == ParameterType.NUMBER_INTEGER || type != ParameterType.NUMBER_DOUBLE && value.isIntegralNumber();
        if (!whole) {
            return value.doubleValue();
        }
        return value.canConvertToInt() ? (Serializable) value.intValue() : value.canConvertToLong() ? value.longValue() : value.bigIntegerValue();
    }

    /** @throws IllegalArgumentException with a sentence for what no pipeline could take */
    static JsonNode toJson(String name, Object value) {
        if (value == null) {
            return NullNode.instance;
        }
        if (value instanceof CharSequence text) {
            return TextNode.valueOf(text.toString());
        }
        if (value instanceof Boolean || value instanceof Integer || value instanceof Long || value instanceof Double
                || value instanceof Float || value instanceof BigInteger || value instanceof BigDecimal || value instanceof Short) {
            return Json.MAPPER.valueToTree(value);
        }
        if (value instanceof List<?> list) {
            ArrayNode array = Json.MAPPER.createArrayNode();
            list.forEach(item -> array.add(toJson(name, item)));
            return array;
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = Json.MAPPER.createObjectNode();
            map.forEach((key, item) -> object.set(String.valueOf(key), toJson(name, item)));
            return object;
        }
        throw new IllegalArgumentException("parameter ‘" + name + "’ is a " + value.getClass().getSimpleName()
                + "; a number, a text, true or false, a list or a map is wanted");
    }

    static Map<String, JsonNode> toJson(Map<String, ?> values) {
        Map<String, JsonNode> nodes = new LinkedHashMap<>();
        values.forEach((name, value) -> nodes.put(name, toJson(name, value)));
        return nodes;
    }
}
