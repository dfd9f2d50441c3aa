package io.jenkins.plugins.kubeflow.engine.pod;

import java.util.regex.Pattern;

/** Patterns of administrators: {@code *} stands for any characters, everything else for itself. */
final class Wildcard {
    private Wildcard() {}

    static boolean matches(String pattern, String text) {
        StringBuilder regex = new StringBuilder();
        for (String part : pattern.split("\\*", -1)) {
            regex.append(regex.length() == 0 ? "" : ".*").append(Pattern.quote(part));
        }
        return Pattern.matches(regex.toString(), text);
    }
}
