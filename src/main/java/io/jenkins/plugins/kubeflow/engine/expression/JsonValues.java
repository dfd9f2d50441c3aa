package io.jenkins.plugins.kubeflow.engine.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON values as CEL values. Numbers are double as in KFP, so that dividing two parameters gives 0.5 and not 0 whatever their values are; only
 * an integer that no double can hold stays an int. The text of an integral double has no ".0", and int and double compare with each other.
 */
final class JsonValues {
    private JsonValues() {}

    static Object toCel(JsonNode node) {
        if (node == null || node.isNull() || node.isMissingNode()) {
            return null;
        } else if (node.isBoolean()) {
            return node.booleanValue();
        } else if (node.isNumber()) {
            return number(node);
        } else if (node.isTextual()) {
            return node.textValue();
        } else if (node.isArray()) {
            List<Object> list = new ArrayList<>(node.size());
            node.forEach(element -> list.add(toCel(element)));
            return list;
        }
        Map<String, Object> map = new LinkedHashMap<>();
        node.fields().forEachRemaining(field -> map.put(field.getKey(), toCel(field.getValue())));
        return map;
    }

    private static Object number(JsonNode node) {
        if (node.isIntegralNumber() && node.canConvertToLong() && (long) node.doubleValue() != node.longValue()) {
            return node.longValue();
        }
        return node.doubleValue();
    }
}
