package io.jenkins.plugins.kubeflow.engine.ir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes fields out of a located document and collects what is wrong with it; never stops at the first problem. */
final class Reading {
    private static final int LONGEST_NAME = 1024;

    private final String file;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    Reading(String file) {
        this.file = file;
    }

    List<Problem> problems() {
        return problems;
    }

    List<Problem> warnings() {
        return warnings;
    }

    void problem(String path, Located at, String message) {
        problems.add(new Problem(file, path, at == null ? 0 : at.line, message));
    }

    void problem(String path, int line, String message) {
        problems.add(new Problem(file, path, line, message));
    }

    void warning(String path, Located at, String message) {
        warnings.add(new Problem(file, path, at == null ? 0 : at.line, message));
    }

    /** The fields of an object; anything else is a problem and gives no fields. {@code what} names the object. */
    Map<String, Located> fields(Located node, String path, String what) {
        if (node == null || node.isNull()) {
            return Map.of();
        } else if (!node.isObject()) {
            problem(path, node, what + " must be an object, is " + node.kind());
            return Map.of();
        }
        return node.fields;
    }

    List<Located> items(Located node, String path, String what) {
        if (node == null || node.isNull()) {
            return List.of();
        } else if (!node.isList()) {
            problem(path, node, what + " must be a list, is " + node.kind());
            return List.of();
        }
        return node.items;
    }

    /** Names every field that is not known. */
    void only(Located node, String path, String what, Set<String> known) {
        if (node == null || !node.isObject()) {
            return;
        }
        node.fields.forEach((name, value) -> {
            if (!known.contains(name)) {
                problem(path + "." + name, value, what + ": unknown field ‘" + shorten(name) + "’" + near(name, known));
            }
        });
    }

    private static String near(String name, Set<String> known) {
        return known.stream().filter(k -> k.equalsIgnoreCase(name.replace("_", ""))).findFirst().map(k -> "; did you mean ‘" + k + "’?").orElse("");
    }

    String text(Located node, String path, String what) {
        if (node == null || node.isNull()) {
            return null;
        }
        if (node.scalar == null) {
            problem(path, node, what + " must be a string, is " + node.kind());
            return null;
        }
        return node.scalar.asText();
    }

    boolean flag(Located node, String path, String what) {
        if (node == null || node.isNull()) {
            return false;
        }
        if (node.scalar == null || !node.scalar.isBoolean()) {
            problem(path, node, what + " must be true or false, is " + node.kind());
            return false;
        }
        return node.scalar.booleanValue();
    }

    /** An integer; protobuf JSON also writes them as strings. */
    int integer(Located node, String path, String what, int otherwise) {
        if (node == null || node.isNull()) {
            return otherwise;
        }
        if (node.scalar != null) {
            try {
                double value = Double.parseDouble(node.scalar.asText());
                if (value == Math.rint(value) && value >= 0 && value <= Integer.MAX_VALUE) {
                    return (int) value;
                }
            } catch (NumberFormatException e) {
                problem(path, node, what + " must be a whole number, is \"" + shorten(node.scalar.asText()) + "\"");
                return otherwise;
            }
        }
        problem(path, node, what + " must be a whole number of at least 0, is " + (node.scalar == null ? node.kind() : node.scalar.asText()));
        return otherwise;
    }

    ObjectNode object(Located node, String path, String what) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        fields(node, path, what).forEach((name, value) -> object.set(name, value.json()));
        return object;
    }

    JsonNode value(Located node) {
        return node == null ? null : node.json();
    }

    /** Names become parts of paths, files and URLs: none may lead astray. {@code what} is "task", "input parameter" and so on. */
    boolean name(String name, Located at, String path, String what) {
        String wrong = null;
        if (name.isEmpty()) {
            wrong = "has an empty name";
        } else if (name.length() > LONGEST_NAME) {
            wrong = "has a name of " + name.length() + " characters; at most " + LONGEST_NAME + " are allowed";
        } else if (name.equals(".") || name.equals("..") || name.contains("/") || name.contains("\\")) {
            wrong = "has a name that could lead out of its directory (‘/’, ‘\\’ and ‘..’ are not allowed)";
        } else if (name.chars().anyMatch(c -> c < 32 || c == 127 || c == 0x2028 || c == 0x2029)) {
            wrong = "has a name with a control character or line break";
        }
        if (wrong == null && what.equals("task") && name.matches("(?s).*\\[\\d+]")) {
            wrong = "has a name that reads like an iteration of a loop (a number in brackets at its end is not allowed)";
        }
        if (wrong != null) {
            problem(path, at, what + " ‘" + shorten(name) + "’ " + wrong);
        }
        return wrong == null;
    }

    static String shorten(String text) {
        String clean = text == null ? "" : text.replaceAll("\\p{Cntrl}", "�");
        return clean.length() > 60 ? clean.substring(0, 60) + "…" : clean;
    }

    <T> Map<String, T> map() {
        return new LinkedHashMap<>();
    }
}
