package io.jenkins.plugins.kubeflow.engine.graph;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.expression.ExpressionException;
import io.jenkins.plugins.kubeflow.engine.expression.Selector;
import io.jenkins.plugins.kubeflow.engine.ir.ArtifactSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ParameterSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ParameterType;
import io.jenkins.plugins.kubeflow.engine.ir.TaskSpec;
import io.jenkins.plugins.kubeflow.engine.ir.TaskSpec.ArtifactInput;
import io.jenkins.plugins.kubeflow.engine.ir.TaskSpec.ParameterInput;
import io.jenkins.plugins.kubeflow.engine.task.Placeholders;
import io.jenkins.plugins.kubeflow.engine.task.RunContext;
import io.jenkins.plugins.kubeflow.engine.task.TaskInputs;
import io.jenkins.plugins.kubeflow.engine.task.ValueException;
import io.jenkins.plugins.kubeflow.engine.task.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Resolves the inputs of a task that is about to begin: sources, selectors, placeholders inside values, types, defaults - in this
 * order (kfp.md 2.3-2.5, traps 4, 5, 11, 23, 25). A null counts as "not given". Inputs that the component does not declare pass
 * unchecked (trap 6).
 */
final class InputResolver {
    private final RunContext run;
    private final Scope scope;

    InputResolver(RunContext run, Scope scope) {
        this.run = run;
        this.scope = scope;
    }

    TaskInputs resolve(TaskNode node) throws SpecError {
        TaskSpec spec = node.spec();
        Map<String, JsonNode> parameters = new LinkedHashMap<>();
        for (Map.Entry<String, ParameterInput> entry : spec.parameters().entrySet()) {
            JsonNode value = select(node, entry.getKey(), entry.getValue(), scope.value(node.parent(), entry.getValue()));
            if (value != null && !value.isNull()) {
                parameters.put(entry.getKey(), value);
            }
        }
        Map<String, List<Artifact>> artifacts = new LinkedHashMap<>();
        for (Map.Entry<String, ArtifactInput> entry : spec.artifacts().entrySet()) {
            List<Artifact> found = scope.artifacts(node.parent(), entry.getValue());
            if (found != null) {
                artifacts.put(entry.getKey(), found);
            }
        }
        substitute(parameters, artifacts, spec.key());
        check(node, parameters);
        requireArtifacts(node, artifacts);
        return new TaskInputs(parameters, artifacts);
    }

    /** The inputs of one iteration: those of the loop, with the item in place of the items. */
    TaskInputs iteration(TaskNode loop, LoopItem item) {
        TaskSpec.Iterator iterator = loop.spec().iterator();
        Map<String, JsonNode> parameters = new LinkedHashMap<>(loop.inputs().parameters());
        Map<String, List<Artifact>> artifacts = new LinkedHashMap<>(loop.inputs().artifacts());
        if (iterator instanceof TaskSpec.Iterator.Parameter over) {
            parameters.remove(over.inputParameter());
        } else if (iterator instanceof TaskSpec.Iterator.Artifacts over) {
            artifacts.remove(over.inputArtifact());
        }
        if (item.artifact() != null) {
            artifacts.put(iterator.itemInput(), List.of(item.artifact()));
        } else {
            ParameterSpec declared = loop.component().inputParameters().get(iterator.itemInput());
            parameters.put(iterator.itemInput(), lenient(declared, item.value()));
        }
        return new TaskInputs(parameters, artifacts);
    }

    private static JsonNode select(TaskNode node, String name, ParameterInput input, JsonNode value) throws SpecError {
        if (value == null || value.isNull() || input.selector() == null) {
            return value;
        }
        try {
            return Selector.select(input.selector(), value);
        } catch (ExpressionException e) {
            throw new SpecError("task ‘" + node.path() + "’: input ‘" + name + "’: " + e.getMessage());
        }
    }

    private void substitute(Map<String, JsonNode> parameters, Map<String, List<Artifact>> artifacts, String key) {
        TaskInputs given = new TaskInputs(Map.copyOf(parameters), artifacts);
        parameters.replaceAll((name, value) -> Placeholders.resolveInValue(value, given, run, key));
    }

    private void check(TaskNode node, Map<String, JsonNode> parameters) throws SpecError {
        for (Map.Entry<String, ParameterSpec> entry : node.component().inputParameters().entrySet()) {
            String name = entry.getKey();
            ParameterSpec declared = entry.getValue();
            JsonNode value = parameters.get(name);
            if (value != null) {
                JsonNode read = isItem(node.spec().parameters().get(name)) ? ofItem(declared, value) : value;
                parameters.put(name, isItems(node, name) ? value : coerce(node, name, declared, read));
            } else if (declared.defaultValue() != null) {
                parameters.put(name, coerce(node, name, declared, declared.defaultValue()));
            } else if (!declared.optional() && !isItem(node, name) && !Scope.isRescuable(name)) {
                throw new SpecError("task ‘" + node.path() + "’: input ‘" + name + "’ has no value" + why(node, name));
            }
        }
    }

    private void requireArtifacts(TaskNode node, Map<String, List<Artifact>> artifacts) throws SpecError {
        for (Map.Entry<String, ArtifactSpec> entry : node.component().inputArtifacts().entrySet()) {
            String name = entry.getKey();
            if (!artifacts.containsKey(name) && !entry.getValue().optional() && !isItem(node, name)) {
                throw new SpecError("task ‘" + node.path() + "’: input artifact ‘" + name + "’ is missing" + why(node, name));
            }
        }
    }

    private String why(TaskNode node, String name) {
        String producer = null;
        if (node.spec().parameters().get(name) instanceof ParameterInput.TaskOutput output) {
            producer = output.task();
        } else if (node.spec().artifacts().get(name) instanceof ArtifactInput.TaskOutput output) {
            producer = output.task();
        }
        TaskNode sibling = producer == null ? null : scope.sibling(node.parent(), producer);
        if (sibling == null) {
            return "; give it one, or make it optional";
        }
        if (sibling.state().isSuccess() && sibling.component().isDag()) {
            return ": no successful task in ‘" + sibling.path() + "’ produced it";
        }
        return ": task ‘" + sibling.path() + "’ is " + sibling.state() + " and did not produce it";
    }

    /** Sub-DAG inputs that the SDK invents (pipelinechannel--...) carry unreliable types (trap 27); those of people's components count. */
    private static JsonNode coerce(TaskNode node, String name, ParameterSpec declared, JsonNode value) throws SpecError {
        try {
            return Values.coerce(declared.type(), value);
        } catch (ValueException e) {
            if (node.component().isDag() && name.startsWith("pipelinechannel--")) {
                return Values.normalize(value);
            }
            throw new SpecError("task ‘" + node.path() + "’: input ‘" + name + "’ " + e.getMessage());
        }
    }

    /** The SDK declares the items of a list without type as STRING, whatever they are: what their text says counts (kfp.local does so). */
    private static boolean isItem(ParameterInput input) {
        return input instanceof ParameterInput.ParentInput parent
                && parent.name().startsWith("pipelinechannel--")
                && parent.name().contains("-loop-item");
    }

    private static JsonNode ofItem(ParameterSpec declared, JsonNode value) {
        if (!value.isTextual() || declared.type() == ParameterType.STRING || declared.type() == ParameterType.UNSPECIFIED) {
            return value;
        }
        try {
            return Values.parse(declared.type(), value.textValue());
        } catch (ValueException notOfThatType) {
            return value;
        }
    }

    private static JsonNode lenient(ParameterSpec declared, JsonNode value) {
        if (declared != null) {
            try {
                return Values.coerce(declared.type(), value);
            } catch (ValueException typeOfTheFirstItem) {
                return Values.normalize(value);
            }
        }
        return Values.normalize(value);
    }

    private static boolean isItems(TaskNode node, String name) {
        return node.kind() == TaskKind.LOOP
                && node.spec().iterator() instanceof TaskSpec.Iterator.Parameter over
                && over.inputParameter().equals(name);
    }

    private static boolean isItem(TaskNode node, String name) {
        return node.kind() == TaskKind.LOOP && node.spec().iterator().itemInput().equals(name);
    }
}
