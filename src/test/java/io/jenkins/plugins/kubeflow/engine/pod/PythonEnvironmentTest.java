package io.jenkins.plugins.kubeflow.engine.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a step's prelude does instead of pip, with a real Python and a package of this test. */
@Timeout(120)
class PythonEnvironmentTest {
    @TempDir
    Path directory;

    private Path prepared;
    private Path cache;
    private Path wheels;

    @BeforeEach
    void directories() throws IOException {
        prepared = Files.createDirectories(directory.resolve("prepared"));
        cache = directory.resolve("cache");
        wheels = Files.createDirectories(directory.resolve("wheels"));
        wheel("2.0");
    }

    private void wheel(String version) throws IOException {
        String info = "kfjsample-" + version + ".dist-info/";
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(wheels.resolve("kfjsample-" + version + "-py3-none-any.whl")))) {
            entry(zip, "kfjsample.py", "version = '" + version + "'\n");
            entry(zip, info + "METADATA", "Metadata-Version: 2.1\nName: kfjsample\nVersion: " + version + "\n");
            entry(zip, info + "WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
            entry(zip, info + "RECORD", "kfjsample.py,,\n" + info + "METADATA,,\n" + info + "WHEEL,,\n" + info + "RECORD,,\n");
        }
    }

    private static void entry(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private void prepare(String version) throws IOException {
        Path info = Files.createDirectories(prepared.resolve("sample/kfjsample-" + version + ".dist-info"));
        Files.writeString(info.resolve("METADATA"), "Metadata-Version: 2.1\nName: kfjsample\nVersion: " + version + "\n");
    }

    private Process start(String wanted, String cacheDirectory) throws IOException {
        String script;
        try (InputStream in = PythonStep.class.getResourceAsStream("environment.py")) {
            script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        return new ProcessBuilder("python3", "-c", script, "newer", "[\"" + wanted + "\"]",
                        "[[\"--no-index\", \"--find-links\", \"" + wheels + "\", \"" + wanted + "\"]]", prepared.toString(), cacheDirectory)
                .redirectError(directory.resolve("said-" + System.nanoTime()).toFile())
                .start();
    }

    private static String answer(Process process) throws IOException, InterruptedException {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return process.waitFor() == 0 ? out : "pip as ever";
    }

    @Test
    void theImageHasIt() throws Exception {
        assertThat(answer(start("pip>=1", ""))).isEmpty();
        assertThat(answer(start("pip<1", ""))).isEqualTo("pip as ever");
    }

    @Test
    void anEnvironmentWasPrepared() throws Exception {
        prepare("1.0");
        assertThat(answer(start("kfjsample==1.0", ""))).isEqualTo(prepared.resolve("sample").toString());
        assertThat(answer(start("kfjsample==1.1", ""))).isEqualTo("pip as ever");
    }

    @Test
    void stepsAtTheSameTimeInstallOnce() throws Exception {
        List<Process> steps = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            steps.add(start("kfjsample==2.0", cache.toString()));
        }
        List<String> answers = new ArrayList<>();
        for (Process step : steps) {
            answers.add(answer(step));
        }
        assertThat(answers.stream().distinct()).singleElement().asString().startsWith(cache.resolve("environments") + "/");
        assertThat(Path.of(answers.get(0)).resolve("kfjsample.py")).hasContent("version = '2.0'");
        assertThat(installs()).isEqualTo(1);
        assertThat(answer(start("kfjsample==2.0", cache.toString()))).isEqualTo(answers.get(0));
        assertThat(installs()).isEqualTo(1);
    }

    private long installs() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> said = files.filter(file -> file.getFileName().toString().startsWith("said-")).toList();
            long count = 0;
            for (Path file : said) {
                count += Files.readString(file).lines().filter(line -> line.startsWith("installing")).count();
            }
            return count;
        }
    }

    @Test
    void whatCannotBeInstalledLeavesNothing() throws Exception {
        assertThat(answer(start("kfjsample==3.0", cache.toString()))).isEqualTo("pip as ever");
        wheel("3.0");
        assertThat(answer(start("kfjsample==3.0", cache.toString()))).startsWith(cache.toString());
    }
}
