package io.jenkins.plugins.kubeflow.engine.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.ir.TaskSpec.Iterator;
import io.jenkins.plugins.kubeflow.engine.task.TaskInputs;
import java.util.ArrayList;
import java.util.List;

/** What a loop runs over (kfp.md 2.9): constant items, a list or a string that holds a JSON array, or a list of artifacts. */
final class LoopItems {
    private static final ObjectMapper JSON = new ObjectMapper();

    private LoopItems() {}

    static List<LoopItem> of(TaskNode loop, TaskInputs inputs) throws SpecError {
        Iterator iterator = loop.spec().iterator();
        if (iterator instanceof Iterator.Items constant) {
            return values(constant.items());
        } else if (iterator instanceof Iterator.Parameter over) {
            JsonNode value = inputs.parameters().get(over.inputParameter());
            return values(list(loop, over.inputParameter(), value));
        } else if (iterator instanceof Iterator.Artifacts over) {
            List<LoopItem> items = new ArrayList<>();
            for (Artifact artifact : inputs.artifacts().getOrDefault(over.inputArtifact(), List.of())) {
                items.add(new LoopItem(null, artifact));
            }
            return items;
        }
        throw new IllegalStateException("unknown iterator " + iterator);
    }

    private static List<LoopItem> values(JsonNode array) {
        List<LoopItem> items = new ArrayList<>(array.size());
        array.forEach(value -> items.add(new LoopItem(value, null)));
        return items;
    }

    private static JsonNode list(TaskNode loop, String input, JsonNode value) throws SpecError {
        JsonNode list = value;
        if (value != null && value.isTextual()) {
            try {
                list = JSON.readTree(value.textValue());
            } catch (JsonProcessingException e) {
                throw new SpecError(notAList(loop, input, value));
            }
        }
        if (list == null || !list.isArray()) {
            throw new SpecError(value == null
                    ? "loop ‘" + loop.path() + "’: input ‘" + input + "’ to iterate over has no value"
                    : notAList(loop, input, value));
        }
        return list;
    }

    private static String notAList(TaskNode loop, String input, JsonNode value) {
        String text = value.toString();
        return "loop ‘" + loop.path() + "’: input ‘" + input + "’ to iterate over must be a list or a JSON array in a string, got "
                + (text.length() > 80 ? text.substring(0, 80) + "…" : text);
    }
}
