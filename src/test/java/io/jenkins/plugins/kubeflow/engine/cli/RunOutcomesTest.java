package io.jenkins.plugins.kubeflow.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs with real processes: what they leave, how they end, and how they go on. */
class RunOutcomesTest {
    private static final Path CONTAINERS = Path.of("src/test/pipelines/containers.yaml");

    @TempDir
    Path path;

    private Path run;
    private Path cache;

    @BeforeEach
    void directories() {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "processes do not run on Windows");
        run = path.resolve("run");
        cache = path.resolve("cache");
    }

    private JsonNode result() throws IOException {
        return Json.MAPPER.readTree(run.resolve("result.json").toFile());
    }

    private Path broken() throws IOException {
        return Files.writeString(path.resolve("broken.yaml"), Files.readString(CONTAINERS)
                .replace("mkdir -p \"$(dirname \"$2\")\";", "exit 3;").replace("maxRetryCount: 2", "maxRetryCount: 0"));
    }

    @Test
    void runPlanReplayReportAndCache() throws IOException {
        Terminal terminal = Terminal.call("run", CONTAINERS, "--out", run, "--cache", cache, "--result", path.resolve("copy.json"), "-p", "text=a b");
        assertThat(terminal.status()).as(terminal.err()).isZero();
        assertThat(terminal.out()).contains("consume");
        assertThat(result().at("/outputs/parameters/Output").asText()).isEqualTo("41 <a b> hello");
        assertThat(path.resolve("copy.json")).hasSameBinaryContentAs(run.resolve("result.json"));
        assertThat(run.resolve("pipeline.yaml")).hasSameBinaryContentAs(CONTAINERS);

        assertThat(Terminal.call("plan", CONTAINERS, "--cache", cache, "-p", "text=a b").out().lines()).allMatch(line -> line.startsWith("reuse "));
        assertThat(Terminal.call("plan", CONTAINERS, "--cache", cache, "-p", "text=other").out()).startsWith("later  consume: depends on ‘produce’\nrun    produce: ");
        JsonNode plan = Json.MAPPER.readTree(Terminal.call("plan", CONTAINERS, "--no-cache", "--cache", cache, "--json").out());
        assertThat(plan.at("/tasks/1/action").asText()).isEqualTo("RUN");

        assertThat(Terminal.call("replay", run).out()).contains("produce").contains("consume");
        assertThat(Json.MAPPER.readTree(Terminal.call("replay", run, "--json").out())).isNotEmpty();
        assertThat(Json.MAPPER.readTree(Terminal.call("cache", "ls", "--cache", cache, "--json").out())).hasSize(2);
        assertThat(Terminal.call("cache", "clear", "--cache", cache, "--task", "produce").out()).isEqualTo("1 result forgotten\n");

        Terminal again = Terminal.call("resume", run, "--quiet", "--cache", cache);
        assertThat(again.status()).isZero();
        assertThat(again.out()).isEmpty();
    }

    @Test
    void aRunThatFailsIsRetriedWithARepairedPipeline() throws IOException {
        assertThat(Terminal.call("run", broken(), "--out", run, "--cache", cache, "--quiet").status()).isEqualTo(1);
        assertThat(result().path("error").asText()).isEqualTo("task ‘consume’ failed: exit code 3");
        Terminal retry = Terminal.call("retry", run, "--spec", CONTAINERS, "--cache", cache, "--quiet");
        assertThat(retry.status()).as(retry.err()).isZero();
        assertThat(result().at("/tasks/1/cache/sentence").asText()).isEqualTo("kept from before the retry: nothing that it depends on has changed");
        assertThat(run.resolve("rounds/0/result.json")).exists();
        assertThat(Terminal.call("retry", run, "-p", "suffix=x", "--cache", cache, "--quiet").status()).isZero();
        assertThat(result().at("/tasks/1/cache/sentence").asText()).isNotEqualTo("kept from before the retry: nothing that it depends on has changed");
    }

    @Test
    void validateAndGraph() throws IOException {
        assertThat(Terminal.call("validate", CONTAINERS, "src/test/pipelines/loops.yaml").status()).isZero();
        Path bad = Files.writeString(path.resolve("bad.yaml"), Files.readString(CONTAINERS).replace("producerTask: produce", "producerTask: x"));
        Terminal validate = Terminal.call("validate", CONTAINERS, bad, "--json");
        assertThat(validate.status()).isEqualTo(2);
        JsonNode files = Json.MAPPER.readTree(validate.out());
        assertThat(files.at("/0/valid").asBoolean()).isTrue();
        assertThat(files.at("/1/problems")).isNotEmpty().allSatisfy(problem -> assertThat(problem.path("line").asInt()).isPositive());
        assertThat(Terminal.call("graph", CONTAINERS).out()).contains("consume");
        assertThat(Json.MAPPER.readTree(Terminal.call("graph", CONTAINERS, "--json").out()).isObject()).isTrue();
    }

    @Test
    void aDamagedJournalIsTheSurroundingsFault() throws IOException {
        assertThat(Terminal.call("run", CONTAINERS, "--out", run, "--cache", cache, "--quiet").status()).isZero();
        Files.writeString(run.resolve("journal.jsonl"), "{\"at\":\"2026-01-01T00:00:00Z\",\"event\":\"danced\"}\n");
        Terminal resume = Terminal.call("resume", run, "--cache", cache);
        assertThat(resume.status()).isEqualTo(3);
        assertThat(resume.errors()).singleElement().asString().contains("journal.jsonl’ is damaged in line 1").contains("danced");
    }

    /** Nothing is lost and nothing is tried again and again: the run waits until somebody has put it right. */
    @Test
    void withoutPythonTheRunPauses() throws IOException {
        for (String python : List.of("/bin/true", "/bin/sh")) {
            Path paused = path.resolve("paused" + python.length());
            Terminal terminal = Terminal.call("run", CONTAINERS, "--out", paused, "--cache", cache, "--quiet", "--no-cache", "--python", python);
            assertThat(terminal.status()).isEqualTo(3);
            assertThat(terminal.errors()).singleElement().asString()
                    .contains("‘produce’", "Python 3.9 or newer", python, "--python", "resume " + paused);
            assertThat(Terminal.call("resume", paused, "--cache", cache).status()).isZero();
        }
    }

    private Process start(Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java", "-Xmx256m", "-cp", System.getProperty("java.class.path"), Main.class.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** As on a full disk: the run is paused, says so, ends with status 3, and goes on when there is room. */
    @Test
    void aRunThatCannotBeWrittenIsPaused() throws Exception {
        Path inTheWay = Files.createDirectories(run.resolve("result.json.tmp"));
        Process process = start("run", CONTAINERS, "--out", run, "--cache", cache, "--quiet");
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(3);
        assertThat(said.lines()).singleElement().asString().contains("the run is paused").contains("Make room and resume it").endsWith("resume " + run);
        Files.delete(inTheWay);
        assertThat(Terminal.call("resume", run, "--cache", cache, "--quiet").status()).isZero();
        assertThat(result().at("/tasks/0/attempts")).hasSize(1);
    }

    @Test
    void aSignalCancels() throws Exception {
        Path sleepy = Files.writeString(path.resolve("sleepy.yaml"), Files.readString(CONTAINERS).replace("printf 41", "sleep 600; printf 41"));
        Process process = start("run", sleepy, "--out", run, "--cache", cache);
        StringBuilder said = new StringBuilder();
        try (var lines = process.inputReader()) {
            boolean asked = false;
            for (String line; (line = lines.readLine()) != null; ) {
                said.append(line).append('\n');
                if (!asked && line.contains("produce: RUNNING")) {
                    asked = true;
                    process.toHandle().destroy();
                }
            }
        }
        assertThat(process.waitFor()).as(said.toString()).isEqualTo(130);
        assertThat(result().path("state").asText()).isEqualTo("CANCELED");
    }
}
