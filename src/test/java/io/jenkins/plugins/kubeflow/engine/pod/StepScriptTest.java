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
}
