package io.jenkins.plugins.kubeflow.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with what was given: status 2, a line for each problem, and nothing written. */
class BadInputTest {
    private static final Path PIPELINES = Path.of("src/test/pipelines");

    @TempDir
    Path path;

    private void refused(Path file, String... parameters) throws IOException {
        List<Path> before = everything();
        String[] call = new String[parameters.length + 7];
        System.arraycopy(new String[] {"run", file.toString(), "--out", path.resolve("run").toString(), "--quiet", "--python", "/nowhere/python3"}, 0, call, 0, 7);
        System.arraycopy(parameters, 0, call, 7, parameters.length);
        Terminal terminal = Terminal.call((Object[]) call);
        assertThat(terminal.status()).as(terminal.err()).isEqualTo(2);
        assertThat(terminal.out()).isEmpty();
        assertThat(terminal.errors()).isNotEmpty().allSatisfy(line ->
                assertThat(line).isNotBlank().doesNotContain("Exception").doesNotStartWith("\tat").hasSizeLessThan(2_000));
        assertThat(everything()).isEqualTo(before);
    }

    private List<Path> everything() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            return files.sorted().toList();
        }
    }

    /** What to replace in a sound pipeline, and by what. */
    static Stream<List<String>> damages() {
        return Stream.of(
                List.of("schemaVersion: 2.1.0", "schemaVersion: 9.0.0"),
                List.of("name: containers", "name: ../../evil"),
                List.of("name: containers", "name: a/b"),
                List.of("name: containers", "name: \"two\\nlines\""),
                List.of("name: containers", "name: " + "x".repeat(200_000)),
                List.of("      produce:\n", "      ../../evil:\n"),
                List.of("      produce:\n", "      \"a\\nb\":\n"),
                List.of("producerTask: produce", "producerTask: nobody"),
                List.of("outputParameterKey: number", "outputParameterKey: nothing"),
                List.of("name: comp-produce\n", "name: comp-nothing\n"),
                List.of("executorLabel: exec-consume", "executorLabel: exec-nothing"),
                List.of("      container:", "      spaceship:"),
                List.of("        taskInfo:\n          name: produce", "        dependentTasks: [consume]\n        taskInfo:\n          name: produce"),
                List.of("        taskInfo:\n          name: produce", "        triggerPolicy:\n          condition: \"'it's' == 1\"\n        taskInfo:\n          name: produce"),
                List.of("parameterType: NUMBER_INTEGER", "parameterType: NUMBER_IMAGINARY"),
                List.of("producerSubtask: consume", "producerSubtask: nobody"),
                List.of("componentInputParameter: suffix", "componentInputParameter: nothing"),
                List.of("maxRetryCount: 2", "maxRetryCount: many"),
                List.of("backoffDuration: 1s", "backoffDuration: soon"),
                List.of("root:", "roots:"),
                List.of("root:", "root: &a [*a, "),
                List.of("components:", "components: 1\nother:"),
                List.of("sdkVersion: kfp-", "sdkVersion: kfp-9\n---\nplatforms: {kubernetes: {}}\n---\nplatforms: {kubernetes: {}}\n---\nx: kfp-"),
                List.of("        taskInfo:\n          name: produce", "        triggerPolicy:\n          condition: inputs.parameter_values['nothing'] == 1\n        taskInfo:\n          name: produce"));
    }

    @ParameterizedTest
    @MethodSource("damages")
    void pipelines(List<String> damage) throws IOException {
        String sound = Files.readString(PIPELINES.resolve("containers.yaml"));
        assertThat(sound).contains(damage.get(0));
        refused(Files.writeString(path.resolve("pipeline.yaml"), sound.replace(damage.get(0), damage.get(1))));
    }

    @TestFactory
    Stream<DynamicTest> corpus() throws IOException {
        Path corpus = Path.of("../shared/conformance/kfp/invalid");
        assumeTrue(Files.isDirectory(corpus), "the conformance documents are not beside the project");
        try (Stream<Path> files = Files.list(corpus)) {
            List<Path> list = files.sorted().toList();
            return list.stream().map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> refused(file)));
        }
    }

    static Stream<List<String>> parameters() {
        return Stream.of(
                List.of("-p", "nothing=1"),
                List.of("-p", "text"),
                List.of("-p", "=x"),
                List.of("-p", "two\nlines=1"),
                List.of("-p", "\u001b[31mred=1"),
                List.of("--params", "/nowhere/parameters.json"),
                List.of("--params", "src/test/pipelines/containers.yaml"),
                List.of("--params", "src/test/pipelines"),
                List.of("--dance"),
                List.of("another.yaml"),
                List.of("--parallelism", "0"),
                List.of("--parallelism", "many"),
                List.of("--runner", "steam"),
                List.of("--port", "99999"),
                List.of("--port", "-1"),
                List.of("--result", "/nowhere/at/all/result.json"),
                List.of("--report", "src/test/pipelines"),
                List.of("--pipeline-root", "gs://bucket/path"),
                List.of("--pipeline-root", "file://elsewhere/path"));
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void arguments(List<String> arguments) throws IOException {
        refused(PIPELINES.resolve("containers.yaml"), arguments.toArray(String[]::new));
    }

    @Test
    void typesOfParameters() throws IOException {
        String sound = Files.readString(PIPELINES.resolve("containers.yaml"));
        for (String type : List.of("NUMBER_INTEGER", "NUMBER_DOUBLE", "BOOLEAN", "LIST", "STRUCT")) {
            String root = sound.substring(sound.indexOf("\n  inputDefinitions:")).replaceFirst("        isOptional: true\n        parameterType: STRING", "        isOptional: true\n        parameterType: " + type);
            Path file = Files.writeString(path.resolve("pipeline.yaml"), sound.substring(0, sound.indexOf("\n  inputDefinitions:")) + root);
            refused(file, "-p", "suffix=perhaps");
        }
    }

    @ParameterizedTest
    @CsvSource({"resume", "retry", "replay", "report", "watch"})
    void runsThatAreNone(String command) throws IOException {
        Files.writeString(Files.createDirectory(path.resolve("run")).resolve("run.json"), "{\"broken");
        for (Path directory : List.of(path.resolve("nowhere"), path, path.resolve("run"))) {
            List<Path> before = everything();
            Terminal terminal = Terminal.call(command, directory);
            assertThat(terminal.status()).as(terminal.err()).isEqualTo(2);
            assertThat(terminal.errors()).hasSize(1).first().asString().doesNotContain("Exception");
            assertThat(everything()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @CsvSource({"''", "dance", "cache", "cache dance", "run", "run --out", "validate", "plan a.yaml b.yaml"})
    void callsThatAreNoneGetOneLine(String call) {
        Terminal terminal = Terminal.call((Object[]) (call.isEmpty() ? new String[0] : call.split(" ")));
        assertThat(terminal.status()).isEqualTo(2);
        assertThat(terminal.out()).isEmpty();
        assertThat(terminal.errors()).singleElement().asString().endsWith(" --help tells more)");
    }

    @Test
    void aDirectoryThatHoldsARunIsLeftAlone() throws IOException {
        Files.writeString(path.resolve("run.json"), "precious");
        Terminal terminal = Terminal.call("run", PIPELINES.resolve("containers.yaml"), "--out", path);
        assertThat(terminal.status()).isEqualTo(2);
        assertThat(terminal.err()).contains("holds a run already");
        assertThat(path.resolve("run.json")).hasContent("precious");
        assertThat(everything()).hasSize(2);
    }
}
