package io.jenkins.plugins.kubeflow.engine.pod;

import io.jenkins.plugins.kubeflow.engine.run.Usage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Takes the log of a main container as it comes and leaves out the wrapper's own lines: they begin with the attempt's mark, and with
 * the first of each group goes the line break that the wrapper wrote before it, so that what is left is the step's output to the byte.
 * Not thread-safe.
 */
final class StepLog implements AutoCloseable {
    private static final int LONGEST_OWN_LINE = 64;
    /** Microseconds of processors, bytes of memory. */
    private static final Pattern USED = Pattern.compile("used \\d{1,18} \\d{1,18}");

    private enum Where {
        START,
        TEXT,
        OWN
    }

    private final byte[] mark;
    private final OutputStream log;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private Where where = Where.START;
    private boolean pending;
    private boolean first = true;
    private boolean whole;
    private boolean done;
    private volatile Usage usage;

    /** @param log takes the step's output; it should be buffered and is flushed after each piece */
    StepLog(String mark, OutputStream log) {
        this.mark = mark.getBytes(StandardCharsets.US_ASCII);
        this.log = log;
    }

    /** Whether the wrapper's last line was there: nothing of the end is missing. */
    boolean isComplete() {
        return done;
    }

    /** Whether the wrapper's first line was there: nothing of the beginning is missing. */
    boolean isWhole() {
        return whole;
    }

    /** What the step used, as its container accounts for it; null where that does not. */
    Usage usage() {
        return usage;
    }

    /** Reads to the wrapper's last line or the end. */
    void copy(InputStream in) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int read = in.read(buffer); read >= 0 && !done; read = in.read(buffer)) {
            accept(buffer, read);
        }
        finish();
    }

    /** The next bytes; what comes after the wrapper's last line is dropped. */
    void accept(byte[] bytes, int length) throws IOException {
        for (int i = 0; i < length && !done; i++) {
            byte b = bytes[i];
            switch (where) {
                case START -> start(b);
                case TEXT -> text(b);
                case OWN -> own(b);
            }
        }
        log.flush();
    }

    /** There will be no more. */
    void finish() throws IOException {
        if (where == Where.START && line.size() > 0) {
            write();
        }
        lineBreak();
        log.flush();
    }

    @Override
    public void close() throws IOException {
        log.close();
    }

    private void start(byte b) throws IOException {
        if (b == mark[line.size()]) {
            line.write(b);
            if (line.size() == mark.length) {
                line.reset();
                where = Where.OWN;
            }
            return;
        }
        write();
        where = Where.TEXT;
        first = false;
        text(b);
    }

    /** What could have been one of ours is not. */
    private void write() throws IOException {
        lineBreak();
        line.writeTo(log);
        line.reset();
    }

    private void lineBreak() throws IOException {
        if (pending) {
            log.write('\n');
            pending = false;
        }
    }

    private void text(byte b) throws IOException {
        if (b == '\n') {
            pending = true;
            where = Where.START;
        } else {
            log.write(b);
        }
    }

    private void own(byte b) {
        if (b != '\n') {
            if (line.size() < LONGEST_OWN_LINE) {
                line.write(b);
            }
            return;
        }
        String words = line.toString(StandardCharsets.US_ASCII).strip();
        line.reset();
        pending = false;
        where = Where.START;
        if (words.equals("begin")) {
            whole |= first;
        } else if (words.equals("done")) {
            done = true;
        } else if (USED.matcher(words).matches()) {
            String[] parts = words.split(" ");
            usage = new Usage(Long.parseLong(parts[1]) / 1e6, Long.parseLong(parts[2]));
        }
        first = false;
    }
}
