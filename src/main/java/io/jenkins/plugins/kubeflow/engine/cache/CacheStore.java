package io.jenkins.plugins.kubeflow.engine.cache;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.artifact.LocalFiles;
import io.jenkins.plugins.kubeflow.engine.run.OutputsJson;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The cache on disk: {@code <pipeline>/<key>.json}, and {@code <pipeline>/latest/<task>.json}, a copy of the newest entry of a task, to
 * explain a miss with. Files are replaced in one step, so that several runs, also of several processes, can share the directory;
 * what cannot be read is treated as absent.
 */
public final class CacheStore {
    private final Path directory;

    public CacheStore(Path directory) {
        this.directory = directory;
    }

    /** Null when there is none. */
    public CacheEntry find(String pipeline, String key) {
        return read(folder(pipeline).resolve(key + ".json"));
    }

    /** The newest entry of a task, or null. */
    public CacheEntry latest(String pipeline, String task) {
        return read(latestFile(pipeline, task));
    }

    public void put(CacheEntry entry) throws IOException {
        byte[] json = Json.MAPPER.writer().without(JsonGenerator.Feature.QUOTE_NON_NUMERIC_NUMBERS).writeValueAsBytes(json(entry));
        replace(folder(entry.pipeline()).resolve(entry.key() + ".json"), json);
        replace(latestFile(entry.pipeline(), entry.task()), json);
    }

    private static void replace(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        Path temporary = file.resolveSibling("." + UUID.randomUUID() + ".tmp");
        Files.write(temporary, content);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** All entries, newest first. */
    public List<CacheEntry> list() throws IOException {
        List<CacheEntry> entries = new ArrayList<>();
        for (Path file : files()) {
            CacheEntry entry = file.getParent().getFileName().toString().equals("latest") ? null : read(file);
            if (entry != null) {
                entries.add(entry);
            }
        }
        entries.sort(Comparator.comparing(CacheEntry::at).reversed());
        return entries;
    }

    /** Removes entries; returns how many. */
    public int clear(Predicate<CacheEntry> which) throws IOException {
        int removed = 0;
        for (Path file : files()) {
            CacheEntry entry = read(file);
            if (entry == null || which.test(entry)) {
                Files.deleteIfExists(file);
                removed += file.getParent().getFileName().toString().equals("latest") ? 0 : 1;
            }
        }
        return removed;
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(directory, 3)) {
            return walk.filter(file -> file.getFileName().toString().endsWith(".json")).toList();
        }
    }

    private Path folder(String pipeline) {
        return directory.resolve(safe(pipeline));
    }

    private Path latestFile(String pipeline, String task) {
        return folder(pipeline).resolve("latest").resolve(Digest.of(task).substring(0, 32) + ".json");
    }

    private static String safe(String pipeline) {
        return pipeline.matches("[a-z0-9][-a-z0-9_.]{0,100}") ? pipeline : "~" + Digest.of(pipeline).substring(0, 32);
    }

    private static JsonNode json(CacheEntry entry) throws IOException {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("format", 1);
        json.put("key", entry.key());
        json.put("pipeline", entry.pipeline());
        json.put("task", entry.task());
        json.put("runId", entry.runId());
        json.put("path", entry.path());
        json.put("directory", entry.directory());
        json.put("at", entry.at().toString());
        ObjectNode parts = json.putObject("parts");
        entry.parts().forEach((name, part) -> parts.putObject(name).put("digest", part.digest()).put("text", part.text()));
        json.set("outputs", OutputsJson.write(entry.outputs()));
        ObjectNode contents = json.putObject("contents");
        entry.contents().forEach(contents::put);
        return json;
    }

    private static CacheEntry read(Path file) {
        try {
            JsonNode json = Json.MAPPER.readTree(Files.readAllBytes(file));
            Map<String, String> contents = new LinkedHashMap<>();
            json.path("contents").fields().forEachRemaining(e -> contents.put(LocalFiles.current(e.getKey()), e.getValue().asText()));
            return new CacheEntry(
                    json.required("key").asText(),
                    json.required("pipeline").asText(),
                    json.required("task").asText(),
                    json.required("runId").asText(),
                    json.required("path").asText(),
                    json.required("directory").asText(),
                    Instant.parse(json.required("at").asText()),
                    Fingerprint.parts(json.required("parts")),
                    OutputsJson.read(json.path("outputs")),
                    contents);
        } catch (NoSuchFileException absent) {
            return null;
        } catch (IOException | RuntimeException unreadable) {
            return null;
        }
    }
}
