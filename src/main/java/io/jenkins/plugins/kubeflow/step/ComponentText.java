package io.jenkins.plugins.kubeflow.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The short form of a component (image, command, arguments, outputs) as a component file. Pure. */
final class ComponentText {
    private ComponentText() {}

    /**
     * @param words of command and args: texts, or maps with one placeholder as in a component file, such as {@code [outputPath: 'auc']}
     * @param outputs names with their types
     */
    static byte[] of(
            String name, String image, List<?> command, List<?> words, Map<String, ?> env, Map<String, JsonNode> arguments,
            Map<String, String> outputs) {
        ObjectNode component = Json.MAPPER.createObjectNode();
        component.put("name", name);
        ArrayNode inputs = component.putArray("inputs");
        Set<String> files = new HashSet<>();
        paths(words, files);
        paths(command, files);
        arguments.forEach((key, value) -> inputs.addObject().put("name", key).put("type", files.contains(key) ? "Artifact" : type(value)));
        ArrayNode declared = component.putArray("outputs");
        outputs.forEach((key, type) -> declared.addObject().put("name", key).put("type", type));
        ObjectNode container = component.putObject("implementation").putObject("container");
        container.put("image", image);
        container.set("command", GroovyValues.toJson("command", command));
        container.set("args", GroovyValues.toJson("args", words));
        if (!env.isEmpty()) {
            ObjectNode variables = container.putObject("env");
            env.forEach((key, value) -> variables.put(key, String.valueOf(value)));
        }
        return component.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Whatever is wanted as a file comes as one. */
    private static void paths(Object word, Set<String> files) {
        if (word instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if ((key.equals("inputPath") || key.equals("inputUri")) && value instanceof String name) {
                    files.add(name);
                } else {
                    paths(value, files);
                }
            });
        } else if (word instanceof List<?> list) {
            list.forEach(item -> paths(item, files));
        }
    }

    private static String type(JsonNode value) {
        if (value.isIntegralNumber()) {
            return "Integer";
        }
        if (value.isNumber()) {
            return "Float";
        }
        return value.isBoolean() ? "Boolean" : value.isArray() ? "JsonArray" : value.isObject() ? "JsonObject" : "String";
    }
}
