package io.jenkins.plugins.kubeflow.engine.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.kubeflow.engine.ir.ParameterType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Parameter values: their text, their types (kfp.md 2.5). The IR knows only doubles (trap 8): integral ones become integers at every
 * depth, so that they print as {@code 1} and not {@code 1.0}. Structs keep the order they were written in, unlike KFP's server, which
 * sorts them: people compare what they see with what they wrote.
 */
public final class Values {
    private static final ObjectMapper JSON = Json.MAPPER;
    private static final Pattern INTEGER = Pattern.compile("[-+]?\\d{1,1000}");
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
        if (d == 0) {
            return 1 / d < 0 ? "-0" : "0";
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

    /**
     * Integral doubles become integers, at every depth, and integers of Java's two sizes one: equal values are equal nodes. The same
     * object comes back when there is nothing to change.
     */
    public static JsonNode normalize(JsonNode value) {
        if (value.isInt()) {
            return LongNode.valueOf(value.longValue());
        }
        if (value.isDouble() || value.isFloat()) {
            double d = value.doubleValue();
            boolean integral = d == Math.rint(d) && Math.abs(d) <= EXACT && !(d == 0 && 1 / d < 0);
            return integral ? LongNode.valueOf((long) d) : value;
        } else if (value.isArray()) {
            ArrayNode copy = NODES.arrayNode(value.size());
            boolean changed = false;
            for (JsonNode element : value) {
                JsonNode normal = normalize(element);
                changed |= normal != element;
                copy.add(normal);
            }
            return changed ? copy : value;
        } else if (value.isObject()) {
            ObjectNode copy = NODES.objectNode();
            boolean changed = false;
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                JsonNode normal = normalize(field.getValue());
                changed |= normal != field.getValue();
                copy.set(field.getKey(), normal);
            }
            return changed ? copy : value;
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
                case NUMBER_DOUBLE -> normalize(DoubleNode.valueOf(real(trimmed)));
                case BOOLEAN -> bool(trimmed);
                case LIST, STRUCT, TASK_FINAL_STATUS, TASK_CONFIG -> coerce(type, Json.STRICT.readTree(trimmed));
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
        if (INTEGER.matcher(text).matches()) {
            BigInteger number = new BigInteger(text);
            return number.bitLength() < 64 ? LongNode.valueOf(number.longValue()) : BigIntegerNode.valueOf(number);
        }
        JsonNode number = normalize(DoubleNode.valueOf(real(text)));
        if (!number.isIntegralNumber()) {
            throw new ValueException("is NUMBER_INTEGER, got " + shown(TextNode.valueOf(text)));
        }
        return number;
    }

    /** A number as Go and Python write it, infinities included; Java's own suffixes and hexadecimal forms are none. */
    private static double real(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        String unsigned = word.startsWith("-") || word.startsWith("+") ? word.substring(1) : word;
        switch (unsigned) {
            case "inf", "infinity":
                return word.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            case "nan":
                return Double.NaN;
            default:
                if (unsigned.isEmpty() || word.endsWith("d") || word.endsWith("f") || word.contains("x")) {
                    throw new NumberFormatException(text);
                }
                double value = Double.parseDouble(text);
                if (Double.isInfinite(value)) {
                    throw new NumberFormatException(text + " is larger than any double");
                }
                return value;
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
