package io.jenkins.plugins.kubeflow.engine.pod;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Copies the log of a main container, leaving out the wrapper's own lines: they begin with the attempt's mark, and with the first of
 * each group goes the line break that the wrapper wrote before it, so that what is left is the step's output to the byte.
 */
final class StepLog {
    private static final int LONGEST_OWN_LINE = 4096;

    private final byte[] mark;
    private final OutputStream log;
    private final OutputStream outputs;
    private boolean done;
    private boolean compressed;

    /** @param outputs takes the encoded outputs that the wrapper wrote into the log */
    StepLog(String mark, OutputStream log, OutputStream outputs) {
        this.mark = mark.getBytes(StandardCharsets.US_ASCII);
        this.log = new BufferedOutputStream(log, 1 << 16);
        this.outputs = outputs;
    }

    /** Whether the wrapper's last line was there: nothing of the step's output is missing. */
    boolean isComplete() {
        return done;
    }

    /** Whether the outputs in the log are compressed. */
    boolean isCompressed() {
        return compressed;
    }

    void copy(InputStream source) throws IOException {
        InputStream in = new BufferedInputStream(source, 1 << 16);
        boolean pending = false;
        boolean ours = false;
        while (!done) {
            byte[] start = in.readNBytes(1);
            if (start.length == 0) {
                break;
            }
            if (start[0] == mark[0]) {
                ByteArrayOutputStream line = new ByteArrayOutputStream();
                line.write(start[0]);
                int c = head(in, line);
                if (startsWithMark(line.toByteArray())) {
                    own(line, in, c);
                    pending = false;
                    ours = true;
                    continue;
                }
                pending(pending);
                line.writeTo(log);
                pending = c == '\n' || c >= 0 && rest(in);
                ours = false;
                continue;
            }
            pending(pending);
            ours = false;
            if (start[0] == '\n') {
                pending = true;
            } else {
                log.write(start[0]);
                pending = rest(in);
            }
        }
        if (!ours) {
            pending(pending);
        }
        log.flush();
    }

    private void pending(boolean pending) throws IOException {
        if (pending) {
            log.write('\n');
        }
    }

    /** Reads on while the line could still be one of ours; returns the character that ended it, or another one that is in the line too. */
    private int head(InputStream in, ByteArrayOutputStream line) throws IOException {
        int c = in.read();
        while (c >= 0 && c != '\n') {
            line.write(c);
            if (line.size() >= mark.length) {
                return c;
            }
            c = in.read();
        }
        return c;
    }

    private boolean startsWithMark(byte[] line) {
        return line.length >= mark.length && java.util.Arrays.equals(line, 0, mark.length, mark, 0, mark.length);
    }

    private void own(ByteArrayOutputStream line, InputStream in, int last) throws IOException {
        int c = last == '\n' ? last : in.read();
        ByteArrayOutputStream words = new ByteArrayOutputStream();
        while (c >= 0 && c != '\n' && words.size() < LONGEST_OWN_LINE) {
            words.write(c);
            c = in.read();
        }
        String text = words.toString(StandardCharsets.US_ASCII).strip();
        if (text.equals("done")) {
            done = true;
        } else if (text.startsWith("outputs ")) {
            compressed = text.startsWith("outputs z");
        } else {
            outputs.write(text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Copies the rest of a line; true when it ended with a line break. */
    private boolean rest(InputStream in) throws IOException {
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                return true;
            }
            log.write(c);
        }
        return false;
    }
}
