package io.jenkins.plugins.kubeflow.recurring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The records of one job's recurring runs, by id, and their file beside the job's configuration. Written in one step and forced to
 * disk before anything that it tells of happens. Not thread-safe.
 */
final class RecurringRecords {
    private final Map<String, RecurringRecord> byId = new LinkedHashMap<>();

    static Path file(Path jobDirectory) {
        return jobDirectory.resolve("recurring-runs.json");
    }

    Map<String, RecurringRecord> byId() {
        return byId;
    }

    @CheckForNull
    String idOf(String name) {
        return byId.entrySet().stream()
                .filter(entry -> entry.getValue().name().equals(name))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    RecurringRecords copy() {
        RecurringRecords copy = new RecurringRecords();
        copy.byId.putAll(byId);
        return copy;
    }

    /** Empty when there is no file. */
    static RecurringRecords read(Path file) throws IOException {
        RecurringRecords records = new RecurringRecords();
        if (Files.exists(file)) {
            try {
                JsonNode runs = Json.MAPPER.readTree(file.toFile()).path("recurringRuns");
                runs.fields().forEachRemaining(entry -> records.byId.put(entry.getKey(), record(entry.getValue())));
            } catch (RuntimeException e) {
                throw new IOException("‘" + file + "’ cannot be read: " + e.getMessage(), e);
            }
        }
        return records;
    }

    private static RecurringRecord record(JsonNode json) {
        List<RecurringRecord.Pending> pending = new ArrayList<>();
        for (JsonNode run : json.path("pending")) {
            pending.add(new RecurringRecord.Pending(
                    run.required("runId").asText(),
                    Instant.parse(run.required("slot").asText()),
                    run.required("index").asLong(),
                    run.required("build").asInt()));
        }
        return new RecurringRecord(
                json.required("name").asText(),
                Instant.parse(json.required("created").asText()),
                json.path("enabled").asBoolean(),
                instant(json.path("enabledSince")),
                json.path("rhythm").asText(),
                instant(json.path("last")),
                json.path("index").asLong(),
                List.copyOf(pending));
    }

    @CheckForNull
    private static Instant instant(JsonNode json) {
        return json.isTextual() ? Instant.parse(json.textValue()) : null;
    }

    void write(Path file) throws IOException {
        ObjectNode document = Json.MAPPER.createObjectNode();
        document.put("format", 1);
        ObjectNode runs = document.putObject("recurringRuns");
        byId.forEach((id, record) -> runs.set(id, json(record)));
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        Files.write(temporary, Json.MAPPER.writeValueAsBytes(document));
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static ObjectNode json(RecurringRecord record) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("name", record.name());
        json.put("created", record.created().toString());
        json.put("enabled", record.enabled());
        json.put("enabledSince", text(record.enabledSince()));
        json.put("rhythm", record.rhythm());
        json.put("last", text(record.last()));
        json.put("index", record.index());
        ArrayNode pending = json.putArray("pending");
        for (RecurringRecord.Pending run : record.pending()) {
            pending.addObject()
                    .put("runId", run.runId())
                    .put("slot", run.slot().toString())
                    .put("index", run.index())
                    .put("build", run.build());
        }
        return json;
    }

    @CheckForNull
    private static String text(@CheckForNull Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
