package io.jenkins.plugins.kubeflow.engine.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;

/** Where a page's documents come from: a run of this process, or a run directory. Thread-safe; answers null for what does not exist. */
public interface RunSource {
    String title();

    JsonNode graph() throws IOException;

    JsonNode state(long since) throws IOException;

    JsonNode task(String path) throws IOException;

    JsonNode views(String path) throws IOException;

    /** How long the tasks took in earlier runs. */
    JsonNode expected() throws IOException;

    /** Who made and used a task's artifacts, in this run and in others. */
    JsonNode lineage(String path) throws IOException;

    JsonNode history() throws IOException;

    String spec() throws IOException;

    Path log(String path, int attempt) throws IOException;

    /** Views of one file of an artifact; {@code file} is relative to a directory, or empty. */
    JsonNode view(String path, String name, int index, String file) throws IOException;

    /** The file of an artifact if it may be shown; {@code file} as above. */
    ShownFile artifact(String path, String name, int index, String file) throws IOException;
}
