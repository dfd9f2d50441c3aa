package io.jenkins.plugins.kubeflow.engine.task;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files that a step left behind, wherever they are. */
public interface OutputFiles {

    /** Null when there is no such file. */
    InputStream open(String path) throws IOException;

    /** Files of this machine. */
    OutputFiles LOCAL = path -> Files.isRegularFile(Path.of(path)) ? Files.newInputStream(Path.of(path)) : null;
}
