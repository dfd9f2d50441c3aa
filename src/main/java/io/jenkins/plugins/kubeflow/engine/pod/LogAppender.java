package io.jenkins.plugins.kubeflow.engine.pod;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.io.BufferedOutputStream;

/** Goes on with a log that is there in part: as much as the file has already is skipped, so that a reader's place in it stays right. */
final class LogAppender extends FilterOutputStream {
    private long skip;

    LogAppender(Path log) throws IOException {
        super(new BufferedOutputStream(Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND), 1 << 16));
        skip = Files.size(log);
    }

    @Override
    public void write(int b) throws IOException {
        if (skip > 0) {
            skip--;
        } else {
            out.write(b);
        }
    }
}
