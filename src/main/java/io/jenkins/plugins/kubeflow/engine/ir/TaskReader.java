package io.jenkins.plugins.kubeflow.engine.ir;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.jenkins.plugins.kubeflow.engine.expression.Condition;
import io.jenkins.plugins.kubeflow.engine.ir.TaskSpec.ArtifactInput;
import io.jenkins.plugins.kubeflow.engine.ir.TaskSpec.ParameterInput;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads one task of a DAG. */
final class TaskReader {
    private static final Set<String> TASK = Set.of(
            "taskInfo", "inputs", "dependentTasks", "cachingOptions", "componentRef", "triggerPolicy", "artifactIterator",
            "parameterIterator", "retryPolicy", "iteratorPolicy");
    private static final Set<String> PARAMETER = Set.of(
            "taskOutputParameter", "runtimeValue", "componentInputParameter", "taskFinalStatus", "parameterExpressionSelector");
    private static final Set<String> ARTIFACT = Set.of("taskOutputArtifact", "componentInputArtifact");

    private final Reading reading;

    TaskReader(Reading reading) {
        this.reading = reading;
    }

    TaskSpec read(String key, Located node, String path) {
        String what = "task ‘" + Reading.shorten(key) + "’";
        reading.name(key, node, path, "task");
        reading.fields(node, path, what);
        reading.only(node, path, what, TASK);
        Set<String> dependsOn = new LinkedHashSet<>();
        for (Located task : reading.items(node.get("dependentTasks"), path + ".dependentTasks", what + ": ‘dependentTasks’")) {
            String name = reading.text(task, path + ".dependentTasks", what + ": a dependency");
            if (name != null) {
                dependsOn.add(name);
            }
        }
        Located inputs = node.get("inputs");
        reading.fields(inputs, path + ".inputs", what + ": ‘inputs’");
        reading.only(inputs, path + ".inputs", what + ": inputs", Set.of("parameters", "artifacts"));
        Map<String, ParameterInput> parameters = reading.map();
        reading.fields(inputs == null ? null : inputs.get("parameters"), path + ".inputs.parameters", what + ": ‘parameters’")
                .forEach((name, source) -> {
                    reading.name(name, source, path + ".inputs.parameters", what + ": input");
                    ParameterInput input = parameter(
                            source, path + ".inputs.parameters." + Reading.shorten(name), what + ": input ‘" + Reading.shorten(name) + "’", dependsOn);
                    if (input != null) {
                        parameters.put(name, input);
                    }
                });
        Map<String, ArtifactInput> artifacts = reading.map();
        reading.fields(inputs == null ? null : inputs.get("artifacts"), path + ".inputs.artifacts", what + ": ‘artifacts’")
                .forEach((name, source) -> {
                    reading.name(name, source, path + ".inputs.artifacts", what + ": input artifact");
                    ArtifactInput input = artifact(
                            source, path + ".inputs.artifacts." + Reading.shorten(name), what + ": input artifact ‘" + Reading.shorten(name) + "’", dependsOn);
                    if (input != null) {
                        artifacts.put(name, input);
                    }
                });
        Located info = node.get("taskInfo");
        String display = info == null ? null : reading.text(info.get("name"), path + ".taskInfo.name", what + ": its name");
        return new TaskSpec(
                key,
                display == null || display.isEmpty() ? key : display,
                component(node, path, what),
                parameters,
                artifacts,
                List.copyOf(dependsOn),
                trigger(node.get("triggerPolicy"), path, what),
                caching(node.get("cachingOptions"), path, what),
                retry(node.get("retryPolicy"), path, what),
                iterator(node, path, what));
    }

    private String component(Located node, String path, String what) {
        Located reference = node.get("componentRef");
        String name = reference == null ? null : reading.text(reference.get("name"), path + ".componentRef", what + ": ‘componentRef’");
        if (name == null) {
            reading.problem(path, node, what + " names no component; give it a ‘componentRef’");
        }
        return name;
    }

    private ParameterInput parameter(Located node, String path, String what, Set<String> dependsOn) {
        reading.fields(node, path, what);
        reading.only(node, path, what, PARAMETER);
        String selector = reading.text(node.get("parameterExpressionSelector"), path, what + ": its selector");
        if (selector != null) {
            Condition.check(selector).ifPresent(problem -> reading.problem(path, node, what + ": selector: " + problem));
        }
        if (node.get("runtimeValue") != null) {
            return new ParameterInput.Constant(constant(node.get("runtimeValue"), path, what), selector);
        } else if (node.get("componentInputParameter") != null) {
            return new ParameterInput.ParentInput(reading.text(node.get("componentInputParameter"), path, what), selector);
        } else if (node.get("taskOutputParameter") != null) {
            Located output = node.get("taskOutputParameter");
            String task = reading.text(output.get("producerTask"), path, what + ": ‘producerTask’");
            String key = reading.text(output.get("outputParameterKey"), path, what + ": ‘outputParameterKey’");
            if (task == null || key == null) {
                reading.problem(path, node, what + " needs ‘producerTask’ and ‘outputParameterKey’");
                return null;
            }
            dependsOn.add(task);
            return new ParameterInput.TaskOutput(task, key, selector);
        } else if (node.get("taskFinalStatus") != null) {
            String task = reading.text(node.get("taskFinalStatus").get("producerTask"), path, what + ": ‘producerTask’");
            if (task == null) {
                reading.problem(path, node, what + " needs a ‘producerTask’");
                return null;
            }
            dependsOn.add(task);
            return new ParameterInput.FinalStatus(task, selector);
        }
        reading.problem(path, node, what + " has no source; give it a runtimeValue, componentInputParameter, taskOutputParameter or taskFinalStatus");
        return null;
    }

    /** {@code constant}, or the deprecated {@code constantValue} with a value by type; {@code runtimeParameter} is older still. */
    private JsonNode constant(Located runtimeValue, String path, String what) {
        reading.fields(runtimeValue, path, what);
        Located constant = runtimeValue.get("constant");
        if (constant == null && runtimeValue.get("constantValue") != null) {
            for (String kind : List.of("intValue", "doubleValue", "stringValue")) {
                Located value = runtimeValue.get("constantValue").get(kind);
                if (value != null) {
                    return kind.equals("intValue") && value.scalar != null && value.scalar.isTextual()
                            ? number(value, path, what)
                            : value.json();
                }
            }
        }
        if (constant == null) {
            reading.problem(path, runtimeValue, what + " has a runtimeValue without ‘constant’");
            return com.fasterxml.jackson.databind.node.NullNode.instance;
        }
        return constant.json();
    }

    private JsonNode number(Located value, String path, String what) {
        try {
            return com.fasterxml.jackson.databind.node.LongNode.valueOf(Long.parseLong(value.scalar.asText()));
        } catch (NumberFormatException e) {
            reading.problem(path, value, what + ": intValue must be an integer");
            return value.scalar;
        }
    }

    private ArtifactInput artifact(Located node, String path, String what, Set<String> dependsOn) {
        reading.fields(node, path, what);
        reading.only(node, path, what, ARTIFACT);
        if (node.get("componentInputArtifact") != null) {
            return new ArtifactInput.ParentInput(reading.text(node.get("componentInputArtifact"), path, what));
        } else if (node.get("taskOutputArtifact") != null) {
            Located output = node.get("taskOutputArtifact");
            String task = reading.text(output.get("producerTask"), path, what + ": ‘producerTask’");
            String key = reading.text(output.get("outputArtifactKey"), path, what + ": ‘outputArtifactKey’");
            if (task != null && key != null) {
                dependsOn.add(task);
                return new ArtifactInput.TaskOutput(task, key);
            }
        }
        reading.problem(path, node, what + " has no source; give it a componentInputArtifact or taskOutputArtifact");
        return null;
    }

    private TaskSpec.Trigger trigger(Located node, String path, String what) {
        if (node == null || node.isNull()) {
            return new TaskSpec.Trigger(null, false);
        }
        reading.fields(node, path + ".triggerPolicy", what + ": ‘triggerPolicy’");
        reading.only(node, path + ".triggerPolicy", what + ": triggerPolicy", Set.of("condition", "strategy"));
        String condition = reading.text(node.get("condition"), path + ".triggerPolicy.condition", what + ": its condition");
        if (condition != null && !condition.isBlank()) {
            Condition.check(condition).ifPresent(problem ->
                    reading.problem(path + ".triggerPolicy.condition", node.get("condition"), what + ": condition: " + problem));
        }
        String strategy = reading.text(node.get("strategy"), path + ".triggerPolicy.strategy", what + ": ‘strategy’");
        if (strategy != null && !Set.of("ALL_UPSTREAM_TASKS_COMPLETED", "ALL_UPSTREAM_TASKS_SUCCEEDED", "TRIGGER_STRATEGY_UNSPECIFIED").contains(strategy)) {
            reading.problem(path + ".triggerPolicy.strategy", node.get("strategy"), what + " has the unknown trigger strategy ‘"
                    + Reading.shorten(strategy) + "’; write ALL_UPSTREAM_TASKS_SUCCEEDED or ALL_UPSTREAM_TASKS_COMPLETED");
        }
        return new TaskSpec.Trigger(
                condition == null || condition.isBlank() ? null : condition, "ALL_UPSTREAM_TASKS_COMPLETED".equals(strategy));
    }

    private TaskSpec.Caching caching(Located node, String path, String what) {
        reading.fields(node, path + ".cachingOptions", what + ": ‘cachingOptions’");
        reading.only(node, path + ".cachingOptions", what + ": cachingOptions", Set.of("enableCache", "cacheKey"));
        String key = node == null ? null : reading.text(node.get("cacheKey"), path + ".cachingOptions", what + ": ‘cacheKey’");
        return new TaskSpec.Caching(
                node != null && reading.flag(node.get("enableCache"), path + ".cachingOptions", what + ": ‘enableCache’"),
                key == null || key.isEmpty() ? null : key);
    }

    private TaskSpec.Retry retry(Located node, String path, String what) {
        if (node == null || node.isNull()) {
            return TaskSpec.Retry.NONE;
        }
        String at = path + ".retryPolicy";
        reading.fields(node, at, what + ": ‘retryPolicy’");
        reading.only(node, at, what + ": retryPolicy", Set.of("maxRetryCount", "backoffDuration", "backoffFactor", "backoffMaxDuration"));
        double factor = 2.0;
        if (node.get("backoffFactor") != null) {
            JsonNode value = node.get("backoffFactor").json();
            if (value.isNumber() && value.doubleValue() >= 0) {
                factor = value.doubleValue() == 0 ? 2.0 : value.doubleValue();
            } else {
                reading.problem(at, node.get("backoffFactor"), what + ": ‘backoffFactor’ must be a number of at least 0");
            }
        }
        return new TaskSpec.Retry(
                reading.integer(node.get("maxRetryCount"), at, what + ": ‘maxRetryCount’", 0),
                duration(node.get("backoffDuration"), at, what + ": ‘backoffDuration’", Duration.ZERO),
                factor,
                duration(node.get("backoffMaxDuration"), at, what + ": ‘backoffMaxDuration’", Duration.ofHours(1)));
    }

    private Duration duration(Located node, String path, String what, Duration otherwise) {
        String text = reading.text(node, path, what);
        if (text == null) {
            return otherwise;
        }
        try {
            double seconds = Double.parseDouble(text.endsWith("s") ? text.substring(0, text.length() - 1) : text);
            if (seconds >= 0 && seconds < 1e9) {
                return Duration.ofMillis(Math.round(seconds * 1000));
            }
        } catch (NumberFormatException notADuration) {
            reading.problem(path, node, what + " must be seconds such as \"5s\", is \"" + Reading.shorten(text) + "\"");
            return otherwise;
        }
        reading.problem(path, node, what + " must be seconds such as \"5s\", is \"" + Reading.shorten(text) + "\"");
        return otherwise;
    }

    private TaskSpec.Iterator iterator(Located node, String path, String what) {
        Located policy = node.get("iteratorPolicy");
        reading.fields(policy, path + ".iteratorPolicy", what + ": ‘iteratorPolicy’");
        int limit = policy == null ? 0 : reading.integer(policy.get("parallelismLimit"), path, what + ": ‘parallelismLimit’", 0);
        Located over = node.get("parameterIterator");
        if (over != null) {
            String at = path + ".parameterIterator";
            reading.fields(over, at, what + ": ‘parameterIterator’");
            String item = itemInput(over, at, what);
            Located items = over.get("items");
            reading.fields(items, at + ".items", what + ": the loop's ‘items’");
            String input = items == null ? null : reading.text(items.get("inputParameter"), at + ".items", what + ": ‘inputParameter’");
            if (input != null) {
                return new TaskSpec.Iterator.Parameter(input, item, limit);
            }
            return new TaskSpec.Iterator.Items(raw(items, at, what, node), item, limit);
        }
        over = node.get("artifactIterator");
        if (over != null) {
            String at = path + ".artifactIterator";
            reading.fields(over, at, what + ": ‘artifactIterator’");
            Located items = over.get("items");
            String input = items == null ? null : reading.text(items.get("inputArtifact"), at + ".items", what + ": ‘inputArtifact’");
            if (input == null) {
                reading.problem(at, over, what + ": the loop has no items; give it an ‘inputArtifact’");
            }
            return new TaskSpec.Iterator.Artifacts(input == null ? "" : input, itemInput(over, at, what), limit);
        }
        return null;
    }

    private String itemInput(Located over, String path, String what) {
        String item = reading.text(over.get("itemInput"), path, what + ": ‘itemInput’");
        if (item == null) {
            reading.problem(path, over, what + ": the loop has no ‘itemInput’");
        }
        return item == null ? "" : item;
    }

    private JsonNode raw(Located items, String path, String what, Located task) {
        String raw = items == null ? null : reading.text(items.get("raw"), path + ".items.raw", what + ": ‘raw’");
        if (raw != null) {
            try {
                JsonNode list = Json.STRICT.readTree(raw);
                if (list != null && list.isArray()) {
                    return list;
                }
            } catch (JsonProcessingException e) {
                reading.problem(path + ".items.raw", items, what + ": the loop's items are not JSON: "
                        + (e instanceof MismatchedInputException ? "something follows the list" : e.getOriginalMessage()));
                return Json.MAPPER.createArrayNode();
            }
        }
        reading.problem(path, items == null ? task : items, what + ": the loop has no list of items");
        return Json.MAPPER.createArrayNode();
    }
}
