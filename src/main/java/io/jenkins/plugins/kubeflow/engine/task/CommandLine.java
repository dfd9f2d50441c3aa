package io.jenkins.plugins.kubeflow.engine.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.kubeflow.engine.ir.ExecutorSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A container's command and arguments as they are run: Concat and IfPresent by the rules of kfp.local (kfp.md 2.4, a superset of the
 * server's), then every placeholder as part of any string (2.3).
 */
public final class CommandLine {
    private final ExecutorInput input;
    private final TaskPlaceholders placeholders;

    public CommandLine(ExecutorInput input, RunContext run, String taskKey) {
        this.input = input;
        this.placeholders = new TaskPlaceholders(input, run, taskKey);
    }

    /** Command and arguments in one list. */
    public List<String> resolve(ExecutorSpec.Container executor) throws ValueException {
        List<String> argv = new ArrayList<>(command(executor));
        argv.addAll(arguments(executor));
        return argv;
    }

    public List<String> command(ExecutorSpec.Container executor) throws ValueException {
        return words(executor.command());
    }

    public List<String> arguments(ExecutorSpec.Container executor) throws ValueException {
        return words(executor.args());
    }

    public Map<String, String> environment(ExecutorSpec.Container executor) {
        Map<String, String> environment = new LinkedHashMap<>();
        executor.env().forEach((name, value) -> environment.put(name, placeholders.substitute(value)));
        return environment;
    }

    /** An image, a resource quantity or another single field. */
    public String text(String field) {
        return field == null ? null : placeholders.substitute(field);
    }

    private List<String> words(List<String> templates) throws ValueException {
        List<String> words = new ArrayList<>();
        for (String template : templates) {
            if (template.startsWith("{\"Concat\": ") || template.startsWith("{\"IfPresent\": ")) {
                words.addAll(structure(parse(template)));
            } else {
                words.add(placeholders.substitute(template));
            }
        }
        return words;
    }

    private static JsonNode parse(String template) throws ValueException {
        try {
            return Json.MAPPER.readTree(template);
        } catch (JsonProcessingException e) {
            throw new ValueException("has an argument that is not valid JSON: " + template);
        }
    }

    private List<String> structure(JsonNode node) throws ValueException {
        if (node.isTextual()) {
            return List.of(placeholders.substitute(node.textValue()));
        } else if (node.isArray()) {
            List<String> words = new ArrayList<>();
            for (JsonNode element : node) {
                words.addAll(structure(element));
            }
            return words;
        } else if (node.has("Concat")) {
            return List.of(concat(node.get("Concat")));
        } else if (node.has("IfPresent")) {
            JsonNode choice = node.get("IfPresent");
            JsonNode chosen = isPresent(choice.path("InputName").asText()) ? choice.get("Then") : choice.get("Else");
            return chosen == null || chosen.isNull() ? List.of() : structure(chosen);
        }
        throw new ValueException("has an argument that is neither Concat nor IfPresent: " + Values.shown(node));
    }

    private String concat(JsonNode members) throws ValueException {
        StringBuilder text = new StringBuilder();
        for (JsonNode member : members) {
            if (member.isArray()) {
                throw new ValueException("has a list inside Concat: " + Values.shown(member));
            }
            structure(member).forEach(text::append);
        }
        return text.toString();
    }

    private boolean isPresent(String name) {
        JsonNode parameter = input.inputs().parameters().get(name);
        return (parameter != null && !parameter.isNull()) || input.inputs().artifacts().containsKey(name);
    }
}
