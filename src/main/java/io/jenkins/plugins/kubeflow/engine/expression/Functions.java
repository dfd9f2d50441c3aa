package io.jenkins.plugins.kubeflow.engine.expression;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.kubeflow.engine.task.Values;
import java.util.List;
import java.util.Map;

/** The functions of CEL that conditions use, and KFP's own {@code parseJson}. */
final class Functions {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Functions() {}

    static Object call(Evaluator e, String name, boolean method, List<Object> arguments) throws ExpressionException {
        if (arguments.size() == 1) {
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
                default -> {
                    // unknown
                }
            }
        }
        throw e.error("there is no function ‘" + name + "’ for "
                + String.join(", ", arguments.stream().map(Expressions::type).toList())
                + "; there are int, double, string, bool, size, has, parseJson, startsWith, endsWith, contains");
    }

    private static Long integer(Evaluator e, Object value) throws ExpressionException {
        if (value instanceof Long l) {
            return l;
        } else if (value instanceof Double d && Math.abs(d) < 9.2e18) {
            return d.longValue();
        } else if (value instanceof String text) {
            try {
                return Long.valueOf(text.trim());
            } catch (NumberFormatException notAnInt) {
                throw e.error("int(\"" + text + "\"): not an integer");
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
                throw e.error("double(\"" + text + "\"): not a number");
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
        } else if (value instanceof String text && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))) {
            return Boolean.valueOf(text);
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
            return JsonValues.toCel(JSON.readTree(text));
        } catch (JsonProcessingException notJson) {
            String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
            throw e.error("parseJson(): not JSON: " + shown);
        }
    }
}
