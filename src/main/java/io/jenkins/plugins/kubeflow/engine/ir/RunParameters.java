package io.jenkins.plugins.kubeflow.engine.ir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.jenkins.plugins.kubeflow.engine.task.ValueException;
import io.jenkins.plugins.kubeflow.engine.task.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of a run against the pipeline's inputs (kfp.md 2.1): complete, of the right kind, none unknown. Pure. */
public final class RunParameters {
    private RunParameters() {}

    /** {@code values} in the order of the pipeline's inputs: what was given, else the default, else null for an optional one. */
    public record Result(Map<String, JsonNode> values, List<String> problems) {}

    public static Result resolve(PipelineSpec spec, Map<String, JsonNode> given) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        Map<String, ParameterSpec> declared = spec.root().inputParameters();
        declared.forEach((name, input) -> {
            JsonNode value = given.get(name);
            if (value == null || value.isNull()) {
                if (input.defaultValue() != null && value == null) {
                    values.put(name, Values.normalize(input.defaultValue()));
                } else if (input.mayBeAbsent()) {
                    values.put(name, NullNode.instance);
                } else {
                    problems.add("parameter ‘" + name + "’ is required and has no value");
                }
            } else {
                check(name, input, value, values, problems);
            }
        });
        problems.addAll(unknown(spec, given));
        return new Result(values, problems);
    }

    /** What is wrong with the given ones alone, for a pipeline that may want others by the time its run begins. */
    public static List<String> problems(PipelineSpec spec, Map<String, JsonNode> given) {
        List<String> problems = new ArrayList<>();
        spec.root().inputParameters().forEach((name, input) -> {
            JsonNode value = given.get(name);
            if (value != null && !value.isNull()) {
                check(name, input, value, new LinkedHashMap<>(), problems);
            }
        });
        problems.addAll(unknown(spec, given));
        return problems;
    }

    private static List<String> unknown(PipelineSpec spec, Map<String, JsonNode> given) {
        Map<String, ParameterSpec> declared = spec.root().inputParameters();
        return given.keySet().stream()
                .filter(name -> !declared.containsKey(name))
                .map(name -> "parameter ‘" + Reading.shorten(name) + "’ is not an input of pipeline ‘" + spec.name() + "’"
                        + (declared.isEmpty() ? ", which has none" : "; it has " + names(declared)))
                .toList();
    }

    private static void check(
            String name, ParameterSpec input, JsonNode value, Map<String, JsonNode> values, List<String> problems) {
        try {
            if (input.type() == ParameterType.STRING && !value.isTextual()) {
                throw new ValueException("is STRING, got " + Values.shown(value));
            }
            if (input.type() == ParameterType.TASK_FINAL_STATUS) {
                throw new ValueException("is TASK_FINAL_STATUS, which only an exit task can take");
            }
            JsonNode coerced = Values.coerce(input.type(), value);
            if (!input.literals().isEmpty() && input.literals().stream().noneMatch(l -> Values.normalize(l).equals(coerced))) {
                throw new ValueException("must be one of "
                        + String.join(", ", input.literals().stream().map(Values::shown).toList()) + ", got " + Values.shown(coerced));
            }
            values.put(name, coerced);
        } catch (ValueException e) {
            problems.add("parameter ‘" + name + "’ " + e.getMessage());
        }
    }

    private static String names(Map<String, ParameterSpec> declared) {
        return String.join(", ", declared.keySet().stream().limit(20).map(n -> "‘" + n + "’").toList());
    }
}
