package io.jenkins.plugins.kubeflow.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Runs that are retried, also when the retry is cut short, and what a damaged run directory says. */
@Isolated("catches the standard streams")
@DisabledOnOs(OS.WINDOWS)
class RoundsTest {
    private static final String PIPELINE = """
            pipelineInfo: {name: two}
            schemaVersion: 2.1.0
            sdkVersion: kfp-2.17.0
            components:
              comp-first: {executorLabel: exec-first}
              comp-second: {executorLabel: exec-second}
            deploymentSpec:
              executors:
                exec-first: {container: {image: busybox, command: [sh, -c, 'echo first >> TRACE']}}
                exec-second: {container: {image: busybox, command: [sh, -c, 'echo second >> TRACE; test -e MENDED']}}
            root:
              dag:
                tasks:
                  first: {componentRef: {name: comp-first}, taskInfo: {name: first}}
                  second: {componentRef: {name: comp-second}, taskInfo: {name: second}, dependentTasks: [first]}
            """;

    @TempDir
    Path directory;

    private Path pipeline;
    private Path run;

    @BeforeEach
    void aRunThatHasFailed() throws IOException {
        pipeline = Files.writeString(directory.resolve("two.yaml"), PIPELINE
                .replace("TRACE", directory.resolve("trace").toString())
                .replace("MENDED", directory.resolve("mended").toString()));
        run = directory.resolve("run");
        assertThat(call("run", pipeline, "--out", run).status()).isEqualTo(1);
        assertThat(traced()).containsExactly("first", "second");
    }

    private Terminal call(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(arguments));
        if (List.of("run", "retry", "resume").contains(arguments[0])) {
            all.addAll(List.of("--cache", directory.resolve("cache")));
        }
        return Terminal.call(all.toArray());
    }

    private List<String> traced() throws IOException {
        return Files.readAllLines(directory.resolve("trace"));
    }

    private void mend() throws IOException {
        Files.createFile(directory.resolve("mended"));
    }

    @Test
    void whatIsKeptSaysSoAndReplayShowsEveryRound() throws IOException {
        mend();
        Terminal retry = call("retry", run);
        assertThat(retry.status()).isZero();
        assertThat(retry.out()).contains("first: SUCCEEDED before the retry, kept").containsPattern("second: SUCCEEDED after");
        assertThat(traced()).containsExactly("first", "second", "second");
        Terminal replay = call("replay", run);
        assertThat(replay.out()).contains("second: FAILED", "retry 1", "second: SUCCEEDED");
        assertThat(call("replay", run, "--json").out()).contains("\"round\" : 0", "\"round\" : 1");
    }

    /** As a kill leaves it: the journal has been moved to its round, the record not yet replaced. */
    @Test
    void aRetryThatWasCutShortIsTakenBack() throws IOException {
        Path round = Files.createDirectories(run.resolve("rounds/0"));
        for (String file : List.of("run.json", "pipeline.yaml")) {
            Files.copy(run.resolve(file), round.resolve(file));
        }
        for (String file : List.of("result.json", "journal.jsonl")) {
            Files.move(run.resolve(file), round.resolve(file));
        }
        Files.writeString(run.resolve("pipeline.yaml"), "half of ano");
        mend();
        Terminal retry = call("retry", run);
        assertThat(retry.status()).as(retry.err()).isZero();
        assertThat(traced()).containsExactly("first", "second", "second");
    }

    /** The new round has its record, and nothing more: going on keeps what the round before had finished. */
    @Test
    void aRoundThatHadJustBegunGoesOn() throws IOException {
        mend();
        assertThat(call("retry", run).status()).isZero();
        Files.delete(run.resolve("journal.jsonl"));
        Files.delete(run.resolve("result.json"));
        Terminal resume = call("resume", run);
        assertThat(resume.status()).as(resume.err()).isZero();
        assertThat(traced()).as("what the retry ran once runs once more, what it kept does not")
                .containsExactly("first", "second", "second", "second");
    }

    @Test
    void anotherPipelineIsRefused() throws IOException {
        Path other = Files.writeString(directory.resolve("other.yaml"), PIPELINE.replace("name: two", "name: other"));
        Path before = Files.copy(run.resolve("run.json"), directory.resolve("before.json"));
        Terminal retry = call("retry", run, "--spec", other);
        assertThat(retry.status()).isEqualTo(2);
        assertThat(retry.errors()).singleElement().asString().contains("‘two’", "‘other’");
        assertThat(run.resolve("run.json")).hasSameTextualContentAs(before);
    }

    @Test
    void aDamagedJournalNamesTheLineAndTheWayOut() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(run.resolve("journal.jsonl")));
        lines.set(2, "{\"at\": garbage");
        Files.write(run.resolve("journal.jsonl"), lines);
        for (String command : List.of("retry", "resume", "replay", "report")) {
            Terminal terminal = call(command, run);
            assertThat(terminal.status()).as(command).isIn(2, 3);
            assertThat(terminal.errors()).as(command).singleElement().asString().contains("journal.jsonl", "line 3", "cut the file off");
        }
        Files.write(run.resolve("journal.jsonl"), lines.subList(0, 2));
        mend();
        assertThat(call("resume", run).status()).isZero();
    }

    @Test
    void aDamagedRecordIsNamed() throws IOException {
        Path copy = Files.copy(run.resolve("run.json"), directory.resolve("copy.json"));
        for (String damage : List.of("", "{}", "[", "{\"runId\": \"a\"}", "\u0000\u0000\u0000")) {
            Files.writeString(run.resolve("run.json"), damage);
            for (String command : List.of("retry", "resume", "replay", "report", "watch")) {
                Terminal terminal = call(command, run);
                assertThat(terminal.status()).as(command + damage).isEqualTo(2);
                assertThat(terminal.errors()).as(command + damage).singleElement().asString().contains("run.json", "damaged");
            }
        }
        Files.move(copy, run.resolve("run.json"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(call("replay", run).status()).isZero();
    }

    @Test
    void aPortThatIsTakenIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Terminal watch = call("watch", run, "--port", taken.getLocalPort());
            assertThat(watch.status()).isEqualTo(2);
            assertThat(watch.errors()).singleElement().asString().contains("port " + taken.getLocalPort(), "--port");
        }
    }
}
