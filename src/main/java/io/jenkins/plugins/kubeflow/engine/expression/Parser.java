package io.jenkins.plugins.kubeflow.engine.expression;

import io.jenkins.plugins.kubeflow.engine.expression.Lexer.Kind;
import io.jenkins.plugins.kubeflow.engine.expression.Lexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Recursive descent over CEL's grammar; depth and length are bounded, so hostile input neither overflows the stack nor hangs. */
final class Parser {
    private static final int LONGEST = 100_000;
    private static final int DEEPEST = 250;

    private static final List<List<String>> LEVELS = List.of(
            List.of("||"), List.of("&&"), List.of("==", "!=", "<", "<=", ">", ">=", "in"), List.of("+", "-"), List.of("*", "/", "%"));

    private final String source;
    private final List<Token> tokens;
    private int at;
    private int depth;

    private Parser(String source) throws ExpressionException {
        this.source = source;
        this.tokens = Lexer.tokens(source);
    }

    static Node parse(String source) throws ExpressionException {
        if (source.length() > LONGEST) {
            throw new ExpressionException("an expression of " + source.length() + " characters is too long");
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
            condition = new Node.Choice(condition, then, expression());
        }
        depth--;
        return condition;
    }

    private Node binary(int level) throws ExpressionException {
        if (level == LEVELS.size()) {
            return unary();
        }
        Node left = binary(level + 1);
        int chain = 0;
        while (LEVELS.get(level).contains(operator())) {
            if (++chain > DEEPEST * 4) {
                throw new ExpressionException(Expressions.quote(source) + ": too many operators");
            }
            String operator = tokens.get(at++).text();
            left = new Node.Binary(operator, left, binary(level + 1));
        }
        return left;
    }

    private String operator() {
        Token token = peek();
        return token.kind() == Kind.OPERATOR || (token.kind() == Kind.NAME && token.text().equals("in")) ? token.text() : "";
    }

    private Node unary() throws ExpressionException {
        if (peek().is("!") || peek().is("-")) {
            deeper();
            String operator = tokens.get(at++).text();
            Node operand = unary();
            depth--;
            return operator.equals("-") && operand instanceof Node.Literal literal && literal.value() instanceof Number number
                    ? new Node.Literal(negative(number))
                    : new Node.Unary(operator, operand);
        }
        return member();
    }

    private static Object negative(Number number) {
        return number instanceof Long l ? (Object) (-l) : (Object) (-number.doubleValue());
    }

    private Node member() throws ExpressionException {
        Node node = primary();
        int chain = 0;
        while (true) {
            if (++chain > DEEPEST) {
                throw new ExpressionException(Expressions.quote(source) + ": nested too deeply");
            }
            if (accept(".")) {
                String name = name();
                node = accept("(") ? new Node.Call(node, name, arguments(")")) : new Node.Field(node, name);
            } else if (accept("[")) {
                node = new Node.Index(node, expression());
                expect("]");
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
                    return new Node.ListNode(arguments("]"));
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
            default -> accept("(") ? new Node.Call(null, name, arguments(")")) : new Node.Name(name);
        };
    }

    private Long integer(Token token) throws ExpressionException {
        try {
            return Long.decode(token.text().startsWith("0x") || token.text().length() == 1 ? token.text() : strip(token.text()));
        } catch (NumberFormatException e) {
            throw new ExpressionException(Expressions.quote(source) + ": " + token.text() + " is too large for an integer");
        }
    }

    /** CEL knows no octal numbers: a leading zero means nothing. */
    private static String strip(String digits) {
        String stripped = digits.replaceFirst("^0+(?=.)", "");
        return stripped;
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
        while (!accept("}")) {
            Node key = expression();
            expect(":");
            entries.add(Map.entry(key, expression()));
            if (!peek().is("}")) {
                expect(",");
            }
        }
        return new Node.MapNode(entries);
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

    private void deeper() throws ExpressionException {
        if (++depth > DEEPEST) {
            throw new ExpressionException(Expressions.quote(source) + ": nested too deeply");
        }
    }

    private ExpressionException unexpected() {
        Token token = peek();
        String hint = source.contains("'") ? " (the SDK does not escape quotes in compared values: avoid ' in them)" : "";
        String what = token.kind() == Kind.END ? "ends too early" : "unexpected ‘" + token.text() + "’ at character " + (token.at() + 1);
        return new ExpressionException(Expressions.quote(source) + ": " + what + hint);
    }
}
