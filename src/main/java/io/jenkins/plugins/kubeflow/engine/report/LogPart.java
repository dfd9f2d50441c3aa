package io.jenkins.plugins.kubeflow.engine.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A bounded part of a log: {@code end} is the byte after it, {@code more} whether there is more already. */
public record LogPart(byte[] bytes, long end, boolean more) {
    private static final int MOST = 512 * 1024;

    /** @param start where to begin, in bytes; negative counts from the end of the file. A file that is not there (yet) is empty. */
    public static LogPart read(Path file, long start) throws IOException {
        if (file == null || !Files.isRegularFile(file)) {
            return new LogPart(new byte[0], 0, false);
        }
        long size = Files.size(file);
        long from = start < 0 ? Math.max(0, size + start) : Math.min(start, size);
        byte[] part;
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(from);
            part = in.readNBytes(MOST);
        }
        long end = from + part.length;
        return new LogPart(part, end, end < size);
    }
}
