package io.jenkins.plugins.kubeflow.engine.expression;

import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.task.TaskInputs;
import io.jenkins.plugins.kubeflow.engine.task.Values;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The condition of a task (kfp.md 2.8): CEL over {@code inputs.parameter_values} and {@code inputs.artifacts} of the task's resolved
 * inputs. Pure; a missing name, a wrong type or a result that is not a bool is an error that says so.
 */
public final class Condition {
    private Condition() {}

    public static boolean evaluate(String cel, TaskInputs inputs) throws ExpressionException {
        Object result = new Evaluator(cel, Map.of("inputs", variables(inputs))).evaluate(Parser.parse(cel));
        if (result instanceof Boolean b) {
            return b;
        }
        throw new ExpressionException(Expressions.quote(cel) + ": is " + Expressions.type(result) + ", not true or false");
    }

    /** What is wrong with the condition's form, if anything. */
    public static Optional<String> check(String cel) {
        try {
            Parser.parse(cel);
            return Optional.empty();
        } catch (ExpressionException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** The input parameters that a condition reads; none when it cannot be read itself. */
    public static Set<String> parameters(String cel) {
        try {
            return ConditionInputs.of(Parser.parse(cel));
        } catch (ExpressionException e) {
            return Set.of();
        }
    }

    /** Why it came out as it did, for people: the values that it reads, such as {@code ‘lr’ is 0.1, ‘kind’ is "fast"}. */
    public static String explain(String cel, TaskInputs inputs) {
        return parameters(cel).stream()
                .filter(inputs.parameters()::containsKey)
                .map(name -> "‘" + name + "’ is " + Values.shown(inputs.parameters().get(name)))
                .collect(Collectors.joining(", "));
    }

    private static Map<String, Object> variables(TaskInputs inputs) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        inputs.parameters().forEach((name, value) -> parameters.put(name, JsonValues.toCel(value)));
        Map<String, Object> artifacts = new LinkedHashMap<>();
        inputs.artifacts().forEach((name, list) ->
                artifacts.put(name, new LinkedHashMap<>(Map.of("artifacts", list.stream().map(Condition::artifact).toList()))));
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("parameter_values", parameters);
        variables.put("artifacts", artifacts);
        return variables;
    }

    private static Object artifact(Artifact artifact) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", artifact.name());
        map.put("uri", artifact.uri());
        map.put("type", new LinkedHashMap<>(Map.of("schema_title", artifact.type())));
        map.put("metadata", JsonValues.toCel(artifact.metadata()));
        return map;
    }
}
