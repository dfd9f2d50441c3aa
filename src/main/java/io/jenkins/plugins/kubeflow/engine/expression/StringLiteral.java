package io.jenkins.plugins.kubeflow.engine.expression;

/** Reads a CEL string literal: single or double quotes, tripled or not, raw or with escapes. */
final class StringLiteral {
    private StringLiteral() {}

    /** The lexer stands at the opening quote and is left behind the closing one. */
    static String read(Lexer lexer, boolean raw, int start) throws ExpressionException {
        String source = lexer.source();
        char quote = source.charAt(lexer.at());
        String tripled = String.valueOf(quote).repeat(3);
        String close = source.startsWith(tripled, lexer.at()) ? tripled : String.valueOf(quote);
        int at = lexer.at() + close.length();
        StringBuilder text = new StringBuilder();
        while (!source.startsWith(close, at)) {
            if (at >= source.length() || (close.length() == 1 && source.charAt(at) == '\n')) {
                throw lexer.error("a string is not closed" + Expressions.QUOTE_HINT, start);
            }
            char c = source.charAt(at);
            if (c != '\\' || raw) {
                text.append(c);
                at++;
            } else {
                at = escape(lexer, at + 1, text);
            }
        }
        lexer.at(at + close.length());
        return text.toString();
    }

    private static int escape(Lexer lexer, int at, StringBuilder text) throws ExpressionException {
        String source = lexer.source();
        if (at >= source.length()) {
            throw lexer.error("an escape is not complete", at);
        }
        char c = source.charAt(at);
        int simple = "abfnrtv".indexOf(c);
        if (simple >= 0) {
            text.append("\007\b\f\n\r\t\013".charAt(simple));
            return at + 1;
        }
        return switch (c) {
            case '\\', '\'', '"', '`', '?' -> {
                text.append(c);
                yield at + 1;
            }
            case 'x', 'X' -> code(lexer, at + 1, 2, 16, text);
            case 'u' -> code(lexer, at + 1, 4, 16, text);
            case 'U' -> code(lexer, at + 1, 8, 16, text);
            case '0', '1', '2', '3' -> code(lexer, at, 3, 8, text);
            default -> throw lexer.error("unknown escape ‘\\" + c + "’", at);
        };
    }

    private static int code(Lexer lexer, int at, int digits, int radix, StringBuilder text) throws ExpressionException {
        try {
            text.appendCodePoint(Integer.parseInt(lexer.source(), at, at + digits, radix));
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw lexer.error("an escape is not a character", at);
        }
        return at + digits;
    }
}
