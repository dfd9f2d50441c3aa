package io.jenkins.plugins.kubeflow.engine.expression;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which input parameters a condition reads: {@code inputs.parameter_values['name']} and {@code inputs.parameter_values.name}. */
final class ConditionInputs {
    private final Set<String> names = new LinkedHashSet<>();

    private ConditionInputs() {}

    static Set<String> of(Node condition) {
        ConditionInputs found = new ConditionInputs();
        found.walk(condition);
        return found.names;
    }

    private void walk(Node node) {
        if (node instanceof Node.Index index && isParameters(index.target()) && index.key() instanceof Node.Literal key && key.value() instanceof String name) {
            names.add(name);
            return;
        } else if (node instanceof Node.Field field && isParameters(field.target())) {
            names.add(field.name());
            return;
        } else if (node instanceof Node.Call call && call.target() == null && call.name().equals("has")) {
            return;
        }
        children(node).forEach(this::walk);
    }

    private static boolean isParameters(Node node) {
        return node instanceof Node.Field field
                && field.name().equals("parameter_values")
                && field.target() instanceof Node.Name name
                && name.name().equals("inputs");
    }

    private static List<Node> children(Node node) {
        List<Node> children = new ArrayList<>();
        if (node instanceof Node.Field field) {
            children.add(field.target());
        } else if (node instanceof Node.Index index) {
            children.addAll(List.of(index.target(), index.key()));
        } else if (node instanceof Node.Call call) {
            if (call.target() != null) {
                children.add(call.target());
            }
            children.addAll(call.arguments());
        } else if (node instanceof Node.Unary unary) {
            children.add(unary.operand());
        } else if (node instanceof Node.Binary binary) {
            children.addAll(List.of(binary.left(), binary.right()));
        } else if (node instanceof Node.Logical logical) {
            children.addAll(logical.operands());
        } else if (node instanceof Node.Choice choice) {
            children.addAll(List.of(choice.condition(), choice.then(), choice.otherwise()));
        } else if (node instanceof Node.ListNode list) {
            children.addAll(list.elements());
        } else if (node instanceof Node.MapNode map) {
            map.entries().forEach(entry -> children.addAll(List.of(entry.getKey(), entry.getValue())));
        }
        return children;
    }
}
