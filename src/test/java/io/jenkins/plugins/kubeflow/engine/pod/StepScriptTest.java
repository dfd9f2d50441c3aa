package io.jenkins.plugins.kubeflow.engine.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wrapper's script in a shell of this machine. */
class StepScriptTest {
    @TempDir
    Path directory;

    /** Whichever of main and helper comes first makes them, and they may be different users. */
    @Test
    void everybodyInThePodMayWriteToItsDirectories() throws Exception {
        PodPlan plan = new PodPlan(true, false, PodPlan.Inputs.NONE, "");
        Path out = directory.resolve("run/t/x");
        String script = StepScript.wrapper(plan, "pod", List.of(out.toString()), List.of(), "", List.of());
        Process process = new ProcessBuilder("sh", "-c", "umask 077\n" + script, "sh", "sh", "-c", "umask; exit 3").redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(3);
        assertThat(said).as("the step's own mask stays").contains("0077");
        for (Path made : List.of(out, out.getParent(), directory.resolve("run"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made))).isEqualTo("rwxrwxrwx");
        }
    }

    /** The SDK takes the directory of the executor's output for that of the task's artifacts. */
    @Test
    void theExecutorsOutputSeemsToLieWhereTheArtifactsDo() throws Exception {
        PodPlan plan = new PodPlan(true, false, PodPlan.Inputs.NONE, "");
        Path artifacts = directory.resolve("artifacts");
        Path file = Files.createDirectory(directory.resolve("out")).resolve("output.json");
        String link = StepScript.link(file.toString(), artifacts.resolve("output.json").toString());
        String script = StepScript.wrapper(plan, "pod", List.of(artifacts.toString()), List.of(), link, List.of());
        Process process = new ProcessBuilder("sh", "-c", script, "sh", "sh", "-c", "echo told > \"$0\"; exit 3", artifacts + "/output.json").start();
        assertThat(process.waitFor()).isEqualTo(3);
        assertThat(file).content().isEqualTo("told\n");
        assertThat(artifacts).as("it is no artifact").isEmptyDirectory();
    }

    /** A step's environment may hold any name. */
    @Test
    void aVariableOfTheStepIsNotTheLink() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "of the step");
        String script = StepScript.wrapper(new PodPlan(true, false, PodPlan.Inputs.NONE, ""), "pod", List.of(directory.toString()), List.of(), "", List.of());
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", script, "sh", "sh", "-c", "exit 3");
        builder.environment().put("link", file.toString());
        assertThat(builder.start().waitFor()).isEqualTo(3);
        assertThat(file).exists();
    }
}
