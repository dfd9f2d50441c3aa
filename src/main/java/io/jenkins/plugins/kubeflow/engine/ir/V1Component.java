package io.jenkins.plugins.kubeflow.engine.ir;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import io.jenkins.plugins.kubeflow.engine.task.ValueException;
import io.jenkins.plugins.kubeflow.engine.task.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A bare component file of KFP v1 ({@code name, inputs, outputs, implementation.container}) as a pipeline of one task (kfp.md 2.14).
 * The pipeline's inputs are the component's.
 */
final class V1Component {
    private static final Map<String, ParameterType> TYPES = Map.ofEntries(
            Map.entry("integer", ParameterType.NUMBER_INTEGER),
            Map.entry("int", ParameterType.NUMBER_INTEGER),
            Map.entry("double", ParameterType.NUMBER_DOUBLE),
            Map.entry("float", ParameterType.NUMBER_DOUBLE),
            Map.entry("string", ParameterType.STRING),
            Map.entry("str", ParameterType.STRING),
            Map.entry("text", ParameterType.STRING),
            Map.entry("bool", ParameterType.BOOLEAN),
            Map.entry("boolean", ParameterType.BOOLEAN),
            Map.entry("dict", ParameterType.STRUCT),
            Map.entry("jsonobject", ParameterType.STRUCT),
            Map.entry("list", ParameterType.LIST),
            Map.entry("jsonarray", ParameterType.LIST));
    private static final Set<String> ARTIFACTS =
            Set.of("Artifact", "Dataset", "Model", "Metrics", "ClassificationMetrics", "SlicedClassificationMetrics", "HTML", "Markdown");

    private final Reading reading;
    private final Map<String, ParameterSpec> inputParameters = new LinkedHashMap<>();
    private final Map<String, ArtifactSpec> inputArtifacts = new LinkedHashMap<>();
    private final Map<String, ParameterSpec> outputParameters = new LinkedHashMap<>();
    private final Map<String, ArtifactSpec> outputArtifacts = new LinkedHashMap<>();

    private V1Component(Reading reading) {
        this.reading = reading;
    }

    static PipelineSpec read(Located node, Reading reading) {
        return new V1Component(reading).pipeline(node);
    }

    private PipelineSpec pipeline(Located node) {
        reading.only(node, "", "the component", Set.of("name", "description", "inputs", "outputs", "implementation", "metadata"));
        String title = reading.text(node.get("name"), "name", "the component's name");
        String name = dashes(title == null ? "component" : title);
        for (Located input : reading.items(node.get("inputs"), "inputs", "‘inputs’")) {
            declare(input, "inputs", inputParameters, inputArtifacts);
        }
        for (Located output : reading.items(node.get("outputs"), "outputs", "‘outputs’")) {
            declare(output, "outputs", outputParameters, outputArtifacts);
        }
        ExecutorSpec.Container container = container(node);
        String component = "comp-" + name;
        ComponentSpec leaf = new ComponentSpec(
                component, inputParameters, inputArtifacts, outputParameters, outputArtifacts, "exec-" + name, null, List.of());
        return new PipelineSpec(
                name,
                title == null ? name : title,
                node.get("description") == null ? "" : reading.text(node.get("description"), "description", "‘description’"),
                "2.1.0",
                "v1 component",
                "",
                root(name, component),
                Map.of(component, leaf),
                Map.of("exec-" + name, container),
                PlatformSpec.NONE,
                node.json());
    }

    private ComponentSpec root(String name, String component) {
        Map<String, TaskSpec.ParameterInput> parameters = new LinkedHashMap<>();
        inputParameters.keySet().forEach(n -> parameters.put(n, new TaskSpec.ParameterInput.ParentInput(n, null)));
        Map<String, TaskSpec.ArtifactInput> artifacts = new LinkedHashMap<>();
        inputArtifacts.keySet().forEach(n -> artifacts.put(n, new TaskSpec.ArtifactInput.ParentInput(n)));
        TaskSpec task = new TaskSpec(
                name, name, component, parameters, artifacts, List.of(), new TaskSpec.Trigger(null, false),
                new TaskSpec.Caching(true, null), TaskSpec.Retry.NONE, null);
        Map<String, DagSpec.OutputSource> outputs = new LinkedHashMap<>();
        outputParameters.keySet().forEach(n -> outputs.put(n, new DagSpec.OutputSource(false, List.of(new DagSpec.Selector(name, n)))));
        Map<String, DagSpec.OutputSource> files = new LinkedHashMap<>();
        outputArtifacts.keySet().forEach(n -> files.put(n, new DagSpec.OutputSource(false, List.of(new DagSpec.Selector(name, n)))));
        return new ComponentSpec(
                "root", inputParameters, inputArtifacts, outputParameters, outputArtifacts, null,
                new DagSpec(Map.of(name, task), outputs, files), List.of());
    }

    private void declare(
            Located node, String path, Map<String, ParameterSpec> parameters, Map<String, ArtifactSpec> artifacts) {
        reading.fields(node, path, "an entry of ‘" + path + "’");
        String title = reading.text(node.get("name"), path, "the name of an entry of ‘" + path + "’");
        if (title == null) {
            reading.problem(path, node, "an entry of ‘" + path + "’ has no name");
            return;
        }
        String name = underscores(title);
        reading.name(name, node, path, path.equals("inputs") ? "input" : "output");
        if (parameters.containsKey(name) || artifacts.containsKey(name)) {
            reading.problem(path, node, "‘" + path + "’ has the name ‘" + Reading.shorten(name) + "’ twice");
        }
        String type = node.get("type") == null || node.get("type").scalar == null ? "" : node.get("type").scalar.asText();
        String description = reading.text(node.get("description"), path, "‘description’");
        boolean optional = node.get("default") != null || reading.flag(node.get("optional"), path, "‘optional’");
        ParameterType parameter = TYPES.get(type.toLowerCase(Locale.ROOT));
        if (parameter != null) {
            parameters.put(name, new ParameterSpec(parameter, defaultValue(node.get("default"), parameter, name), optional, List.of(), description));
        } else {
            String schema = ARTIFACTS.contains(type) ? "system." + type : type.startsWith("system.") || type.startsWith("google.") ? type : "system.Artifact";
            artifacts.put(name, new ArtifactSpec(schema, null, "0.0.1", false, optional, Json.MAPPER.createObjectNode(), description));
        }
    }

    private JsonNode defaultValue(Located node, ParameterType type, String name) {
        if (node == null || node.isNull()) {
            return null;
        }
        JsonNode value = node.json();
        try {
            return value.isTextual() && type != ParameterType.STRING ? Values.parse(type, value.textValue()) : Values.coerce(type, value);
        } catch (ValueException e) {
            reading.problem("inputs", node, "the default of input ‘" + name + "’ " + e.getMessage());
            return null;
        }
    }

    private ExecutorSpec.Container container(Located node) {
        Located implementation = node.get("implementation");
        Located container = implementation == null ? null : implementation.get("container");
        String name = dashes(node.get("name") == null ? "component" : String.valueOf(reading.text(node.get("name"), "name", "‘name’")));
        if (container == null || !container.isObject()) {
            reading.problem("implementation", implementation, "the component has no ‘implementation.container’; graph components of v1 must be compiled first");
            return new ExecutorSpec.Container("exec-" + name, "", List.of(), List.of(), Map.of(), Json.MAPPER.createObjectNode(), Json.MAPPER.createObjectNode());
        }
        reading.only(container, "implementation.container", "the container", Set.of("image", "command", "args", "env", "fileOutputs"));
        Map<String, String> env = new LinkedHashMap<>();
        reading.fields(container.get("env"), "implementation.container.env", "‘env’")
                .forEach((key, value) -> env.put(key, String.valueOf(reading.text(value, "implementation.container.env", "‘env’"))));
        String image = reading.text(container.get("image"), "implementation.container.image", "‘image’");
        if (image == null) {
            reading.problem("implementation.container", container, "the container has no image");
        }
        List<String> command = words(container.get("command"), "implementation.container.command");
        List<String> args = words(container.get("args"), "implementation.container.args");
        ObjectNode document = Json.MAPPER.createObjectNode().put("image", image);
        command.forEach(document.putArray("command")::add);
        args.forEach(document.putArray("args")::add);
        return new ExecutorSpec.Container("exec-" + name, image == null ? "" : image, command, args, env, Json.MAPPER.createObjectNode(), document);
    }

    private List<String> words(Located list, String path) {
        List<String> words = new ArrayList<>();
        for (Located item : reading.items(list, path, "‘" + path.substring(path.lastIndexOf('.') + 1) + "’")) {
            JsonNode placeholder = placeholder(item, path);
            words.add(placeholder.isTextual() ? placeholder.textValue() : text(placeholder));
        }
        return words;
    }

    /** The form in which the IR writes Concat and IfPresent: with a blank behind the colon. */
    private static String text(JsonNode structure) {
        try {
            String json = Json.MAPPER.writeValueAsString(structure);
            return json.replaceFirst("^\\{\"(Concat|IfPresent)\":", "{\"$1\": ");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode placeholder(Located node, String path) {
        if (node.scalar != null) {
            return TextNode.valueOf(node.scalar.asText());
        }
        if (!node.isObject() || node.fields.size() != 1) {
            reading.problem(path, node, "an argument must be a string or one placeholder");
            return TextNode.valueOf("");
        }
        Map.Entry<String, Located> entry = node.fields.entrySet().iterator().next();
        Located value = entry.getValue();
        return switch (entry.getKey()) {
            case "inputValue" -> reference(value, path, inputParameters.keySet(), "input parameter", "{{$.inputs.parameters['%s']}}");
            case "inputPath" -> reference(value, path, inputArtifacts.keySet(), "input artifact", "{{$.inputs.artifacts['%s'].path}}");
            case "inputUri" -> reference(value, path, inputArtifacts.keySet(), "input artifact", "{{$.inputs.artifacts['%s'].uri}}");
            case "outputPath" -> outputParameters.containsKey(underscores(String.valueOf(reading.text(value, path, "‘outputPath’"))))
                    ? reference(value, path, outputParameters.keySet(), "output", "{{$.outputs.parameters['%s'].output_file}}")
                    : reference(value, path, outputArtifacts.keySet(), "output", "{{$.outputs.artifacts['%s'].path}}");
            case "outputUri" -> reference(value, path, outputArtifacts.keySet(), "output artifact", "{{$.outputs.artifacts['%s'].uri}}");
            case "executorInput" -> TextNode.valueOf("{{$}}");
            case "concat" -> concat(value, path);
            case "if" -> ifPresent(value, path);
            default -> {
                reading.problem(path, node, "unknown placeholder ‘" + Reading.shorten(entry.getKey())
                        + "’; known are inputValue, inputPath, inputUri, outputPath, outputUri, executorInput, concat, if");
                yield TextNode.valueOf("");
            }
        };
    }

    private JsonNode reference(Located node, String path, Set<String> known, String what, String form) {
        String name = underscores(String.valueOf(reading.text(node, path, "a placeholder")));
        if (!known.contains(name)) {
            reading.problem(path, node, "a placeholder names the " + what + " ‘" + Reading.shorten(name) + "’, which the component does not have");
        }
        return TextNode.valueOf(String.format(form, name));
    }

    private JsonNode concat(Located list, String path) {
        ObjectNode result = Json.MAPPER.createObjectNode();
        var members = result.putArray("Concat");
        reading.items(list, path, "‘concat’").forEach(item -> members.add(placeholder(item, path)));
        return result;
    }

    private JsonNode ifPresent(Located node, String path) {
        reading.fields(node, path, "‘if’");
        ObjectNode result = Json.MAPPER.createObjectNode();
        ObjectNode choice = result.putObject("IfPresent");
        Located condition = node.get("cond");
        Located present = condition == null ? null : condition.get("isPresent");
        if (present == null) {
            reading.problem(path, node, "‘if’ needs ‘cond: {isPresent: NAME}’");
            return TextNode.valueOf("");
        }
        choice.put("InputName", underscores(String.valueOf(reading.text(present, path, "‘isPresent’"))));
        branch(choice, "Then", node.get("then"), path);
        branch(choice, "Else", node.get("else"), path);
        return result;
    }

    private void branch(ObjectNode choice, String name, Located node, String path) {
        if (node == null) {
            return;
        }
        if (node.isList()) {
            var list = choice.putArray(name);
            node.items.forEach(item -> list.add(placeholder(item, path)));
        } else {
            choice.set(name, placeholder(node, path));
        }
    }

    private static String underscores(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_+|_+$", "");
    }

    private static String dashes(String name) {
        String dashed = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        return dashed.isEmpty() ? "component" : dashed.length() > 100 ? dashed.substring(0, 100) : dashed;
    }
}
