package io.jenkins.plugins.kubeflow.engine.cli;

import java.util.List;

/** What the user gave cannot be used; a line for each problem, exit status 2. */
final class BadInputException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient List<String> problems;

    BadInputException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = problems;
    }

    BadInputException(String problem) {
        this(List.of(problem));
    }

    List<String> problems() {
        return problems;
    }
}
