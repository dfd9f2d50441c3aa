package io.jenkins.plugins.kubeflow.engine.ir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a compiled pipeline: IR 2.1.0 as YAML or JSON, with or without a platform document, plain or packed, or a bare v1 component.
 * Reports every problem it finds with place and remedy, and never throws for what is in the document. Thread-safe.
 */
public final class SpecReader {
    private static final Set<String> PIPELINE = Set.of(
            "pipelineInfo", "deploymentSpec", "schemaVersion", "sdkVersion", "components", "root", "defaultPipelineRoot");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9_.]*[a-z0-9])?");
    private static final String SCHEMA = "2.1.0";

    private SpecReader() {}

    /** @throws IOException only when the file itself cannot be read */
    public static ReadResult read(Path file) throws IOException {
        return read(Files.readAllBytes(file), file.getFileName().toString());
    }

    /** The YAML or JSON itself, out of whatever it is packed in. @throws IOException with a sentence when there is none */
    public static String text(byte[] bytes) throws IOException {
        try {
            return PackageFile.text(bytes);
        } catch (DocumentException e) {
            throw new IOException("the pipeline " + e.getMessage(), e);
        }
    }

    public static ReadResult read(byte[] bytes, String fileName) {
        Reading reading = new Reading(fileName);
        PipelineSpec spec = null;
        try {
            spec = documents(YamlTree.documents(PackageFile.text(bytes)), reading);
        } catch (DocumentException e) {
            reading.problem("", e.line, e.getMessage());
        } catch (StackOverflowError e) {
            reading.problem("", 0, "is nested too deeply");
        }
        return new ReadResult(reading.problems().isEmpty() ? spec : null, List.copyOf(reading.problems()), List.copyOf(reading.warnings()));
    }

    private static PipelineSpec documents(List<Located> documents, Reading reading) throws DocumentException {
        Located pipeline = null;
        Located platform = null;
        for (Located document : documents) {
            if (document.get("pipeline_spec") != null) {
                pipeline = document.get("pipeline_spec");
                platform = document.get("platform_spec");
            } else if (document.get("pipelineInfo") != null || document.get("root") != null || document.get("implementation") != null) {
                if (pipeline != null) {
                    throw new DocumentException(document.line, "holds two pipelines; put them into files of their own");
                }
                pipeline = document;
            } else if (document.get("platforms") != null) {
                if (platform != null) {
                    throw new DocumentException(document.line, "holds two platform specs; put their ‘platforms’ into one");
                }
                platform = document;
            } else if (!document.isNull() && documents.size() > 1) {
                throw new DocumentException(
                        document.line, "holds a document that is neither a pipeline nor, with ‘platforms’, its platform spec; remove it");
            }
        }
        if (pipeline == null) {
            throw new DocumentException(documents.isEmpty() ? 0 : documents.get(0).line, documents.isEmpty()
                    ? "is empty"
                    : "is not a compiled pipeline: it has neither ‘pipelineInfo’ and ‘root’ nor, as a component, ‘implementation’");
        }
        if (pipeline.get("implementation") != null) {
            return V1Component.read(pipeline, reading);
        }
        return pipeline(pipeline, platform, reading);
    }

    private static PipelineSpec pipeline(Located node, Located platform, Reading reading) {
        reading.only(node, "", "the pipeline", PIPELINE);
        Located info = node.get("pipelineInfo");
        reading.fields(info, "pipelineInfo", "‘pipelineInfo’");
        reading.only(info, "pipelineInfo", "pipelineInfo", Set.of("name", "displayName", "description"));
        String name = info == null ? null : reading.text(info.get("name"), "pipelineInfo.name", "the pipeline's name");
        name(name, info, reading);
        schema(node, reading);
        ComponentReader components = new ComponentReader(reading);
        Map<String, ComponentSpec> read = reading.map();
        reading.fields(node.get("components"), "components", "‘components’")
                .forEach((key, component) -> read.put(key, components.read(key, component, "components." + Reading.shorten(key))));
        if (node.get("root") == null) {
            reading.problem("root", node, "the pipeline has no ‘root’");
            return null;
        }
        ComponentSpec root = components.read("root", node.get("root"), "root");
        if (root.dag() == null) {
            reading.problem("root", node.get("root"), "the root has no ‘dag’");
        }
        PipelineSpec spec = new PipelineSpec(
                name,
                orElse(info == null ? null : reading.text(info.get("displayName"), "pipelineInfo", "‘displayName’"), name),
                orElse(info == null ? null : reading.text(info.get("description"), "pipelineInfo", "‘description’"), ""),
                SCHEMA,
                orElse(reading.text(node.get("sdkVersion"), "sdkVersion", "‘sdkVersion’"), ""),
                orElse(reading.text(node.get("defaultPipelineRoot"), "defaultPipelineRoot", "‘defaultPipelineRoot’"), ""),
                root,
                read,
                new ExecutorReader(reading).read(node.get("deploymentSpec")),
                platform(platform, reading),
                node.json());
        if (root.dag() != null) {
            Map<String, Integer> lines = new HashMap<>();
            lines(node, "", lines, 0);
            new SpecChecker(reading, spec, lines).check();
        }
        return spec;
    }

    /** Lines of components and tasks by document path; other paths are not asked for by the checker. */
    private static void lines(Located node, String path, Map<String, Integer> lines, int depth) {
        if (node.fields != null && depth < 6) {
            node.fields.forEach((name, value) -> {
                String at = path.isEmpty() ? name : path + "." + Reading.shorten(name);
                lines.put(at, value.line);
                lines(value, at, lines, depth + 1);
            });
        }
    }

    private static void name(String name, Located info, Reading reading) {
        if (name == null || name.isBlank()) {
            reading.problem("pipelineInfo.name", info, "the pipeline has no name; set ‘pipelineInfo.name’");
        } else if (name.length() > 128) {
            reading.problem("pipelineInfo.name", info, "the pipeline's name has " + name.length() + " characters; at most 128 are allowed");
        } else if (!NAME.matcher(name).matches()) {
            reading.problem("pipelineInfo.name", info, "the pipeline's name ‘" + Reading.shorten(name)
                    + "’ may hold only lower-case letters, digits and ‘-’, ‘_’, ‘.’ between them");
        }
    }

    private static void schema(Located node, Reading reading) {
        String schema = reading.text(node.get("schemaVersion"), "schemaVersion", "‘schemaVersion’");
        if (!SCHEMA.equals(schema)) {
            reading.problem("schemaVersion", node.get("schemaVersion") == null ? node : node.get("schemaVersion"), schema == null
                    ? "the pipeline has no ‘schemaVersion’; it must be " + SCHEMA
                    : "schemaVersion is ‘" + Reading.shorten(schema) + "’; only " + SCHEMA + " is known: compile it with kfp 2.x");
        }
    }

    private static PlatformSpec platform(Located node, Reading reading) {
        if (node == null || node.isNull()) {
            return PlatformSpec.NONE;
        }
        reading.fields(node, "platforms", "the platform document");
        reading.only(node, "platforms", "the platform document", Set.of("platforms"));
        reading.fields(node.get("platforms"), "platforms", "‘platforms’");
        Located kubernetes = node.get("platforms") == null ? null : node.get("platforms").get("kubernetes");
        if (kubernetes == null) {
            return PlatformSpec.NONE;
        }
        Located deployment = kubernetes.get("deploymentSpec");
        Map<String, ObjectNode> executors = reading.map();
        reading.fields(deployment == null ? null : deployment.get("executors"), "platforms.kubernetes.deploymentSpec.executors", "‘executors’")
                .forEach((label, config) -> executors.put(
                        label, reading.object(config, "platforms.kubernetes.deploymentSpec.executors." + Reading.shorten(label), "platform of executor ‘" + Reading.shorten(label) + "’")));
        return new PlatformSpec(
                executors,
                reading.object(kubernetes.get("pipelineConfig"), "platforms.kubernetes.pipelineConfig", "‘pipelineConfig’"),
                node.json());
    }

    private static String orElse(String value, String otherwise) {
        return value == null || value.isEmpty() ? otherwise : value;
    }
}
