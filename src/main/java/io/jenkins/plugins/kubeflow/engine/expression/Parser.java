package io.jenkins.plugins.kubeflow.engine.expression;

import io.jenkins.plugins.kubeflow.engine.expression.Lexer.Kind;
import io.jenkins.plugins.kubeflow.engine.expression.Lexer.Token;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Recursive descent over CEL's grammar; depth and length are bounded, so hostile input neither overflows the stack nor hangs. */
final class Parser {
    private static final int LONGEST = 100_000;
    private static final int DEEPEST = 100;
    private static final int HIGHEST = 500;
    private static final String SMALLEST = "9223372036854775808";

    private static final List<List<String>> LEVELS = List.of(
            List.of("||"), List.of("&&"), List.of("==", "!=", "<", "<=", ">", ">=", "in"), List.of("+", "-"), List.of("*", "/", "%"));

    /** So many of the levels are rows of conditions. */
    private static final int LOGICAL = 2;

    private final String source;
    private final List<Token> tokens;
    private int at;
    private int depth;
    private final Map<Node, Integer> heights = new IdentityHashMap<>();

    private Parser(String source) throws ExpressionException {
        this.source = source;
        this.tokens = Lexer.tokens(source);
    }

    static Node parse(String source) throws ExpressionException {
        if (source.length() > LONGEST) {
            throw new ExpressionException("an expression of " + source.length() + " characters is too long, at most " + LONGEST);
        }
        Parser parser = new Parser(source);
        Node node = parser.expression();
        if (parser.peek().kind() != Kind.END) {
            throw parser.unexpected();
        }
        return node;
    }

    private Node expression() throws ExpressionException {
        deeper();
        Node condition = binary(0);
        if (accept("?")) {
            Node then = expression();
            expect(":");
            Node otherwise = expression();
            condition = higher(new Node.Choice(condition, then, otherwise), List.of(condition, then, otherwise));
        }
        depth--;
        return condition;
    }

    private Node binary(int level) throws ExpressionException {
        if (level == LEVELS.size()) {
            return unary();
        }
        Node left = binary(level + 1);
        if (level < LOGICAL) {
            return logical(level, left);
        }
        while (LEVELS.get(level).contains(operator())) {
            String operator = tokens.get(at++).text();
            Node right = binary(level + 1);
            left = higher(new Node.Binary(operator, left, right), List.of(left, right));
        }
        return left;
    }

    private Node logical(int level, Node first) throws ExpressionException {
        String operator = LEVELS.get(level).get(0);
        List<Node> operands = new ArrayList<>(List.of(first));
        while (accept(operator)) {
            operands.add(binary(level + 1));
        }
        return operands.size() == 1 ? first : higher(new Node.Logical(operator, operands), operands);
    }

    private String operator() {
        Token token = peek();
        return token.kind() == Kind.OPERATOR || (token.kind() == Kind.NAME && token.text().equals("in")) ? token.text() : "";
    }

    private Node unary() throws ExpressionException {
        if (peek().is("-") && tokens.get(at + 1).kind() == Kind.INT && tokens.get(at + 1).text().equals(SMALLEST)) {
            at += 2;
            return new Node.Literal(Long.MIN_VALUE);
        }
        if (peek().is("!") || peek().is("-")) {
            deeper();
            String operator = tokens.get(at++).text();
            Node operand = unary();
            depth--;
            return operator.equals("-") && operand instanceof Node.Literal literal && literal.value() instanceof Number number
                    && !number.equals(Long.MIN_VALUE)
                    ? new Node.Literal(negative(number))
                    : higher(new Node.Unary(operator, operand), List.of(operand));
        }
        return member();
    }

    private static Object negative(Number number) {
        return number instanceof Long l ? (Object) (-l) : (Object) (-number.doubleValue());
    }

    private Node member() throws ExpressionException {
        Node node = primary();
        while (true) {
            if (accept(".")) {
                String name = name();
                node = accept("(") ? call(node, name) : higher(new Node.Field(node, name), List.of(node));
            } else if (accept("[")) {
                Node key = expression();
                expect("]");
                node = higher(new Node.Index(node, key), List.of(node, key));
            } else {
                return node;
            }
        }
    }

    private Node primary() throws ExpressionException {
        Token token = tokens.get(at++);
        switch (token.kind()) {
            case INT, UINT -> {
                return new Node.Literal(integer(token));
            }
            case DOUBLE -> {
                return new Node.Literal(Double.parseDouble(token.text()));
            }
            case STRING -> {
                return new Node.Literal(token.text());
            }
            case NAME -> {
                return named(token.text());
            }
            case OPERATOR, END -> {
                if (token.is("(")) {
                    Node node = expression();
                    expect(")");
                    return node;
                } else if (token.is("[")) {
                    List<Node> elements = arguments("]");
                    return higher(new Node.ListNode(elements), elements);
                } else if (token.is("{")) {
                    return map();
                }
            }
        }
        at--;
        throw unexpected();
    }

    private Node named(String name) throws ExpressionException {
        return switch (name) {
            case "true" -> new Node.Literal(Boolean.TRUE);
            case "false" -> new Node.Literal(Boolean.FALSE);
            case "null" -> new Node.Literal(null);
            default -> accept("(") ? call(null, name) : new Node.Name(name);
        };
    }

    private Node call(Node target, String name) throws ExpressionException {
        List<Node> arguments = arguments(")");
        List<Node> children = new ArrayList<>(arguments);
        if (target != null) {
            children.add(target);
        }
        return higher(new Node.Call(target, name, arguments), children);
    }

    private Long integer(Token token) throws ExpressionException {
        try {
            return token.text().regionMatches(true, 0, "0x", 0, 2)
                    ? Long.valueOf(token.text().substring(2), 16)
                    : Long.valueOf(token.text());
        } catch (NumberFormatException e) {
            throw new ExpressionException(Expressions.quote(source) + ": " + token.text() + " is too large for an integer");
        }
    }

    private List<Node> arguments(String close) throws ExpressionException {
        List<Node> list = new ArrayList<>();
        while (!accept(close)) {
            list.add(expression());
            if (!peek().is(close)) {
                expect(",");
            }
        }
        return list;
    }

    private Node map() throws ExpressionException {
        List<Map.Entry<Node, Node>> entries = new ArrayList<>();
        List<Node> children = new ArrayList<>();
        while (!accept("}")) {
            Node key = expression();
            expect(":");
            Node value = expression();
            entries.add(Map.entry(key, value));
            children.addAll(List.of(key, value));
            if (!peek().is("}")) {
                expect(",");
            }
        }
        return higher(new Node.MapNode(entries), children);
    }

    private String name() throws ExpressionException {
        if (peek().kind() != Kind.NAME) {
            throw unexpected();
        }
        return tokens.get(at++).text();
    }

    private boolean accept(String operator) {
        if (peek().is(operator)) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(String operator) throws ExpressionException {
        if (!accept(operator)) {
            throw unexpected();
        }
    }

    private Token peek() {
        return tokens.get(at);
    }

    /** Operators and accesses in a row make the tree as high as nesting does, and its evaluation as deep. */
    private Node higher(Node node, List<Node> children) throws ExpressionException {
        int height = 1;
        for (Node child : children) {
            height = Math.max(height, heights.getOrDefault(child, 0) + 1);
        }
        if (height > HIGHEST) {
            throw new ExpressionException(Expressions.quote(source) + ": more than " + HIGHEST + " operators in a row");
        }
        heights.put(node, height);
        return node;
    }

    private void deeper() throws ExpressionException {
        if (++depth > DEEPEST) {
            throw new ExpressionException(Expressions.quote(source) + ": nested too deeply");
        }
    }

    /** Something right behind a string is the sign of a quote inside it (trap 7). */
    private boolean afterString() {
        return at > 0 && tokens.get(at - 1).kind() == Kind.STRING && peek().kind() != Kind.END;
    }

    private ExpressionException unexpected() {
        Token token = peek();
        String hint = afterString() ? Expressions.QUOTE_HINT : "";
        String what = token.kind() == Kind.END ? "ends too early" : "unexpected ‘" + token.text() + "’ at character " + (token.at() + 1);
        return new ExpressionException(Expressions.quote(source) + ": " + what + hint);
    }
}
