package io.jenkins.plugins.kubeflow.engine.run;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import io.jenkins.plugins.kubeflow.engine.graph.Event;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;

/**
 * The append-only list of a run's events, a line of JSON each. Write ahead: an event is in the file before anything is done because
 * of it. The data is handed to the operating system, not forced to the disk: it survives {@code kill -9}, and after a power cut the
 * run goes on from the last line that is whole. Used by the run's lane only.
 */
final class Journal implements AutoCloseable {
    private final FileChannel channel;
    private final OutputStream buffer;
    private final JsonGenerator out;
    private long size;

    private Journal(FileChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
        this.buffer = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        this.out = EventCodec.JSON.getFactory().createGenerator(new FilterOutputStream(buffer) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                buffer.write(bytes, offset, length);
            }
        });
        Json.exact(out);
        out.setRootValueSeparator(null);
        out.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
    }

    /** Opens for appending. A last line that a crash left torn is cut off first. */
    static Journal open(Path file) throws IOException {
        if (Files.exists(file)) {
            cutTornEnd(file);
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.position(channel.size());
        return new Journal(channel);
    }

    private static void cutTornEnd(Path file) throws IOException {
        try (RandomAccessFile random = new RandomAccessFile(file.toFile(), "rw")) {
            random.setLength(endOfLastLine(random));
        }
    }

    private static long endOfLastLine(RandomAccessFile file) throws IOException {
        byte[] block = new byte[8192];
        for (long end = file.length(); end > 0; ) {
            int length = (int) Math.min(block.length, end);
            file.seek(end - length);
            file.readFully(block, 0, length);
            for (int i = length - 1; i >= 0; i--) {
                if (block[i] == '\n') {
                    return end - length + i + 1;
                }
            }
            end -= length;
        }
        return 0;
    }

    /**
     * Appends events and hands them to the operating system. When that fails (disk full), the file is cut back to where it was, so
     * that nothing half-written stays, and the exception says what happened.
     */
    void append(List<Event> events) throws IOException {
        try {
            for (Event event : events) {
                EventCodec.write(out, event);
                out.writeRaw('\n');
            }
            out.flush();
            buffer.flush();
            size = channel.position();
        } catch (IOException e) {
            cutBack(e);
            throw e;
        }
    }

    private void cutBack(IOException cause) {
        try {
            channel.truncate(size);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Reads all events of a journal, also of one that is being written: stops before a line that is not whole. */
    static void read(Path file, Consumer<Event> consumer) throws IOException {
        read(file, 0, consumer);
    }

    /**
     * Reads from where an earlier call has stopped.
     *
     * @return where the next call goes on
     */
    static long read(Path file, long from, Consumer<Event> consumer) throws IOException {
        long end;
        try (RandomAccessFile random = new RandomAccessFile(file.toFile(), "r")) {
            end = endOfLastLine(random);
        }
        if (end <= from) {
            return from;
        }
        long count = 0;
        InputStream raw = Files.newInputStream(file);
        raw.skipNBytes(from);
        try (InputStream in = new Limited(new BufferedInputStream(raw, 1 << 16), end - from);
                JsonParser parser = EventCodec.JSON.getFactory().createParser(in);
                MappingIterator<JsonNode> lines = EventCodec.JSON.readValues(parser, JsonNode.class)) {
            while (lines.hasNextValue()) {
                consumer.accept(EventCodec.read(lines.nextValue()));
                count++;
            }
        } catch (IOException | RuntimeException e) {
            String why = e instanceof JsonProcessingException || e instanceof RuntimeException ? "" : " (" + e.getMessage() + ")";
            String where = from == 0 ? "line " + (count + 1) : "line " + (count + 1) + " after byte " + from;
            throw new IOException("‘" + file + "’ is damaged in " + where + why + ": keep a copy, cut the file off before that line, and resume"
                    + " the run; what the lines from there on told runs again", e);
        }
        return end;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static final class Limited extends java.io.FilterInputStream {
        private long left;

        Limited(InputStream in, long limit) {
            super(in);
            left = limit;
        }

        @Override
        public int read() throws IOException {
            int b = left > 0 ? super.read() : -1;
            left--;
            return b;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            int n = super.read(bytes, offset, (int) Math.min(length, left));
            left -= Math.max(n, 0);
            return n;
        }
    }
}
