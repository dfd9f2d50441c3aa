package io.jenkins.plugins.kubeflow.engine.expression;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * CEL's {@code matches}: whether a part of the text matches. The pattern comes from a spec and Java's engine backtracks, so pattern, repeat
 * counts, text and steps are bounded; beyond the bounds it is an error, never a hang.
 */
final class RegularExpression {
    private static final int LONGEST_PATTERN = 1_000;
    private static final int LONGEST_TEXT = 10_000;
    private static final int STEPS = 2_000_000;
    private static final long MOST_REPEATS = 10_000;
    private static final Pattern REPEAT = Pattern.compile("\\{(\\d+)(?:,(\\d*))?}");

    private RegularExpression() {}

    static boolean matches(Evaluator e, String text, String pattern) throws ExpressionException {
        if (pattern.length() > LONGEST_PATTERN || text.length() > LONGEST_TEXT) {
            throw e.error("matches(): the pattern or the text is too long");
        }
        checkRepeats(e, pattern);
        try {
            return Pattern.compile(pattern).matcher(new CountedText(text, new int[] {STEPS})).find();
        } catch (PatternSyntaxException invalid) {
            throw e.error("matches(): " + invalid.getDescription() + " in the pattern");
        } catch (TooManySteps | StackOverflowError tooHard) {
            throw e.error("matches(): the pattern takes too many steps on this text");
        }
    }

    /** Repeats of something empty are steps that read no character, so they are bounded here, all of them multiplied. */
    private static void checkRepeats(Evaluator e, String pattern) throws ExpressionException {
        long product = 1;
        Matcher matcher = REPEAT.matcher(pattern);
        while (matcher.find()) {
            for (int group = 1; group <= 2; group++) {
                String count = matcher.group(group);
                if (count != null && !count.isEmpty()) {
                    product *= count.length() > 6 ? STEPS : Math.max(1, Long.parseLong(count));
                    if (product > MOST_REPEATS) {
                        throw e.error("matches(): the counted repeats of the pattern are too many");
                    }
                }
            }
        }
    }

    private static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** {@code left} is shared with the parts, so that they count together. */
    private record CountedText(CharSequence text, int[] left) implements CharSequence {
        @Override
        public char charAt(int index) {
            if (--left[0] < 0) {
                throw new TooManySteps();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new CountedText(text.subSequence(start, end), left);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
