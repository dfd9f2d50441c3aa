package io.jenkins.plugins.kubeflow.job;

import hudson.model.StreamBuildListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/** The log of a run: written on after a restart and by each retry, where a build's own would begin anew. */
final class BuildLog {
    private BuildLog() {}

    /** Whoever opens it closes it. */
    static StreamBuildListener open(PipelineRun run) throws IOException {
        return new StreamBuildListener(
                Files.newOutputStream(run.getLogFile().toPath(), StandardOpenOption.CREATE, StandardOpenOption.APPEND), StandardCharsets.UTF_8);
    }
}
