package io.jenkins.plugins.kubeflow.registry;

import java.util.List;
import java.util.Map;

/** What was asked of the registry cannot be done, and nothing was; sentences by the field that they belong to. */
public final class RegistryRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Map<String, List<String>> problems;

    RegistryRefusal(Map<String, List<String>> problems) {
        super(String.join("\n", problems.values().stream().flatMap(List::stream).toList()));
        this.problems = problems;
    }

    RegistryRefusal(String field, String problem) {
        this(Map.of(field, List.of(problem)));
    }

    /** Fields are those of {@link Submission}; {@code document} stands for file and text. */
    public Map<String, List<String>> problems() {
        return problems == null ? Map.of() : problems;
    }
}
