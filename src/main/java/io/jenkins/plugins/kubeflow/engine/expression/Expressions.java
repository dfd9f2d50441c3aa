package io.jenkins.plugins.kubeflow.engine.expression;

/** Words shared by the messages. */
final class Expressions {
    private static final int SHOWN = 200;

    /** Trap 7: a quote in a compared value ends the string early, and what comes behind it is read as CEL. */
    static final String QUOTE_HINT = " (the SDK does not escape quotes: a compared value must not contain ')";

    private Expressions() {}

    static String quote(String source) {
        String shown = source.length() > SHOWN ? source.substring(0, SHOWN) + "…" : source;
        return "expression ‘" + shown + "’";
    }

    /** The CEL type of a value, for messages. */
    static String type(Object value) {
        if (value == null) {
            return "null";
        } else if (value instanceof Boolean) {
            return "bool";
        } else if (value instanceof Long) {
            return "int";
        } else if (value instanceof Double) {
            return "double";
        } else if (value instanceof String) {
            return "string";
        } else if (value instanceof java.util.List) {
            return "list";
        }
        return "map";
    }
}
