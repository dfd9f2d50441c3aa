package io.jenkins.plugins.kubeflow.engine.run;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.graph.Attempt;
import io.jenkins.plugins.kubeflow.engine.graph.RunGraph;
import io.jenkins.plugins.kubeflow.engine.graph.TaskNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/** The result document (its form is a contract, see docs/cli.md): {@code result.json} in the run directory, and {@code --result}. */
public final class ResultDocument {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final RunEngine engine;
    private final JsonGenerator out;

    private ResultDocument(RunEngine engine, JsonGenerator out) {
        this.engine = engine;
        this.out = out;
    }

    /** Writes {@code result.json} in one step. */
    static void write(RunEngine engine) throws IOException {
        Path temporary = engine.directory().path().resolve("result.json.tmp");
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(temporary))) {
            write(engine, file);
        }
        Files.move(
                temporary, engine.directory().result(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The document as of now; may be called while the run goes on. */
    public static void write(RunEngine engine, OutputStream target) throws IOException {
        try (JsonGenerator out = EventCodec.JSON.getFactory().createGenerator(target)) {
            out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            out.useDefaultPrettyPrinter();
            try {
                engine.read(graph -> {
                    new ResultDocument(engine, out).run(graph);
                    return null;
                });
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
    }

    private void run(RunGraph graph) {
        try {
            out.writeStartObject();
            out.writeStringField("runId", engine.record().runId());
            out.writeStringField("name", engine.record().name());
            out.writeStringField("pipeline", engine.record().pipelineName());
            out.writeStringField("directory", engine.directory().path().toString());
            out.writeStringField("state", graph.state().name());
            out.writeStringField("error", graph.error());
            time("started", graph.startedAt());
            time("ended", graph.endedAt());
            parameters("parameters", graph.parameters());
            values("outputs", graph.outputs().parameters(), graph.outputs().artifacts());
            out.writeArrayFieldStart("tasks");
            graph.walk(this::task);
            out.writeEndArray();
            out.writeObjectFieldStart("pods");
            graph.walk(this::pod);
            out.writeEndObject();
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void task(TaskNode node) {
        try {
            out.writeStartObject();
            out.writeStringField("path", node.path());
            out.writeStringField("name", node.displayName());
            out.writeStringField("kind", node.isIteration() ? "iteration" : node.kind().json());
            out.writeStringField("state", node.state().name());
            if (node.reason() != null) {
                out.writeStringField("reason", node.reason().name());
            }
            if (node.message() != null) {
                out.writeStringField("message", node.message());
            }
            if (node.iterations() >= 0) {
                out.writeNumberField("iterations", node.iterations());
            }
            time("started", node.started());
            time("ended", node.ended());
            out.writeArrayFieldStart("attempts");
            for (Attempt attempt : node.attempts()) {
                attempt(node, attempt);
            }
            out.writeEndArray();
            values("inputs", node.inputs().parameters(), node.inputs().artifacts());
            values("outputs", node.outputs().parameters(), node.outputs().artifacts());
            if (node.cache() != null) {
                out.writeFieldName("cache");
                out.writeTree(node.cache());
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void pod(TaskNode node) {
        try {
            JsonNode manifest = PodManifests.of(engine.directory(), node);
            if (manifest != null) {
                out.writeFieldName(node.path());
                out.writeTree(manifest);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void attempt(TaskNode node, Attempt attempt) throws IOException {
        out.writeStartObject();
        out.writeNumberField("number", attempt.number());
        out.writeStringField("state", attempt.state().name());
        if (attempt.exitCode() != null) {
            out.writeNumberField("exitCode", attempt.exitCode());
        }
        if (attempt.message() != null) {
            out.writeStringField("message", attempt.message());
        }
        String log = AttemptLogs.name(engine.directory(), node, attempt);
        if (log != null) {
            out.writeStringField("log", log);
        }
        time("started", attempt.started());
        time("ended", attempt.ended());
        if (attempt.usage() != null) {
            out.writeNumberField("processorSeconds", attempt.usage().processorSeconds());
            out.writeNumberField("peakMemory", attempt.usage().peakMemory());
        }
        out.writeEndObject();
    }

    private void values(String name, Map<String, JsonNode> parameters, Map<String, List<Artifact>> artifacts) throws IOException {
        out.writeObjectFieldStart(name);
        parameters("parameters", parameters);
        out.writeObjectFieldStart("artifacts");
        for (Map.Entry<String, List<Artifact>> entry : artifacts.entrySet()) {
            out.writeArrayFieldStart(entry.getKey());
            for (Artifact artifact : entry.getValue()) {
                artifact(artifact);
            }
            out.writeEndArray();
        }
        out.writeEndObject();
        out.writeEndObject();
    }

    private void parameters(String name, Map<String, JsonNode> parameters) throws IOException {
        out.writeObjectFieldStart(name);
        for (Map.Entry<String, JsonNode> entry : parameters.entrySet()) {
            out.writeFieldName(entry.getKey());
            out.writeTree(entry.getValue());
        }
        out.writeEndObject();
    }

    private void artifact(Artifact artifact) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", artifact.name());
        out.writeStringField("type", artifact.type());
        out.writeStringField("uri", artifact.uri());
        String path = localPath(artifact.uri());
        if (path != null) {
            out.writeStringField("path", path);
        }
        out.writeFieldName("metadata");
        out.writeTree(artifact.metadata());
        out.writeEndObject();
    }

    private static String localPath(String uri) {
        try {
            Path path = uri.startsWith("file://") ? Path.of(URI.create(uri)) : uri.startsWith("/") ? Path.of(uri) : null;
            return path != null && Files.exists(path) ? path.toString() : null;
        } catch (IllegalArgumentException notAFile) {
            return null;
        }
    }

    private void time(String name, Instant at) throws IOException {
        if (at != null) {
            out.writeStringField(name, TIME.format(at));
        }
    }
}
