package io.jenkins.plugins.kubeflow.engine.ir;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.kubeflow.engine.task.ValueException;
import io.jenkins.plugins.kubeflow.engine.task.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads inputDefinitions and outputDefinitions. */
final class InterfaceReader {
    private static final Set<String> PARAMETER =
            Set.of("parameterType", "type", "defaultValue", "isOptional", "description", "literals");
    private static final Set<String> ARTIFACT =
            Set.of("artifactType", "isArtifactList", "isOptional", "description", "properties", "customProperties", "metadata");
    private static final Map<String, ParameterType> OLD_TYPES = Map.of(
            "INT", ParameterType.NUMBER_INTEGER, "DOUBLE", ParameterType.NUMBER_DOUBLE, "STRING", ParameterType.STRING);

    private final Reading reading;

    InterfaceReader(Reading reading) {
        this.reading = reading;
    }

    Map<String, ParameterSpec> parameters(Located definitions, String path, String owner) {
        Map<String, ParameterSpec> result = reading.map();
        Located parameters = definitions == null ? null : definitions.get("parameters");
        reading.fields(parameters, path + ".parameters", owner + ": ‘parameters’").forEach((name, node) -> {
            String at = path + ".parameters." + Reading.shorten(name);
            reading.name(name, node, at, owner + ": parameter");
            ParameterSpec parameter = parameter(node, at, owner + ": parameter ‘" + Reading.shorten(name) + "’");
            result.put(name, parameter);
            if (!name.startsWith("pipelinechannel--")) {
                defaultFits(parameter, node, at, owner + ": parameter ‘" + Reading.shorten(name) + "’");
            }
        });
        return result;
    }

    private void defaultFits(ParameterSpec parameter, Located node, String path, String what) {
        if (parameter.defaultValue() == null) {
            return;
        }
        try {
            Values.coerce(parameter.type(), parameter.defaultValue());
        } catch (ValueException e) {
            reading.problem(path, node, what + " is " + parameter.type() + ", its default is " + Values.shown(parameter.defaultValue()));
        }
    }

    private ParameterSpec parameter(Located node, String path, String what) {
        reading.fields(node, path, what);
        reading.only(node, path, what, PARAMETER);
        JsonNode defaultValue = reading.value(node.get("defaultValue"));
        List<JsonNode> literals = new ArrayList<>();
        reading.items(node.get("literals"), path + ".literals", what + ": ‘literals’").forEach(l -> literals.add(l.json()));
        return new ParameterSpec(
                type(node, path, what),
                defaultValue == null || defaultValue.isNull() ? null : defaultValue,
                reading.flag(node.get("isOptional"), path + ".isOptional", what + ": ‘isOptional’"),
                literals,
                reading.text(node.get("description"), path + ".description", what + ": ‘description’"));
    }

    private ParameterType type(Located node, String path, String what) {
        String type = reading.text(node.get("parameterType"), path + ".parameterType", what + ": ‘parameterType’");
        String old = reading.text(node.get("type"), path + ".type", what + ": ‘type’");
        if (type == null && old == null) {
            return ParameterType.UNSPECIFIED;
        }
        if (type == null && OLD_TYPES.containsKey(old)) {
            return OLD_TYPES.get(old);
        }
        for (ParameterType known : ParameterType.values()) {
            if (known.name().equals(type) && known != ParameterType.UNSPECIFIED) {
                return known;
            }
        }
        if ("PARAMETER_TYPE_ENUM_UNSPECIFIED".equals(type)) {
            return ParameterType.UNSPECIFIED;
        }
        reading.problem(path, node, what + " has the unknown type ‘" + Reading.shorten(type == null ? old : type)
                + "’; write NUMBER_INTEGER, NUMBER_DOUBLE, STRING, BOOLEAN, LIST or STRUCT");
        return ParameterType.UNSPECIFIED;
    }

    Map<String, ArtifactSpec> artifacts(Located definitions, String path, String owner) {
        Map<String, ArtifactSpec> result = reading.map();
        Located artifacts = definitions == null ? null : definitions.get("artifacts");
        reading.fields(artifacts, path + ".artifacts", owner + ": ‘artifacts’").forEach((name, node) -> {
            String at = path + ".artifacts." + Reading.shorten(name);
            reading.name(name, node, at, owner + ": artifact");
            String what = owner + ": artifact ‘" + Reading.shorten(name) + "’";
            reading.fields(node, at, what);
            reading.only(node, at, what, ARTIFACT);
            result.put(name, artifact(node, node.get("artifactType"), at, what));
        });
        return result;
    }

    /** {@code node} may be null for an importer, which has a type only. */
    ArtifactSpec artifact(Located node, Located type, String path, String what) {
        reading.fields(type, path + ".artifactType", what + ": its type");
        return new ArtifactSpec(
                type == null ? "" : reading.text(type.get("schemaTitle"), path, what + ": ‘schemaTitle’"),
                type == null ? null : reading.text(type.get("instanceSchema"), path, what + ": ‘instanceSchema’"),
                type == null ? null : reading.text(type.get("schemaVersion"), path, what + ": ‘schemaVersion’"),
                node != null && reading.flag(node.get("isArtifactList"), path, what + ": ‘isArtifactList’"),
                node != null && reading.flag(node.get("isOptional"), path, what + ": ‘isOptional’"),
                reading.object(node == null ? null : node.get("metadata"), path, what + ": ‘metadata’"),
                node == null ? null : reading.text(node.get("description"), path, what + ": ‘description’"));
    }
}
