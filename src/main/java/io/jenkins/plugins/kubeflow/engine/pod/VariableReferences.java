package io.jenkins.plugins.kubeflow.engine.pod;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kubernetes replaces {@code $(NAME)} in commands and arguments, and {@code $$} by {@code $}. A reference to one of the container's own
 * variables is meant, as in KFP; everything else arrives as it was written.
 */
final class VariableReferences {
    private static final Pattern SPECIAL = Pattern.compile("\\$(\\$|\\(([^()]*)\\)?)?");

    private VariableReferences() {}

    static String escape(String argument, Set<String> variables) {
        if (!argument.contains("$$") && !argument.contains("$(")) {
            return argument;
        }
        StringBuilder result = new StringBuilder();
        int at = 0;
        while (at < argument.length()) {
            char c = argument.charAt(at);
            if (c != '$') {
                result.append(c);
                at++;
                continue;
            }
            Matcher reference = SPECIAL.matcher(argument).region(at, argument.length());
            boolean meant = reference.lookingAt()
                    && reference.group(2) != null
                    && reference.group().endsWith(")")
                    && variables.contains(reference.group(2));
            if (meant) {
                result.append(reference.group());
                at = reference.end();
            } else {
                result.append(followed(argument, at) ? "$$" : "$");
                at++;
            }
        }
        return result.toString();
    }

    /** Whether Kubernetes would look at this dollar sign. */
    private static boolean followed(String argument, int at) {
        return at + 1 < argument.length() && (argument.charAt(at + 1) == '$' || argument.charAt(at + 1) == '(');
    }
}
