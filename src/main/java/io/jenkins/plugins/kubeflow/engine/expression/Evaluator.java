package io.jenkins.plugins.kubeflow.engine.expression;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Evaluates a syntax tree. Values are null, Boolean, Long, Double, String, List and Map with String or Long keys. */
final class Evaluator {
    private final String source;
    private final Map<String, Object> variables;

    Evaluator(String source, Map<String, Object> variables) {
        this.source = source;
        this.variables = variables;
    }

    Object evaluate(Node node) throws ExpressionException {
        if (node instanceof Node.Literal literal) {
            return literal.value();
        } else if (node instanceof Node.Name name) {
            if (!variables.containsKey(name.name())) {
                throw error("‘" + name.name() + "’ is not known; there is " + String.join(", ", variables.keySet()));
            }
            return variables.get(name.name());
        } else if (node instanceof Node.Field field) {
            return entry(evaluate(field.target()), field.name());
        } else if (node instanceof Node.Index index) {
            return entry(evaluate(index.target()), evaluate(index.key()));
        } else if (node instanceof Node.Call call) {
            return call(call);
        } else if (node instanceof Node.Unary unary) {
            return Operators.unary(this, unary.operator(), evaluate(unary.operand()));
        } else if (node instanceof Node.Binary binary) {
            return binary(binary);
        } else if (node instanceof Node.Choice choice) {
            return bool(evaluate(choice.condition()), "?:") ? evaluate(choice.then()) : evaluate(choice.otherwise());
        } else if (node instanceof Node.ListNode list) {
            return all(list.elements());
        } else if (node instanceof Node.MapNode map) {
            Map<Object, Object> result = new LinkedHashMap<>();
            for (Map.Entry<Node, Node> entry : map.entries()) {
                result.put(evaluate(entry.getKey()), evaluate(entry.getValue()));
            }
            return result;
        }
        throw new IllegalStateException("unknown node " + node);
    }

    private List<Object> all(List<Node> nodes) throws ExpressionException {
        List<Object> values = new ArrayList<>();
        for (Node node : nodes) {
            values.add(evaluate(node));
        }
        return values;
    }

    private Object call(Node.Call call) throws ExpressionException {
        if (call.target() == null && call.name().equals("has") && call.arguments().size() == 1) {
            if (!(call.arguments().get(0) instanceof Node.Field field)) {
                throw error("has() takes a field, such as has(a.b)");
            }
            return evaluate(field.target()) instanceof Map<?, ?> map && map.containsKey(field.name());
        }
        List<Object> arguments = all(call.arguments());
        if (call.target() != null) {
            arguments.add(0, evaluate(call.target()));
        }
        return Functions.call(this, call.name(), call.target() != null, arguments);
    }

    /** CEL's && and || take the side that decides, whichever it is, even when the other one is an error. */
    private Object binary(Node.Binary node) throws ExpressionException {
        boolean and = node.operator().equals("&&");
        if (!and && !node.operator().equals("||")) {
            return Operators.binary(this, node.operator(), evaluate(node.left()), evaluate(node.right()));
        }
        boolean decides = !and;
        ExpressionException failure = null;
        for (Node side : List.of(node.left(), node.right())) {
            try {
                if (bool(evaluate(side), node.operator()) == decides) {
                    return decides;
                }
            } catch (ExpressionException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return !decides;
    }

    private boolean bool(Object value, String operator) throws ExpressionException {
        if (value instanceof Boolean b) {
            return b;
        }
        throw error("‘" + operator + "’ needs a bool, got " + Expressions.type(value));
    }

    private Object entry(Object target, Object key) throws ExpressionException {
        if (target instanceof Map<?, ?> map) {
            if (map.containsKey(key)) {
                return map.get(key);
            }
            throw error("there is no ‘" + key + "’" + (map.isEmpty() ? "" : "; there is " + names(map)));
        } else if (target instanceof List<?> list) {
            Long index = key instanceof Long l ? l : key instanceof Double d && d == Math.rint(d) ? (Long) d.longValue() : null;
            if (index == null) {
                throw error("a list needs an int as index, got " + Expressions.type(key));
            }
            if (index < 0 || index >= list.size()) {
                throw error("index " + index + " is outside a list of " + list.size());
            }
            return list.get(index.intValue());
        }
        throw error("cannot take ‘" + key + "’ of " + Expressions.type(target));
    }

    private static String names(Map<?, ?> map) {
        return map.keySet().stream().limit(10).map(key -> "‘" + key + "’").reduce((a, b) -> a + ", " + b).orElse("");
    }

    ExpressionException error(String what) {
        return new ExpressionException(Expressions.quote(source) + ": " + what);
    }
}
