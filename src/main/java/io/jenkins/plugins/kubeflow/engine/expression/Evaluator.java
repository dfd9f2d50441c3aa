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
            return Operators.binary(this, binary.operator(), evaluate(binary.left()), evaluate(binary.right()));
        } else if (node instanceof Node.Logical logical) {
            return logical(logical);
        } else if (node instanceof Node.Choice choice) {
            return bool(evaluate(choice.condition()), "?:") ? evaluate(choice.then()) : evaluate(choice.otherwise());
        } else if (node instanceof Node.ListNode list) {
            return all(list.elements());
        } else if (node instanceof Node.MapNode map) {
            return map(map);
        }
        throw new IllegalStateException("unknown node " + node);
    }

    private Map<Object, Object> map(Node.MapNode node) throws ExpressionException {
        Map<Object, Object> result = new LinkedHashMap<>();
        for (Map.Entry<Node, Node> entry : node.entries()) {
            Object key = Operators.key(evaluate(entry.getKey()));
            if (!(key instanceof String || key instanceof Long || key instanceof Boolean)) {
                throw error("the key of a map is a string, an int or a bool, got " + Expressions.type(key));
            }
            if (result.containsKey(key)) {
                throw error("‘" + key + "’ is twice in the map");
            }
            result.put(key, evaluate(entry.getValue()));
        }
        return result;
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
                throw error("has() takes a field, such as has(a.b); for other names there is 'name' in a");
            }
            Object target = evaluate(field.target());
            if (target instanceof Map<?, ?> map) {
                return map.containsKey(field.name());
            }
            throw error("has() needs a map, got " + Expressions.type(target));
        }
        List<Object> arguments = all(call.arguments());
        if (call.target() != null) {
            arguments.add(0, evaluate(call.target()));
        }
        return Functions.call(this, call.name(), call.target() != null, arguments);
    }

    /** CEL's && and || take the operand that decides, whichever it is, even when another one is an error. */
    private Object logical(Node.Logical node) throws ExpressionException {
        boolean decides = node.operator().equals("||");
        ExpressionException failure = null;
        for (Node operand : node.operands()) {
            try {
                if (bool(evaluate(operand), node.operator()) == decides) {
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
            Object name = Operators.key(key);
            if (map.containsKey(name)) {
                return map.get(name);
            }
            throw error("there is no ‘" + name + "’" + (map.isEmpty() ? "" : "; there is " + names(map)));
        } else if (target instanceof List<?> list) {
            if (!(Operators.key(key) instanceof Long index)) {
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
