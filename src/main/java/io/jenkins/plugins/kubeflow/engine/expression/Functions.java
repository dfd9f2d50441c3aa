package io.jenkins.plugins.kubeflow.engine.expression;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.kubeflow.engine.task.Values;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The functions of CEL that conditions use, and KFP's own {@code parseJson}. */
final class Functions {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final Set<String> TRUE = Set.of("1", "t", "true", "TRUE", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "false", "FALSE", "False");

    private Functions() {}

    static Object call(Evaluator e, String name, boolean method, List<Object> arguments) throws ExpressionException {
        if (arguments.size() == 1 && (!method || name.equals("size"))) {
            Object value = arguments.get(0);
            switch (name) {
                case "int", "uint" -> {
                    return integer(e, value);
                }
                case "double" -> {
                    return real(e, value);
                }
                case "string" -> {
                    return string(e, value);
                }
                case "bool" -> {
                    return bool(e, value);
                }
                case "size" -> {
                    return size(e, value);
                }
                case "parseJson" -> {
                    return parseJson(e, value);
                }
                default -> {
                    // a method with an argument, or unknown
                }
            }
        }
        if (method && arguments.size() == 2 && arguments.get(0) instanceof String text && arguments.get(1) instanceof String part) {
            switch (name) {
                case "startsWith" -> {
                    return text.startsWith(part);
                }
                case "endsWith" -> {
                    return text.endsWith(part);
                }
                case "contains" -> {
                    return text.contains(part);
                }
                case "matches" -> {
                    return RegularExpression.matches(e, text, part);
                }
                default -> {
                    // unknown
                }
            }
        }
        throw e.error("there is no function ‘" + name + "’ for "
                + String.join(", ", arguments.stream().map(Expressions::type).toList())
                + "; there are int, double, string, bool, size, has, parseJson, startsWith, endsWith, contains, matches");
    }

    private static String shown(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    private static Long integer(Evaluator e, Object value) throws ExpressionException {
        if (value instanceof Long l) {
            return l;
        } else if (value instanceof Double d) {
            if (!(Math.abs(d) < 0x1p63)) {
                throw e.error("int(" + d + "): too large for an integer");
            }
            return d.longValue();
        } else if (value instanceof String text) {
            try {
                return Long.valueOf(text.trim());
            } catch (NumberFormatException notAnInt) {
                throw e.error("int(\"" + shown(text) + "\"): not an integer");
            }
        }
        throw e.error("int() cannot convert " + Expressions.type(value));
    }

    private static Double real(Evaluator e, Object value) throws ExpressionException {
        if (value instanceof Number number) {
            return number.doubleValue();
        } else if (value instanceof String text) {
            try {
                return Double.valueOf(text.trim());
            } catch (NumberFormatException notANumber) {
                throw e.error("double(\"" + shown(text) + "\"): not a number");
            }
        }
        throw e.error("double() cannot convert " + Expressions.type(value));
    }

    private static String string(Evaluator e, Object value) throws ExpressionException {
        if (value instanceof String || value instanceof Boolean || value instanceof Number) {
            return Values.text(JSON.valueToTree(value));
        }
        throw e.error("string() cannot convert " + Expressions.type(value));
    }

    private static Boolean bool(Evaluator e, Object value) throws ExpressionException {
        if (value instanceof Boolean b) {
            return b;
        } else if (value instanceof String text && TRUE.contains(text)) {
            return true;
        } else if (value instanceof String text && FALSE.contains(text)) {
            return false;
        }
        throw e.error("bool() cannot convert " + Expressions.type(value));
    }

    private static Long size(Evaluator e, Object value) throws ExpressionException {
        if (value instanceof String text) {
            return (long) text.codePointCount(0, text.length());
        } else if (value instanceof List<?> list) {
            return (long) list.size();
        } else if (value instanceof Map<?, ?> map) {
            return (long) map.size();
        }
        throw e.error("size() cannot measure " + Expressions.type(value));
    }

    private static Object parseJson(Evaluator e, Object value) throws ExpressionException {
        if (!(value instanceof String text)) {
            throw e.error("parseJson() needs a string, got " + Expressions.type(value));
        }
        try {
            JsonNode json = JSON.readTree(text);
            if (json.isMissingNode()) {
                throw e.error("parseJson(): not JSON: an empty text");
            }
            return JsonValues.toCel(json);
        } catch (JsonProcessingException notJson) {
            throw e.error("parseJson(): not JSON: " + shown(text));
        }
    }
}
