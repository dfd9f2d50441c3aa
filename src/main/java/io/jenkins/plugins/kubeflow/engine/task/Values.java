package io.jenkins.plugins.kubeflow.engine.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.kubeflow.engine.ir.ParameterType;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * Parameter values: their text, their types (kfp.md 2.5). The IR knows only doubles (trap 8): integral ones become integers at every
 * depth, so that they print as {@code 1} and not {@code 1.0}. Structs keep the order they were written in, unlike KFP's server, which
 * sorts them: people compare what they see with what they wrote.
 */
public final class Values {
    private static final ObjectMapper JSON = Json.MAPPER;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final double EXACT = 1L << 53;

    private Values() {}

    /** The value as a step sees it in an argument: strings as they are, numbers without exponent, structures as compact JSON, null empty. */
    public static String text(JsonNode value) {
        if (value == null || value.isNull() || value.isMissingNode()) {
            return "";
        } else if (value.isTextual()) {
            return value.textValue();
        } else if (value.isNumber()) {
            return number(value);
        } else if (value.isBoolean()) {
            return value.asText();
        }
        return json(value);
    }

    private static String number(JsonNode value) {
        if (value.isIntegralNumber()) {
            return value.asText();
        }
        double d = value.doubleValue();
        if (Double.isNaN(d) || Double.isInfinite(d)) {
            return value.asText();
        }
        String plain = value.isBigDecimal() ? value.decimalValue().toPlainString() : new BigDecimal(Double.toString(d)).toPlainString();
        return plain.contains(".") ? plain.replaceFirst("\\.?0+$", "") : plain;
    }

    /** Compact JSON with integral numbers printed as integers. */
    public static String json(JsonNode value) {
        try {
            return JSON.writeValueAsString(normalize(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value that was read as JSON cannot be written: " + e.getOriginalMessage(), e);
        }
    }

    /** Integral doubles become integers, at every depth; the same object comes back when there is nothing to change. */
    public static JsonNode normalize(JsonNode value) {
        if (value.isDouble() || value.isFloat()) {
            double d = value.doubleValue();
            boolean integral = d == Math.rint(d) && Math.abs(d) <= EXACT && !(d == 0 && 1 / d < 0);
            return integral ? LongNode.valueOf((long) d) : value;
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                if (normalize(value.get(i)) != value.get(i)) {
                    ArrayNode copy = NODES.arrayNode(value.size());
                    value.forEach(element -> copy.add(normalize(element)));
                    return copy;
                }
            }
        } else if (value.isObject()) {
            for (JsonNode field : value) {
                if (normalize(field) != field) {
                    ObjectNode copy = NODES.objectNode();
                    value.fields().forEachRemaining(e -> copy.set(e.getKey(), normalize(e.getValue())));
                    return copy;
                }
            }
        }
        return value;
    }

    /** The type check of a resolved input: a STRING takes anything as its text, other types take their own kind of value only. */
    public static JsonNode coerce(ParameterType type, JsonNode value) throws ValueException {
        JsonNode normal = normalize(value);
        boolean fits = switch (type) {
            case STRING, UNSPECIFIED -> true;
            case NUMBER_INTEGER -> normal.isIntegralNumber();
            case NUMBER_DOUBLE -> normal.isNumber();
            case BOOLEAN -> normal.isBoolean();
            case LIST -> normal.isArray();
            case STRUCT, TASK_FINAL_STATUS, TASK_CONFIG -> normal.isObject();
        };
        if (!fits) {
            throw new ValueException("is " + type + ", got " + shown(normal));
        }
        return type == ParameterType.STRING && !normal.isTextual() ? TextNode.valueOf(text(normal)) : normal;
    }

    /** The text of an output file as a value; strings raw, everything else as lenient as KFP and kfp.local together. */
    public static JsonNode parse(ParameterType type, String text) throws ValueException {
        String trimmed = type == ParameterType.STRING || type == ParameterType.UNSPECIFIED ? text : text.strip();
        try {
            return switch (type) {
                case STRING, UNSPECIFIED -> TextNode.valueOf(text);
                case NUMBER_INTEGER -> integer(trimmed);
                case NUMBER_DOUBLE -> normalize(DoubleNode.valueOf(Double.parseDouble(trimmed)));
                case BOOLEAN -> bool(trimmed);
                case LIST, STRUCT, TASK_FINAL_STATUS, TASK_CONFIG -> coerce(type, JSON.readTree(trimmed));
            };
        } catch (NumberFormatException | JsonProcessingException e) {
            throw new ValueException("is " + type + ", got " + shown(TextNode.valueOf(trimmed)));
        }
    }

    /** A value written on a command line or in a form's text field. */
    public static JsonNode read(ParameterType type, String text) throws ValueException {
        return parse(type, text);
    }

    private static JsonNode integer(String text) throws ValueException {
        try {
            return LongNode.valueOf(Long.parseLong(text));
        } catch (NumberFormatException notALong) {
            JsonNode number = normalize(DoubleNode.valueOf(Double.parseDouble(text)));
            if (!number.isIntegralNumber()) {
                throw new ValueException("is NUMBER_INTEGER, got " + shown(TextNode.valueOf(text)));
            }
            return number;
        }
    }

    private static JsonNode bool(String text) throws ValueException {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "t", "1" -> BooleanNode.TRUE;
            case "false", "f", "0" -> BooleanNode.FALSE;
            default -> throw new ValueException("is BOOLEAN, got " + shown(TextNode.valueOf(text)));
        };
    }

    /** A value in an error message: JSON, not too much of it. */
    public static String shown(JsonNode value) {
        String json = json(value);
        return json.length() > 80 ? json.substring(0, 80) + "…" : json;
    }
}
