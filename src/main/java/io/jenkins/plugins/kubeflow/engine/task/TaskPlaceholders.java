package io.jenkins.plugins.kubeflow.engine.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every placeholder that may stand in a command, an argument, an environment variable or a field (kfp.md 2.3). */
final class TaskPlaceholders {
    private static final Pattern NAMED =
            Pattern.compile("\\.(inputs|outputs)\\.(parameters|artifacts)\\[(['\"]{1,2})(.*?)\\3\\](.*)", Pattern.DOTALL);
    private static final Pattern KEY = Pattern.compile("\\[(['\"]{1,2})(.*?)\\1\\]|\\[(\\d+)\\]|\\.(\\w+)");

    private final ExecutorInput input;
    private final RunContext run;
    private final String taskKey;

    TaskPlaceholders(ExecutorInput input, RunContext run, String taskKey) {
        this.input = input;
        this.run = run;
        this.taskKey = taskKey;
    }

    String substitute(String template) {
        return template.contains("{{$") ? Placeholders.replace(template, this::text) : template;
    }

    private String text(String body) {
        if (body.isEmpty()) {
            return input.json();
        }
        if (body.equals(".outputs.output_file") || body.equals(".outputMetadataUri") || body.equals(".outputs.output_metadata_uri")) {
            return input.outputs().outputFile();
        }
        Matcher named = NAMED.matcher(body);
        if (!named.matches()) {
            return Placeholders.ofRun(body, run, taskKey);
        }
        boolean isInput = named.group(1).equals("inputs");
        String name = named.group(4);
        String rest = named.group(5);
        if (named.group(2).equals("parameters")) {
            return isInput ? parameter(name, rest) : outputFile(name, rest);
        }
        return artifact(isInput ? input.inputs().artifacts() : input.outputs().artifacts(), name, rest, isInput);
    }

    /** A missing parameter reads "null", as in kfp.local. */
    private String parameter(String name, String rest) {
        if (!rest.isEmpty()) {
            return null;
        }
        JsonNode value = input.inputs().parameters().get(name);
        return value == null ? "null" : Values.text(value);
    }

    private String outputFile(String name, String rest) {
        return rest.equals(".output_file") ? input.outputs().parameterFiles().get(name) : null;
    }

    private String artifact(Map<String, List<Artifact>> artifacts, String name, String rest, boolean isInput) {
        List<Artifact> list = artifacts.get(name);
        if (list == null) {
            return isInput ? "null" : null;
        }
        if (rest.isEmpty()) {
            return list(list);
        }
        if (list.isEmpty()) {
            return "";
        }
        Artifact first = list.get(0);
        if (rest.startsWith(".metadata") || rest.startsWith(".properties")) {
            return metadata(first.metadata(), rest.substring(rest.startsWith(".metadata") ? 9 : 11));
        }
        return switch (rest) {
            case ".uri" -> first.uri();
            case ".path" -> ArtifactPaths.path(first, run);
            case ".name" -> first.name();
            default -> null;
        };
    }

    private static String metadata(JsonNode metadata, String keys) {
        JsonNode value = metadata;
        Matcher key = KEY.matcher(keys);
        int end = 0;
        while (key.find() && key.start() == end) {
            end = key.end();
            value = key.group(2) != null
                    ? value.path(key.group(2))
                    : key.group(3) != null ? value.path(Integer.parseInt(key.group(3))) : value.path(key.group(4));
        }
        if (end != keys.length()) {
            return null;
        }
        return value.isMissingNode() ? "null" : Values.text(value);
    }

    private static String list(List<Artifact> artifacts) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Artifact artifact : artifacts) {
            StringWriter text = new StringWriter();
            try (var out = Json.MAPPER.getFactory().createGenerator(text)) {
                ExecutorInput.artifact(out, artifact);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            try {
                list.add(Json.MAPPER.readTree(text.toString()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Values.json(list);
    }
}
