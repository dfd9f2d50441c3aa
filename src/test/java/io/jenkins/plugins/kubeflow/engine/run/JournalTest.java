package io.jenkins.plugins.kubeflow.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.graph.Attempt;
import io.jenkins.plugins.kubeflow.engine.graph.Event;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import io.jenkins.plugins.kubeflow.engine.task.TaskOutputs;
import io.jenkins.plugins.kubeflow.engine.task.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678901Z");

    @TempDir
    Path path;

    private static JsonNode json(String text) throws IOException {
        return Values.normalize(Json.MAPPER.readTree(text));
    }

    private static List<Event> events() throws IOException {
        JsonNode cache = json("{\"hit\":false,\"sentence\":\"zeile\\n‘ü’ \\u2028\"}");
        TaskOutputs outputs = new TaskOutputs(
                Map.of("p", json("[NaN,Infinity,-Infinity,{\"a\":1.5,\"b\":null,\"c\":\"\\u0000\\ud83d\\ude00\"}]")),
                Map.of("m", List.of(
                        new Artifact("m", "system.Model", null, "0.0.1", "/a b", (ObjectNode) json("{\"t\":Infinity}"), "/own"),
                        new Artifact("n", "", "title: X", null, "gs://x", (ObjectNode) json("{}"), null))));
        Attempt attempt = new Attempt(2, "h", "r", true, AT, AT.plusSeconds(1), AttemptResult.Outcome.SUCCEEDED, 0, null, new Usage(1.5, 1 << 20));
        return List.of(
                new Event.RunStarted(AT),
                new Event.Launched(AT, "loop[0]/‘a’", 1, "run/0/a#1", cache),
                new Event.Launched(AT, "b", 2, "h", null),
                new Event.Started(AT, "b", 2, "pid 1"),
                new Event.AttemptEnded(AT, "b", 2, AttemptResult.succeeded(outputs)),
                new Event.AttemptEnded(AT, "c", 1, AttemptResult.failed(AttemptResult.Outcome.USER_FAILED, 3, "exit code 3\nand more")),
                new Event.AttemptEnded(AT, "c", 1, AttemptResult.failed(AttemptResult.Outcome.PLATFORM_FAILED, null, null)),
                new Event.CacheHit(AT, "d", outputs, cache),
                new Event.Reused(AT, "e", outputs, List.of(attempt), cache),
                new Event.RetryDue(AT, "c", 2),
                new Event.CancelRequested(AT, "me", true, null),
                new Event.CancelRequested(AT, null, false, "too long"));
    }

    private Path write(List<Event> events) throws IOException {
        Path file = path.resolve("journal.jsonl");
        try (Journal journal = Journal.open(file)) {
            journal.append(events);
        }
        return file;
    }

    private static List<Event> read(Path file) throws IOException {
        List<Event> events = new ArrayList<>();
        Journal.read(file, events::add);
        return events;
    }

    @Test
    void everyKindOfEventComesBack() throws Exception {
        Path file = write(events());
        assertThat(read(file)).hasToString(events().toString());
        assertThat(Files.readAllLines(file)).hasSize(events().size());
    }

    @Test
    void aTornEndIsLeftOutAtEveryByte() throws Exception {
        List<Event> events = events().subList(0, 6);
        byte[] whole = Files.readAllBytes(write(events));
        Path torn = path.resolve("torn");
        for (int length = 0; length <= whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            Files.write(torn, part);
            long lines = 0;
            for (byte b : part) {
                lines += b == '\n' ? 1 : 0;
            }
            assertThat(read(torn)).hasSize((int) lines);
            if (length % 7 == 0) {
                try (Journal journal = Journal.open(torn)) {
                    journal.append(List.of(new Event.RunStarted(AT)));
                }
                assertThat(read(torn)).hasSize((int) lines + 1);
            }
        }
    }

    @Test
    void readingGoesOnWhereItStopped() throws Exception {
        Path file = path.resolve("journal.jsonl");
        List<Event> seen = new ArrayList<>();
        long offset = 0;
        try (Journal journal = Journal.open(file)) {
            for (Event event : events()) {
                journal.append(List.of(event));
                offset = Journal.read(file, offset, seen::add);
            }
        }
        assertThat(seen).hasToString(events().toString());
        assertThat(Journal.read(file, offset, seen::add)).isEqualTo(offset);
    }

    @Test
    void aDamagedLineIsNamed() throws Exception {
        Path file = write(events().subList(0, 2));
        Files.writeString(file, Files.readString(file) + "{\"at\":\"2026-01-01T00:00:00Z\",\"event\":\"danced\"}\n");
        assertThatThrownBy(() -> read(file)).isInstanceOf(IOException.class).hasMessageContaining("damaged in line 3 (unknown event ‘danced’): ");
    }

    @Test
    void anEmptyJournalAndALargeEvent() throws Exception {
        Path file = path.resolve("journal.jsonl");
        Files.createFile(file);
        assertThat(read(file)).isEmpty();
        String text = "x".repeat(20_000_000);
        TaskOutputs outputs = new TaskOutputs(Map.of("big", com.fasterxml.jackson.databind.node.TextNode.valueOf(text)), Map.of());
        write(List.of(new Event.AttemptEnded(AT, "a", 1, AttemptResult.succeeded(outputs)), new Event.RunStarted(AT)));
        List<Event> events = read(file);
        assertThat(events).hasSize(2);
        assertThat(((Event.AttemptEnded) events.get(0)).result().outputs().parameters().get("big").textValue()).hasSize(text.length());
    }
}
