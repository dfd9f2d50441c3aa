package io.jenkins.plugins.kubeflow.engine.run;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.kubeflow.engine.graph.Attempt;
import io.jenkins.plugins.kubeflow.engine.graph.Event;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An event as one line of the journal and back. The field names are a format: old journals must stay readable. */
final class EventCodec {
    static final ObjectMapper JSON = Json.MAPPER;

    private EventCodec() {}

    /** Writes the event as a JSON object, without a line end. */
    static void write(JsonGenerator out, Event event) throws IOException {
        out.writeStartObject();
        out.writeStringField("at", event.at().toString());
        if (event instanceof Event.RunStarted) {
            out.writeStringField("event", "runStarted");
        } else if (event instanceof Event.Launched e) {
            task(out, "launched", e.path(), e.attempt());
            out.writeStringField("handle", e.handle());
            tree(out, "cache", e.cache());
        } else if (event instanceof Event.Started e) {
            task(out, "started", e.path(), e.attempt());
            out.writeStringField("reference", e.reference());
        } else if (event instanceof Event.AttemptEnded e) {
            task(out, "ended", e.path(), e.attempt());
            result(out, e.result());
        } else if (event instanceof Event.CacheHit e) {
            task(out, "cacheHit", e.path(), 0);
            OutputsJson.writeField(out, e.outputs());
            tree(out, "cache", e.cache());
        } else if (event instanceof Event.Reused e) {
            task(out, "reused", e.path(), 0);
            OutputsJson.writeField(out, e.outputs());
            attempts(out, e.attempts());
            tree(out, "cache", e.cache());
        } else if (event instanceof Event.RetryDue e) {
            task(out, "retryDue", e.path(), e.attempt());
        } else if (event instanceof Event.CancelRequested e) {
            out.writeStringField("event", "cancelRequested");
            out.writeStringField("by", e.by());
            out.writeBooleanField("force", e.force());
            out.writeStringField("error", e.error());
        }
        out.writeEndObject();
    }

    private static void task(JsonGenerator out, String name, String path, int attempt) throws IOException {
        out.writeStringField("event", name);
        out.writeStringField("task", path);
        if (attempt > 0) {
            out.writeNumberField("attempt", attempt);
        }
    }

    private static void tree(JsonGenerator out, String name, JsonNode value) throws IOException {
        if (value != null) {
            out.writeFieldName(name);
            out.writeTree(value);
        }
    }

    private static void result(JsonGenerator out, AttemptResult result) throws IOException {
        out.writeStringField("outcome", result.outcome().name());
        if (result.exitCode() != null) {
            out.writeNumberField("exitCode", result.exitCode());
        }
        if (result.message() != null) {
            out.writeStringField("message", result.message());
        }
        usage(out, result.usage());
        OutputsJson.writeField(out, result.outputs());
    }

    private static void usage(JsonGenerator out, Usage usage) throws IOException {
        if (usage != null) {
            out.writeNumberField("cpu", usage.processorSeconds());
            out.writeNumberField("memory", usage.peakMemory());
        }
    }

    private static void attempts(JsonGenerator out, List<Attempt> attempts) throws IOException {
        out.writeArrayFieldStart("attempts");
        for (Attempt attempt : attempts) {
            out.writeStartObject();
            out.writeNumberField("number", attempt.number());
            out.writeStringField("handle", attempt.handle());
            out.writeStringField("reference", attempt.reference());
            out.writeStringField("started", String.valueOf(attempt.started()));
            out.writeStringField("ended", String.valueOf(attempt.ended()));
            out.writeStringField("outcome", String.valueOf(attempt.outcome()));
            if (attempt.exitCode() != null) {
                out.writeNumberField("exitCode", attempt.exitCode());
            }
            out.writeStringField("message", attempt.message());
            usage(out, attempt.usage());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    /** @throws IOException when the object is not an event of ours */
    static Event read(JsonNode line) throws IOException {
        try {
            Instant at = Instant.parse(line.path("at").asText());
            String path = line.path("task").asText();
            int attempt = line.path("attempt").asInt();
            String name = line.path("event").asText();
            return switch (name) {
                case "runStarted" -> new Event.RunStarted(at);
                case "launched" -> new Event.Launched(at, path, attempt, line.path("handle").asText(), line.get("cache"));
                case "started" -> new Event.Started(at, path, attempt, text(line, "reference"));
                case "ended" -> new Event.AttemptEnded(at, path, attempt, readResult(line));
                case "cacheHit" -> new Event.CacheHit(at, path, OutputsJson.readField(line), line.get("cache"));
                case "reused" -> new Event.Reused(at, path, OutputsJson.readField(line), readAttempts(line), line.get("cache"));
                case "retryDue" -> new Event.RetryDue(at, path, attempt);
                case "cancelRequested" -> new Event.CancelRequested(
                        at, text(line, "by"), line.path("force").asBoolean(), text(line, "error"));
                default -> throw new IOException("unknown event ‘" + name + "’");
            };
        } catch (RuntimeException e) {
            throw new IOException("not an event: " + e.getMessage(), e);
        }
    }

    private static AttemptResult readResult(JsonNode line) {
        return new AttemptResult(
                AttemptResult.Outcome.valueOf(line.path("outcome").asText()),
                line.hasNonNull("exitCode") ? line.get("exitCode").intValue() : null,
                text(line, "message"),
                OutputsJson.readField(line),
                usage(line));
    }

    private static List<Attempt> readAttempts(JsonNode line) {
        List<Attempt> attempts = new ArrayList<>();
        for (JsonNode a : line.path("attempts")) {
            attempts.add(new Attempt(
                    a.path("number").intValue(),
                    a.path("handle").asText(),
                    text(a, "reference"),
                    true,
                    instant(a, "started"),
                    instant(a, "ended"),
                    AttemptResult.Outcome.valueOf(a.path("outcome").asText()),
                    a.hasNonNull("exitCode") ? a.get("exitCode").intValue() : null,
                    text(a, "message"),
                    usage(a)));
        }
        return attempts;
    }

    private static Usage usage(JsonNode node) {
        return node.has("cpu") ? new Usage(node.path("cpu").asDouble(), node.path("memory").asLong()) : null;
    }

    private static Instant instant(JsonNode node, String field) {
        String text = text(node, field);
        return text == null || text.equals("null") ? null : Instant.parse(text);
    }

    private static String text(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.get(field).asText() : null;
    }
}
