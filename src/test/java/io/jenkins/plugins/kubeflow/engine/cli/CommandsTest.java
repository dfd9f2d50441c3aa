package io.jenkins.plugins.kubeflow.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.kubeflow.engine.report.Assets;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line as people and scripts meet it: exit statuses, one line per problem, and what is on disk afterwards. */
@Isolated("catches the standard streams")
@DisabledOnOs(OS.WINDOWS)
class CommandsTest {
    /** Two steps; the second fails as long as its parameter says so. Each writes its name to the trace when it runs. */
    private static final String PIPELINE = """
            pipelineInfo: {name: two-steps}
            schemaVersion: 2.1.0
            sdkVersion: kfp-2.17.0
            components:
              comp-first:
                executorLabel: exec-first
                outputDefinitions: {parameters: {word: {parameterType: STRING}}}
              comp-second:
                executorLabel: exec-second
                inputDefinitions:
                  parameters:
                    code: {parameterType: NUMBER_INTEGER}
                    word: {parameterType: STRING}
            deploymentSpec:
              executors:
                exec-first:
                  container:
                    image: busybox
                    command: [sh, -c, 'echo first >> TRACE; mkdir -p "$(dirname "$0")"; printf hello > "$0"', "{{$.outputs.parameters['word'].output_file}}"]
                exec-second:
                  container:
                    image: busybox
                    command: [sh, -c, 'echo second >> TRACE; echo "got $1"; exit $0', "{{$.inputs.parameters['code']}}", "{{$.inputs.parameters['word']}}"]
            root:
              inputDefinitions:
                parameters:
                  code: {parameterType: NUMBER_INTEGER, defaultValue: 0}
              dag:
                tasks:
                  first:
                    componentRef: {name: comp-first}
                    taskInfo: {name: first}
                    cachingOptions: {enableCache: true}
                  second:
                    componentRef: {name: comp-second}
                    dependentTasks: [first]
                    inputs:
                      parameters:
                        code: {componentInputParameter: code}
                        word: {taskOutputParameter: {outputParameterKey: word, producerTask: first}}
                    taskInfo: {name: second}
                    cachingOptions: {enableCache: true}
            """;

    @TempDir
    Path directory;

    private Path pipeline;
    private Path trace;
    private String out;
    private String err;

    @BeforeEach
    void aPipeline() throws Exception {
        trace = directory.resolve("trace");
        pipeline = Files.writeString(directory.resolve("two-steps.yaml"), PIPELINE.replace("TRACE", trace.toString()));
    }

    private int call(String... arguments) {
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        PrintStream oldOut = System.out;
        PrintStream oldErr = System.err;
        try {
            System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
            return Main.execute(arguments);
        } finally {
            System.setOut(oldOut);
            System.setErr(oldErr);
            out = outBytes.toString(StandardCharsets.UTF_8);
            err = errBytes.toString(StandardCharsets.UTF_8);
            assertThat(out + err).doesNotContain("\tat io.jenkins", "Exception in thread");
        }
    }

    private int run(String name, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "run", pipeline.toString(), "--out", directory.resolve(name).toString(), "--cache", directory.resolve("cache").toString(), "--quiet"));
        arguments.addAll(List.of(more));
        return call(arguments.toArray(String[]::new));
    }

    private JsonNode result(String name) throws Exception {
        return new ObjectMapper().readTree(directory.resolve(name).resolve("result.json").toFile());
    }

    private String states(String name) throws Exception {
        List<String> states = new ArrayList<>();
        result(name).path("tasks").forEach(task -> states.add(task.path("path").asText() + " " + task.path("state").asText()));
        return String.join(", ", states);
    }

    private List<String> traced() throws Exception {
        return Files.exists(trace) ? Files.readAllLines(trace) : List.of();
    }

    @Test
    void aRunThatSucceeds() throws Exception {
        assertThat(run("a", "--result", directory.resolve("r.json").toString())).isZero();
        assertThat(states("a")).isEqualTo("first SUCCEEDED, second SUCCEEDED");
        assertThat(new ObjectMapper().readTree(directory.resolve("r.json").toFile())).isEqualTo(result("a"));
        JsonNode second = result("a").path("tasks").get(1);
        assertThat(second.path("inputs").path("parameters").toString()).isEqualTo("{\"code\":0,\"word\":\"hello\"}");
        assertThat(Files.readString(directory.resolve("a").resolve(second.path("attempts").get(0).path("log").asText()))).contains("got hello");
        assertThat(result("a").path("directory").asText()).isEqualTo(directory.resolve("a").toString());
    }

    @Test
    void aRunThatFailsAndItsRetry() throws Exception {
        assertThat(run("a", "-p", "code=3")).isEqualTo(1);
        assertThat(states("a")).isEqualTo("first SUCCEEDED, second FAILED");
        JsonNode failed = result("a").path("tasks").get(1);
        assertThat(failed.path("reason").asText()).isEqualTo("USER");
        assertThat(failed.path("attempts").get(0).path("exitCode").asInt()).isEqualTo(3);
        assertThat(result("a").path("error").asText()).contains("second", "exit code 3");
        String cache = directory.resolve("cache").toString();
        assertThat(call("retry", directory.resolve("a").toString(), "-p", "code=0", "--cache", cache, "--quiet")).isZero();
        assertThat(states("a")).isEqualTo("first SUCCEEDED, second SUCCEEDED");
        assertThat(traced()).containsExactly("first", "second", "second");
        assertThat(result("a").path("parameters").toString()).isEqualTo("{\"code\":0}");
    }

    @Test
    void aRetryWithAnEditedPipelineRunsWhatTheEditTouches() throws Exception {
        assertThat(run("a", "-p", "code=3")).isEqualTo(1);
        Path edited = Files.writeString(directory.resolve("edited.yaml"),
                Files.readString(pipeline).replace("exit $0", "echo mended; exit 0"));
        assertThat(call("retry", directory.resolve("a").toString(), "--spec", edited.toString(), "--quiet")).isZero();
        assertThat(traced()).containsExactly("first", "second", "second");
        Files.writeString(edited, Files.readString(edited).replace("printf hello", "printf bye"));
        assertThat(call("retry", directory.resolve("a").toString(), "--spec", edited.toString(), "--quiet")).isZero();
        assertThat(traced()).containsExactly("first", "second", "second", "first", "second");
        assertThat(result("a").path("tasks").get(1).path("inputs").path("parameters").path("word").asText()).isEqualTo("bye");
    }

    @Test
    void aSecondRunComesFromTheCacheAndSaysSoBefore() throws Exception {
        String cache = directory.resolve("cache").toString();
        assertThat(call("plan", pipeline.toString(), "--cache", cache)).isZero();
        assertThat(out).contains("first").contains("run");
        assertThat(traced()).isEmpty();
        assertThat(run("a")).isZero();
        assertThat(call("plan", pipeline.toString(), "--cache", cache, "--json")).isZero();
        assertThat(new ObjectMapper().readTree(out).toString()).contains("\"first\"", "\"second\"");
        assertThat(run("b")).isZero();
        assertThat(states("b")).isEqualTo("first CACHED, second CACHED");
        assertThat(traced()).hasSize(2);
        assertThat(run("c", "--no-cache")).isZero();
        assertThat(states("c")).isEqualTo("first SUCCEEDED, second SUCCEEDED");
        assertThat(call("cache", "ls", "--cache", cache)).isZero();
        assertThat(out).contains("first", "second");
        assertThat(call("cache", "clear", "--cache", cache)).isZero();
        assertThat(run("d")).isZero();
        assertThat(states("d")).isEqualTo("first SUCCEEDED, second SUCCEEDED");
    }

    @Test
    void resumingARunThatIsOverChangesNothing() throws Exception {
        assertThat(run("a")).isZero();
        JsonNode before = result("a");
        assertThat(call("resume", directory.resolve("a").toString(), "--quiet")).isZero();
        assertThat(result("a")).isEqualTo(before);
        assertThat(traced()).hasSize(2);
    }

    @Test
    void aTornJournalIsResumedWhereItWas() throws Exception {
        assertThat(run("a")).isZero();
        Path journal = directory.resolve("a/journal.jsonl");
        List<String> lines = Files.readAllLines(journal);
        int end = lines.indexOf(lines.stream().filter(l -> l.contains("\"ended\"") && l.contains("\"first\"")).findFirst().orElseThrow());
        Files.writeString(journal, String.join("\n", lines.subList(0, end + 1)) + "\n{\"at\":\"2026-01-0");
        Files.delete(directory.resolve("a/result.json"));
        assertThat(call("resume", directory.resolve("a").toString(), "--quiet")).isZero();
        assertThat(states("a")).isEqualTo("first SUCCEEDED, second SUCCEEDED");
        assertThat(traced()).startsWith("first").filteredOn("first"::equals).hasSize(1);
    }

    @Test
    void replayTellsTheHistory() throws Exception {
        assertThat(run("a", "-p", "code=4")).isEqualTo(1);
        assertThat(call("replay", directory.resolve("a").toString())).isZero();
        assertThat(out).containsSubsequence("first", "SUCCEEDED", "second", "FAILED");
        assertThat(call("replay", directory.resolve("a").toString(), "--json")).isZero();
        assertThat(new ObjectMapper().readTree(out)).hasSizeGreaterThan(5);
    }

    @Test
    void theReportIsOneFileThatLoadsNothing() throws Exception {
        assumeThat(Assets.class.getResource("assets")).as("a build with its front end").isNotNull();
        assertThat(run("a", "-p", "code=4", "--report", directory.resolve("report.html").toString())).isEqualTo(1);
        String html = Files.readString(directory.resolve("report.html"));
        assertThat(html).contains("two-steps").doesNotContainPattern("(src|href)=[\"']?https?://");
        Files.writeString(pipeline, Files.readString(pipeline).replace("name: two-steps", "name: \"</script><script>alert(1)</script>\""));
        run("b", "--report", directory.resolve("hostile.html").toString());
        assertThat(Files.exists(directory.resolve("hostile.html")) ? Files.readString(directory.resolve("hostile.html")) : "")
                .doesNotContain("<script>alert(1)");
    }

    @Test
    void graphAndValidate() throws Exception {
        assertThat(call("validate", pipeline.toString())).isZero();
        assertThat(call("graph", pipeline.toString())).isZero();
        assertThat(out).contains("first", "second");
        assertThat(call("graph", pipeline.toString(), "--json")).isZero();
        new ObjectMapper().readTree(out);
        assertThat(traced()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "--python /no/such/python", "-p code=fast", "-p nope=1", "-p", "-p code", "--params no-such-file.json", "--parallelism many", "--no-such-option", "--runner balloon",
    })
    void aWrongOptionIsOneLineAndChangesNothing(String options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("run", pipeline.toString(), "--out", directory.resolve("a").toString(), "--quiet"));
        arguments.addAll(List.of(options.split(" ")));
        assertThat(call(arguments.toArray(String[]::new))).isEqualTo(2);
        assertThat(err.strip().lines()).as(err).hasSize(1);
        assertThat(directory.resolve("a")).doesNotExist();
        assertThat(traced()).isEmpty();
    }

    @Test
    void wrongValuesAreNamed() {
        assertThat(run("a", "-p", "code=fast", "-p", "nope=1")).isEqualTo(2);
        assertThat(err).contains("‘code’", "NUMBER_INTEGER", "\"fast\"", "‘nope’");
        assertThat(err.strip().lines()).hasSize(2);
    }

    @Test
    void aFailureSaysWhereToReadOn() throws Exception {
        assertThat(call("run", pipeline.toString(), "-p", "code=3", "--out", directory.resolve("a").toString(), "--no-cache")).isEqualTo(1);
        String line = out.lines().filter(l -> l.startsWith("log of ‘second’: ")).findFirst().orElseThrow();
        assertThat(Files.readString(Path.of(line.substring("log of ‘second’: ".length())))).contains("got hello");
    }

    @Test
    void aRequiredParameterThatIsWrongIsNamedOnce() throws Exception {
        Files.writeString(pipeline, Files.readString(pipeline).replace("code: {parameterType: NUMBER_INTEGER, defaultValue: 0}", "code: {parameterType: NUMBER_INTEGER}"));
        assertThat(run("a", "-p", "code=fast")).isEqualTo(2);
        assertThat(err.strip().lines()).as(err).hasSize(1);
        assertThat(run("a", "--params", directory.resolve("gone.json").toString())).isEqualTo(2);
        assertThat(err.strip().lines()).as(err).hasSize(1).first().asString().contains("gone.json");
        assertThat(run("a")).isEqualTo(2);
        assertThat(err).contains("parameter ‘code’ is required");
    }

    @Test
    void aStepThatCannotReachItsInputSaysSo() throws Exception {
        Files.writeString(pipeline, """
                pipelineInfo: {name: far}
                schemaVersion: 2.1.0
                sdkVersion: kfp-2.17.0
                components:
                  comp-importer: {executorLabel: exec-importer, outputDefinitions: {artifacts: {artifact: {artifactType: {schemaTitle: system.Dataset, schemaVersion: 0.0.1}}}}}
                  comp-read: {executorLabel: exec-read, inputDefinitions: {artifacts: {data: {artifactType: {schemaTitle: system.Dataset, schemaVersion: 0.0.1}}}}}
                deploymentSpec:
                  executors:
                    exec-importer: {importer: {artifactUri: {constant: 'gs://far/away'}, typeSchema: {schemaTitle: system.Dataset, schemaVersion: 0.0.1}}}
                    exec-read: {container: {image: busybox, command: [cat, "{{$.inputs.artifacts['data'].path}}"]}}
                root:
                  dag:
                    tasks:
                      importer: {componentRef: {name: comp-importer}, taskInfo: {name: importer}}
                      read:
                        componentRef: {name: comp-read}
                        dependentTasks: [importer]
                        inputs: {artifacts: {data: {taskOutputArtifact: {outputArtifactKey: artifact, producerTask: importer}}}}
                        taskInfo: {name: read}
                """);
        assertThat(run("a")).as(err).isEqualTo(1);
        assertThat(result("a").path("error").asText()).contains("exit code 1", "‘data’ is at gs://far/away", "no credentials to fetch it (GOOGLE_APPLICATION_CREDENTIALS)");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "just words",
        "pipelineInfo: {name: x}\nschemaVersion: 9.9.9\nroot: {dag: {tasks: {}}}",
        "pipelineInfo: {name: x}\nschemaVersion: 2.1.0\nroot: {dag: {tasks: {a: {componentRef: {name: comp-none}}}}}",
        "pipelineInfo: {name: x}\nschemaVersion: 2.1.0\nroot: {dag: {tasks: {../../etc: {componentRef: {name: c}}}}}\ncomponents: {c: {executorLabel: e}}",
        "a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: [*b, *b, *b, *b, *b, *b, *b, *b, *b]",
    })
    void aBadPipelineIsRefusedWithASentence(String text) throws Exception {
        Files.writeString(pipeline, text);
        long before = files();
        assertThat(run("a")).isEqualTo(2);
        assertThat(err.strip()).isNotEmpty();
        assertThat(err.strip().lines()).allMatch(line -> line.contains("two-steps.yaml"), err);
        assertThat(files()).isEqualTo(before);
        assertThat(call("validate", pipeline.toString())).isEqualTo(2);
        assertThat(call("graph", pipeline.toString())).isEqualTo(2);
        assertThat(call("plan", pipeline.toString())).isEqualTo(2);
    }

    private long files() throws Exception {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.count();
        }
    }

    /** The limit on the size of files does what a full disk does, for everybody and not only for root. */
    @Test
    void aFullDiskPausesTheRunAndRoomLetsItGoOn() throws Exception {
        Path run = directory.resolve("full");
        List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -f 80; exec \"$0\" \"$@\"",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:-UsePerfData", "-Xshare:auto",
                "-cp", System.getProperty("java.class.path"), Main.class.getName(),
                "run", "src/test/pipelines/thousand.yaml", "--out", run.toString(), "--no-cache", "--quiet"));
        Process process = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        String problems = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(problems).isEqualTo(3);
        assertThat(problems.strip().lines()).as(problems).hasSize(1);
        assertThat(problems).contains("the run is paused", "cannot be written", "resume " + run);
        assertThat(call("resume", run.toString(), "--quiet")).as(err).isZero();
        assertThat(result("full").path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(result("full").path("tasks")).hasSize(2001);
    }

    @Test
    void directoriesThatAreNotRuns() throws Exception {
        for (String command : List.of("resume", "retry", "replay", "report", "watch")) {
            assertThat(call(command, directory.toString())).as(command).isEqualTo(2);
            assertThat(err.strip().lines()).as(command + ": " + err).hasSize(1);
            assertThat(call(command, directory.resolve("gone").toString())).as(command).isEqualTo(2);
        }
        assertThat(run("a")).isZero();
        assertThat(run("a")).as("a directory that holds a run already").isEqualTo(2);
        assertThat(err).contains(directory.resolve("a").toString());
        assertThat(traced()).hasSize(2);
    }
}
