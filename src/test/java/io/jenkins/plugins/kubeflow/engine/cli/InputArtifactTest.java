package io.jenkins.plugins.kubeflow.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Files from outside as input artifacts of a component. */
@Isolated("catches the standard streams")
@DisabledOnOs(OS.WINDOWS)
class InputArtifactTest {
    @TempDir
    Path directory;

    private Path component;

    @BeforeEach
    void aComponent() throws Exception {
        component = Files.writeString(directory.resolve("count.yaml"), """
                name: count
                inputs: [{name: data, type: Dataset}]
                outputs: [{name: lines, type: Integer}]
                implementation:
                  container:
                    image: busybox
                    command: [sh, -c, 'mkdir -p "$(dirname "$1")"; grep -c "" "$0" > "$1"', {inputPath: data}, {outputPath: lines}]
                """);
    }

    private Terminal run(String... more) {
        Object[] words = new Object[6 + more.length];
        Object[] fixed = {"run", component, "--out", directory.resolve("out"), "--cache", directory.resolve("cache")};
        System.arraycopy(fixed, 0, words, 0, fixed.length);
        System.arraycopy(more, 0, words, fixed.length, more.length);
        return Terminal.call(words);
    }

    @Test
    void aFileIsReadWhereItLies() throws Exception {
        Path data = Files.writeString(directory.resolve("data.csv"), "a\nb\nc\n");
        assertThat(run("--artifact", "data=" + data).status()).isZero();
        String result = Files.readString(directory.resolve("out/result.json"));
        assertThat(result.replaceAll("\\s", "")).contains("\"lines\":3").contains(data.toString());
    }

    @Test
    void aRetryHasTheSameFile() throws Exception {
        Path data = directory.resolve("data");
        Files.createDirectory(data); // which grep cannot count
        assertThat(run("--artifact", "data=" + data).status()).isEqualTo(1);
        Files.delete(data);
        Files.writeString(data, "a\n");
        assertThat(Terminal.call("retry", directory.resolve("out")).status()).isZero();
    }

    @Test
    void mistakesAreNamedBeforeAnythingStarts() {
        Terminal call = run("--artifact", "data=nowhere.csv", "--artifact", "dta=" + component, "--artifact", "data");
        assertThat(call.status()).isEqualTo(2);
        assertThat(call.errors()).anyMatch(line -> line.contains("--artifact ‘data=nowhere.csv’: there is no such file"))
                .anyMatch(line -> line.contains("‘dta’ is not an input artifact of pipeline ‘count’; it has ‘data’"))
                .anyMatch(line -> line.contains("--artifact ‘data’: write name=file"));
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @Test
    void oneThatIsMissingFailsTheTaskThatNeedsIt() {
        Terminal call = run();
        assertThat(call.status()).isEqualTo(1);
        assertThat(call.out() + call.err()).contains("data");
    }
}
