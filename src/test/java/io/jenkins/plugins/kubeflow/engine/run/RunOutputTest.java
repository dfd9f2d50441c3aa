package io.jenkins.plugins.kubeflow.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunOutputTest {
    @Test
    void runsReadOfEachOtherWhatTheyWroteAndNothingElse(@TempDir Path home) throws Exception {
        Path run = Files.createDirectories(home.resolve("jobs/a/builds/1/kubeflow"));
        Files.writeString(run.resolve("run.json"), "{}");
        Files.writeString(run.resolve("journal.jsonl"), "");
        assertThat(RunDirectory.holdsOutput(run.resolve("artifacts/train/1/model"))).isTrue();
        assertThat(RunDirectory.holdsOutput(run.resolve("workspace/x"))).isTrue();
        assertThat(RunDirectory.holdsOutput(run.resolve("inputs/0/data.csv"))).isTrue();
        assertThat(RunDirectory.holdsOutput(run.resolve("journal.jsonl"))).isFalse();
        assertThat(RunDirectory.holdsOutput(run.resolve("logs/x.log"))).isFalse();
        assertThat(RunDirectory.holdsOutput(home.resolve("secrets/master.key"))).isFalse();
        assertThat(RunDirectory.holdsOutput(Path.of("/etc/passwd"))).isFalse();
    }
}
