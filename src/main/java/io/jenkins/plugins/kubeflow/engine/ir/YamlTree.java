package io.jenkins.plugins.kubeflow.engine.ir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.StringReader;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * YAML (and JSON, which is YAML) as located values, by the YAML 1.1 rules of the PyYAML that the SDK writes with. Nothing is
 * constructed but plain values; size, depth and aliases are bounded, so that no document can be a bomb.
 */
final class YamlTree {
    private static final int DEEPEST = 200;
    private static final int MOST_ALIASES = 200;
    private static final int MOST_DIGITS = 1_000;
    private static final int MOST_VALUES = 3_000_000;

    private final Map<Node, Boolean> open = new IdentityHashMap<>();
    private int values;

    private YamlTree() {}

    static List<Located> documents(String text) throws DocumentException {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(PackageFile.LARGEST);
        options.setNestingDepthLimit(DEEPEST);
        options.setMaxAliasesForCollections(MOST_ALIASES);
        options.setAllowDuplicateKeys(false);
        List<Located> documents = new ArrayList<>();
        try {
            for (Node node : new Yaml(new SafeConstructor(options)).composeAll(new StringReader(text))) {
                documents.add(new YamlTree().convert(node));
            }
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            throw new DocumentException(line, "is not valid YAML: " + e.getProblem() + hint(text, line));
        } catch (YAMLException e) {
            throw new DocumentException(0, "is not valid YAML: " + e.getMessage().lines().findFirst().orElse("unreadable"));
        }
        return documents;
    }

    /** Trap 22: the SDK writes a default with a line break raw into the header comment. */
    static String hint(String text, int line) {
        int body = 0;
        for (String row : text.lines().limit(Math.max(line, 1)).toList()) {
            if (!row.startsWith("#")) {
                break;
            }
            body++;
        }
        return text.startsWith("# PIPELINE DEFINITION") && body < line && line <= body + 3
                ? " (a default value with a line break has spilled out of the SDK's header comment: remove the lines before ‘components:’)"
                : "";
    }

    private Located convert(Node node) throws DocumentException {
        int line = node.getStartMark().getLine() + 1;
        if (++values > MOST_VALUES) {
            throw new DocumentException(line, "has more than " + MOST_VALUES + " values");
        }
        if (node instanceof ScalarNode scalar) {
            return Located.scalar(line, scalar(scalar));
        }
        if (open.put(node, true) != null) {
            throw new DocumentException(line, "has an alias that contains itself");
        }
        Located result;
        if (node instanceof SequenceNode sequence) {
            result = Located.list(line);
            for (Node element : sequence.getValue()) {
                result.items.add(convert(element));
            }
        } else {
            result = Located.object(line);
            for (NodeTuple entry : ((MappingNode) node).getValue()) {
                if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                    throw new DocumentException(line, "has a key that is not a string");
                }
                if (result.fields.put(key.getValue(), convert(entry.getValueNode())) != null) {
                    throw new DocumentException(key.getStartMark().getLine() + 1, "has the key ‘" + key.getValue() + "’ twice");
                }
            }
        }
        open.remove(node);
        return result;
    }

    private static JsonNode scalar(ScalarNode node) {
        String text = node.getValue();
        Tag tag = node.getTag();
        try {
            if (Tag.NULL.equals(tag)) {
                return NullNode.instance;
            } else if (Tag.BOOL.equals(tag)) {
                return BooleanNode.valueOf(List.of("true", "yes", "on", "y").contains(text.toLowerCase(Locale.ROOT)));
            } else if (Tag.INT.equals(tag)) {
                return integer(text.replace("_", ""));
            } else if (Tag.FLOAT.equals(tag)) {
                return DoubleNode.valueOf(real(text.replace("_", "").toLowerCase(Locale.ROOT)));
            }
        } catch (NumberFormatException notANumberAfterAll) {
            return TextNode.valueOf(text);
        }
        return TextNode.valueOf(text);
    }

    private static JsonNode integer(String text) {
        boolean negative = text.startsWith("-");
        String digits = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        if (digits.length() > MOST_DIGITS) {
            throw new NumberFormatException("a number of " + digits.length() + " digits");
        }
        BigInteger value;
        if (digits.contains(":")) {
            value = BigInteger.ZERO;
            for (String part : digits.split(":")) {
                value = value.multiply(BigInteger.valueOf(60)).add(new BigInteger(part));
            }
        } else if (digits.startsWith("0x")) {
            value = new BigInteger(digits.substring(2), 16);
        } else if (digits.startsWith("0b")) {
            value = new BigInteger(digits.substring(2), 2);
        } else {
            value = new BigInteger(digits, digits.length() > 1 && digits.startsWith("0") ? 8 : 10);
        }
        BigInteger signed = negative ? value.negate() : value;
        return signed.bitLength() < 64 ? LongNode.valueOf(signed.longValue()) : BigIntegerNode.valueOf(signed);
    }

    private static double real(String text) {
        return switch (text) {
            case ".inf", "+.inf" -> Double.POSITIVE_INFINITY;
            case "-.inf" -> Double.NEGATIVE_INFINITY;
            case ".nan" -> Double.NaN;
            default -> Double.parseDouble(text);
        };
    }
}
