package io.jenkins.plugins.kubeflow.engine.process;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The environment of a step: this process's own, then what the run adds, then what the executor sets. In the executor's values
 * {@code $(NAME)} stands for a variable that the run or the executor has set before, as in Kubernetes: an unknown name stays as it is,
 * {@code $$} is a dollar sign.
 */
final class StepEnvironment {
    /** Carried by every process of a step, so that those that left its group are found when it ends. */
    static final String MARK = "KUBEFLOW_ATTEMPT";

    private static final Pattern REFERENCE = Pattern.compile("\\$\\$|\\$\\(([^()]*)\\)");
    /** What an interpreter, the loader or the C library reads when a process starts: a fork of a running one would not notice. */
    private static final Pattern READ_AT_START =
            Pattern.compile("PYTHON.*|LD_.*|DYLD_.*|LC_.*|LANG|LANGUAGE|MALLOC_.*|GLIBC_TUNABLES|_KFP_RUNTIME");

    private final Map<String, String> inherited;
    private final Map<String, String> own = new LinkedHashMap<>();

    StepEnvironment(Map<String, String> inherited, Map<String, String> run, Map<String, String> executor) {
        this.inherited = inherited;
        own.putAll(run);
        executor.forEach((name, value) -> own.put(name, expand(value)));
    }

    private String expand(String value) {
        return REFERENCE.matcher(value).replaceAll(reference -> {
            String name = reference.group(1);
            String replacement = name == null ? "$" : own.getOrDefault(name, reference.group());
            return Matcher.quoteReplacement(replacement);
        });
    }

    /** Whether the step must have an interpreter of its own for its variables to take effect. */
    boolean needsFreshInterpreter() {
        return own.entrySet().stream()
                .anyMatch(variable -> READ_AT_START.matcher(variable.getKey()).matches()
                        && !variable.getValue().equals(inherited.get(variable.getKey())));
    }

    boolean sets(String name) {
        return own.containsKey(name);
    }

    Map<String, String> complete() {
        Map<String, String> all = new HashMap<>(inherited);
        all.remove("OLDPWD");
        all.putIfAbsent("HOME", System.getProperty("user.home"));
        all.putIfAbsent("PATH", "/usr/local/bin:/usr/bin:/bin");
        all.putAll(own);
        return all;
    }
}
