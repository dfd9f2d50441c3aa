package io.jenkins.plugins.kubeflow.engine.expression;

import java.util.List;
import java.util.Map;

/** The syntax tree of an expression. */
sealed interface Node {
    record Literal(Object value) implements Node {}

    record Name(String name) implements Node {}

    record Field(Node target, String name) implements Node {}

    record Index(Node target, Node key) implements Node {}

    /** {@code target} is null for a plain function. */
    record Call(Node target, String name, List<Node> arguments) implements Node {}

    record Unary(String operator, Node operand) implements Node {}

    record Binary(String operator, Node left, Node right) implements Node {}

    /** A row of {@code &&} or of {@code ||}: flat, because the chain of an Elif may be long. */
    record Logical(String operator, List<Node> operands) implements Node {}

    record Choice(Node condition, Node then, Node otherwise) implements Node {}

    record ListNode(List<Node> elements) implements Node {}

    record MapNode(List<Map.Entry<Node, Node>> entries) implements Node {}
}
