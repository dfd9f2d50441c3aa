package io.jenkins.plugins.kubeflow.engine.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.ir.TaskSpec.ParameterInput;
import io.jenkins.plugins.kubeflow.engine.task.Placeholders;
import io.jenkins.plugins.kubeflow.engine.task.RunContext;
import java.util.Iterator;
import java.util.Map;

/**
 * Replaces the parameter references in an executor's Kubernetes configuration - at any depth, alone or beside other fields - by
 * {@code "runtimeValue": {"constant": value}}; a reference to something that has no value becomes a null constant.
 */
final class PlatformReferences {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final RunContext run;
    private final Scope scope;

    PlatformReferences(RunContext run, Scope scope) {
        this.run = run;
        this.scope = scope;
    }

    ObjectNode resolve(TaskNode task, ObjectNode config) {
        return config == null ? NODES.objectNode() : (ObjectNode) copy(task, config);
    }

    private JsonNode copy(TaskNode task, JsonNode node) {
        if (node.isArray()) {
            ArrayNode list = NODES.arrayNode(node.size());
            node.forEach(element -> list.add(copy(task, element)));
            return list;
        }
        if (!node.isObject()) {
            return Placeholders.resolveInValue(node, task.inputs(), run, task.key());
        }
        ObjectNode object = NODES.objectNode();
        for (Iterator<Map.Entry<String, JsonNode>> fields = node.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            JsonNode value = field.getValue();
            switch (field.getKey()) {
                case "componentInputParameter" -> constant(object, scope.parentInput(dagOf(task), value.asText()));
                case "taskOutputParameter" -> constant(
                        object,
                        scope.value(
                                dagOf(task),
                                new ParameterInput.TaskOutput(
                                        value.path("producerTask").asText(), value.path("outputParameterKey").asText(), null)));
                default -> object.set(field.getKey(), copy(task, value));
            }
        }
        return object;
    }

    private static TaskNode dagOf(TaskNode task) {
        return task.isIteration() ? task.parent().parent() : task.parent();
    }

    private static void constant(ObjectNode object, JsonNode value) {
        object.putObject("runtimeValue").set("constant", value == null ? NullNode.instance : value);
    }
}
