package io.jenkins.plugins.kubeflow.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import io.jenkins.plugins.kubeflow.engine.artifact.LocalFiles;

/** A run directory that somebody has moved: its artifacts are those that lie in it now, also for a retry. */
@Isolated("catches the standard streams")
@DisabledOnOs(OS.WINDOWS)
class MovedRunTest {
    private static final String PIPELINE = """
            pipelineInfo: {name: moved}
            schemaVersion: 2.1.0
            sdkVersion: kfp-2.17.0
            components:
              comp-make:
                executorLabel: exec-make
                outputDefinitions: {artifacts: {data: {artifactType: {schemaTitle: system.Dataset, schemaVersion: 0.0.1}}}}
              comp-use:
                executorLabel: exec-use
                inputDefinitions:
                  artifacts: {data: {artifactType: {schemaTitle: system.Dataset, schemaVersion: 0.0.1}}}
                  parameters: {wanted: {parameterType: STRING}}
            deploymentSpec:
              executors:
                exec-make:
                  container:
                    image: busybox
                    command: [sh, -c, 'echo made >> TRACE; mkdir -p "$(dirname "$0")"; printf needle > "$0"', "{{$.outputs.artifacts['data'].path}}"]
                exec-use:
                  container:
                    image: busybox
                    command: [sh, -c, 'echo "$0"; [ "$(cat "$0")" = "$1" ]', "{{$.inputs.artifacts['data'].path}}", "{{$.inputs.parameters['wanted']}}"]
            root:
              inputDefinitions: {parameters: {wanted: {parameterType: STRING}}}
              dag:
                tasks:
                  make: {componentRef: {name: comp-make}, taskInfo: {name: make}, cachingOptions: {}}
                  use:
                    componentRef: {name: comp-use}
                    dependentTasks: [make]
                    inputs:
                      artifacts: {data: {taskOutputArtifact: {outputArtifactKey: data, producerTask: make}}}
                      parameters: {wanted: {componentInputParameter: wanted}}
                    taskInfo: {name: use}
                    cachingOptions: {}
            """;

    @TempDir
    Path directory;

    @AfterEach
    void forget() {
        LocalFiles.follow(null);
    }

    @Test
    void aRetryUsesWhatLiesThereNow() throws Exception {
        Path trace = directory.resolve("trace");
        Path pipeline = Files.writeString(directory.resolve("moved.yaml"), PIPELINE.replace("TRACE", trace.toString()));
        Path before = directory.resolve("before");
        Path after = directory.resolve("after");
        assertThat(Terminal.call("run", pipeline, "-p", "wanted=thread", "--out", before).status()).isEqualTo(1);
        Files.move(before, after);
        Terminal retry = Terminal.call("retry", after, "-p", "wanted=needle");
        assertThat(retry.status()).as(retry.out() + retry.err()).isZero();
        assertThat(trace).hasContent("made");
        assertThat(before).doesNotExist();
        assertThat(Files.readString(after.resolve("logs/use.1-1.log"))).startsWith(after.toString());
        // and once more, with a retry's own records
        Path again = directory.resolve("again");
        Files.move(after, again);
        Terminal report = Terminal.call("replay", again, "--json");
        assertThat(report.status()).isZero();
        assertThat(Files.readString(again.resolve("rounds/0/run.json"))).contains(before.toString());
    }
}
