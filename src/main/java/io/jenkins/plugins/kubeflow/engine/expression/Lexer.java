package io.jenkins.plugins.kubeflow.engine.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Splits CEL into tokens. */
final class Lexer {
    enum Kind {
        INT,
        UINT,
        DOUBLE,
        STRING,
        NAME,
        OPERATOR,
        END
    }

    /** {@code text} is the value of a literal, or the operator; {@code at} the offset in the source. */
    record Token(Kind kind, String text, int at) {
        boolean is(String operator) {
            return kind == Kind.OPERATOR && text.equals(operator);
        }
    }

    private static final String[] TWO = {"==", "!=", "<=", ">=", "&&", "||"};
    private static final String ONE = "<>!+-*/%()[]{}.,:?";

    private final String source;
    private int at;

    private Lexer(String source) {
        this.source = source;
    }

    static List<Token> tokens(String source) throws ExpressionException {
        return new Lexer(source).all();
    }

    private List<Token> all() throws ExpressionException {
        List<Token> tokens = new ArrayList<>();
        while (true) {
            skipBlanksAndComments();
            if (at >= source.length()) {
                tokens.add(new Token(Kind.END, "", at));
                return tokens;
            }
            tokens.add(next());
        }
    }

    private void skipBlanksAndComments() {
        while (at < source.length()) {
            if (Character.isWhitespace(source.charAt(at))) {
                at++;
            } else if (source.startsWith("//", at)) {
                int end = source.indexOf('\n', at);
                at = end < 0 ? source.length() : end;
            } else {
                return;
            }
        }
    }

    private Token next() throws ExpressionException {
        char c = source.charAt(at);
        int start = at;
        if (isDigit(c) || (c == '.' && at + 1 < source.length() && isDigit(source.charAt(at + 1)))) {
            return number();
        }
        int prefix = stringPrefix();
        if (prefix >= 0) {
            String letters = source.substring(at, at + prefix).toLowerCase(Locale.ROOT);
            if (letters.contains("b")) {
                throw new ExpressionException(error("bytes are not supported", at).getMessage() + Expressions.QUOTE_HINT);
            }
            boolean raw = letters.contains("r");
            at += prefix;
            return new Token(Kind.STRING, StringLiteral.read(this, raw, start), start);
        }
        if (isNameStart(c)) {
            while (at < source.length() && (isNameStart(source.charAt(at)) || isDigit(source.charAt(at)))) {
                at++;
            }
            return new Token(Kind.NAME, source.substring(start, at), start);
        }
        for (String operator : TWO) {
            if (source.startsWith(operator, at)) {
                at += 2;
                return new Token(Kind.OPERATOR, operator, start);
            }
        }
        if (ONE.indexOf(c) >= 0) {
            at++;
            return new Token(Kind.OPERATOR, String.valueOf(c), start);
        }
        throw error("unexpected ‘" + c + "’", at);
    }

    private Token number() throws ExpressionException {
        int start = at;
        if (source.startsWith("0x", at) || source.startsWith("0X", at)) {
            at += 2;
            while (at < source.length() && Character.digit(source.charAt(at), 16) >= 0 && source.charAt(at) < 128) {
                at++;
            }
            if (at == start + 2) {
                throw error("a number ends without digits", at);
            }
            return integer(start);
        }
        skipDigits();
        boolean real = false;
        if (at + 1 < source.length() && source.charAt(at) == '.' && isDigit(source.charAt(at + 1))) {
            real = true;
            at++;
            skipDigits();
        }
        if (at < source.length() && "eE".indexOf(source.charAt(at)) >= 0) {
            real = true;
            at++;
            if (at < source.length() && "+-".indexOf(source.charAt(at)) >= 0) {
                at++;
            }
            if (at >= source.length() || !isDigit(source.charAt(at))) {
                throw error("a number ends without digits", at);
            }
            skipDigits();
        }
        return real ? new Token(Kind.DOUBLE, source.substring(start, at), start) : integer(start);
    }

    private Token integer(int start) throws ExpressionException {
        String digits = source.substring(start, at);
        if (at < source.length() && "uU".indexOf(source.charAt(at)) >= 0) {
            at++;
            return new Token(Kind.UINT, digits, start);
        }
        return new Token(Kind.INT, digits, start);
    }

    private void skipDigits() {
        while (at < source.length() && isDigit(source.charAt(at))) {
            at++;
        }
    }

    /** The length of the prefix (r, b) of a string that begins here, or -1 if none begins. */
    private int stringPrefix() {
        int i = at;
        while (i < source.length() && i < at + 2 && "rRbB".indexOf(source.charAt(i)) >= 0) {
            i++;
        }
        return i < source.length() && (source.charAt(i) == '\'' || source.charAt(i) == '"') ? i - at : -1;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNameStart(char c) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    String source() {
        return source;
    }

    int at() {
        return at;
    }

    void at(int position) {
        at = position;
    }

    ExpressionException error(String what, int position) {
        return new ExpressionException(Expressions.quote(source) + ": " + what + " at character " + (position + 1));
    }
}
