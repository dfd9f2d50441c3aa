package io.jenkins.plugins.kubeflow.engine.ir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import io.jenkins.plugins.kubeflow.engine.task.Placeholders;

/** Reads deploymentSpec.executors. */
final class ExecutorReader {
    private static final Set<String> KINDS = Set.of("container", "importer", "resolver", "customJob");
    private static final Set<String> CONTAINER = Set.of("image", "command", "args", "env", "resources", "lifecycle");
    private static final Set<String> IMPORTER = Set.of(
            "artifactUri", "typeSchema", "properties", "customProperties", "metadata", "reimport", "downloadToWorkspace", "type");

    private final Reading reading;

    ExecutorReader(Reading reading) {
        this.reading = reading;
    }

    Map<String, ExecutorSpec> read(Located deployment) {
        Map<String, ExecutorSpec> result = reading.map();
        reading.fields(deployment, "deploymentSpec", "‘deploymentSpec’");
        Located executors = deployment == null ? null : deployment.get("executors");
        reading.fields(executors, "deploymentSpec.executors", "‘executors’").forEach((label, node) -> {
            String path = "deploymentSpec.executors." + Reading.shorten(label);
            ExecutorSpec executor = executor(label, node, path);
            if (executor != null) {
                result.put(label, executor);
            }
        });
        return result;
    }

    private ExecutorSpec executor(String label, Located node, String path) {
        String what = "executor ‘" + Reading.shorten(label) + "’";
        reading.fields(node, path, what);
        reading.only(node, path, what, KINDS);
        if (node.get("container") != null) {
            return container(label, node.get("container"), path + ".container", what);
        } else if (node.get("importer") != null) {
            return importer(label, node.get("importer"), path + ".importer", what);
        }
        String kind = node.get("resolver") != null ? "resolver" : node.get("customJob") != null ? "customJob" : null;
        reading.problem(path, node, kind == null
                ? what + " is of no known kind; it needs ‘container’ or ‘importer’"
                : what + " is a ‘" + kind + "’, which only Vertex AI runs; use a container or importer component");
        return null;
    }

    private ExecutorSpec.Container container(String label, Located node, String path, String what) {
        reading.only(node, path, what, CONTAINER);
        Map<String, String> env = new LinkedHashMap<>();
        for (Located variable : reading.items(node.get("env"), path + ".env", what + ": ‘env’")) {
            String name = reading.text(variable.get("name"), path + ".env", what + ": the name of an environment variable");
            String value = reading.text(variable.get("value"), path + ".env", what + ": the value of an environment variable");
            if (name == null || name.isEmpty() || name.contains("=") || name.indexOf(0) >= 0) {
                reading.problem(path + ".env", variable, what + " has an environment variable without a usable name");
                continue;
            }
            resolvable(value, variable, path + ".env", what + ": environment variable ‘" + name + "’");
            env.put(name, value == null ? "" : value);
        }
        String image = reading.text(node.get("image"), path + ".image", what + ": ‘image’");
        if (image == null || image.isBlank()) {
            reading.problem(path, node, what + " has no image");
        }
        return new ExecutorSpec.Container(
                label,
                image == null ? "" : image,
                words(node.get("command"), path + ".command", what + ": ‘command’"),
                words(node.get("args"), path + ".args", what + ": ‘args’"),
                env,
                reading.object(node.get("resources"), path + ".resources", what + ": ‘resources’"),
                reading.object(node, path, what));
    }

    private List<String> words(Located list, String path, String what) {
        List<String> words = new ArrayList<>();
        for (Located item : reading.items(list, path, what)) {
            if (item.scalar == null || item.isNull()) {
                reading.problem(path, item, what + " must hold strings only");
            } else {
                resolvable(item.scalar.asText(), item, path, what);
                words.add(item.scalar.asText());
            }
        }
        return words;
    }

    private void resolvable(String text, Located at, String path, String what) {
        String sentence = text == null ? null : Placeholders.unresolvable(text);
        if (sentence != null) {
            reading.problem(path, at, what + " " + sentence);
        }
    }

    private ExecutorSpec.Importer importer(String label, Located node, String path, String what) {
        reading.only(node, path, what, IMPORTER);
        Located uri = node.get("artifactUri");
        reading.fields(uri, path + ".artifactUri", what + ": ‘artifactUri’");
        String constant = null;
        String parameter = null;
        if (uri != null && uri.isObject()) {
            Located value = uri.get("constant") != null ? uri.get("constant") : uri.get("constantValue");
            if (value != null && value.isObject()) {
                value = value.get("stringValue");
            }
            constant = reading.text(value, path + ".artifactUri.constant", what + ": the URI");
            parameter = reading.text(uri.get("runtimeParameter"), path + ".artifactUri.runtimeParameter", what + ": ‘runtimeParameter’");
        }
        if ((constant == null || constant.isEmpty()) && parameter == null) {
            reading.problem(path, node, what + " has no artifact URI");
        }
        resolvable(constant, uri, path + ".artifactUri", what + ": the URI");
        return new ExecutorSpec.Importer(
                label,
                parameter == null ? constant : null,
                parameter,
                new InterfaceReader(reading).artifact(null, node.get("typeSchema"), path, what),
                reading.object(node.get("metadata"), path + ".metadata", what + ": ‘metadata’"),
                reading.flag(node.get("reimport"), path + ".reimport", what + ": ‘reimport’"),
                reading.flag(node.get("downloadToWorkspace"), path, what + ": ‘downloadToWorkspace’"));
    }
}
