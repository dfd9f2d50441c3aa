package io.jenkins.plugins.kubeflow.engine.pod;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * What the wrapper says of a step that ended well: {@code kfp z} or {@code kfp p} and the outputs (compressed or plain), or
 * {@code kfp large} and their encoded size when they do not fit, which no number does.
 */
record TerminationMessage(Kind kind, boolean compressed, String body) {

    enum Kind {
        OUTPUTS,
        LARGE,
        /** Not written by our wrapper. */
        OTHER
    }

    static TerminationMessage of(String message) {
        int line = message.indexOf('\n');
        String[] head = (line < 0 ? message : message.substring(0, line)).split(" ");
        if (head.length < 2 || !head[0].equals("kfp")) {
            return new TerminationMessage(Kind.OTHER, false, message);
        }
        return switch (head[1]) {
            case "z", "p" -> new TerminationMessage(Kind.OUTPUTS, head[1].equals("z"), line < 0 ? "" : message.substring(line + 1));
            case "large" -> new TerminationMessage(Kind.LARGE, false, head[head.length - 1]);
            default -> new TerminationMessage(Kind.OTHER, false, message);
        };
    }

    /** Takes the files out of encoded outputs. */
    interface Target {
        /** @param directory whether the content is a tar of a folder */
        void file(String path, boolean directory, InputStream content) throws IOException;
    }

    /**
     * @param paths the paths by the index under which the wrapper sends them
     * @throws IOException when the text is cut or spoilt
     */
    static void decode(InputStream encoded, boolean compressed, List<String> paths, Target target) throws IOException {
        InputStream bytes = Base64.getMimeDecoder().wrap(encoded);
        try (InputStream in = new BufferedInputStream(compressed ? new GZIPInputStream(bytes) : bytes)) {
            for (String line = line(in); line != null; line = line(in)) {
                String[] words = line.split(" ");
                if (words.length != 3) {
                    throw new IOException("the outputs are spoilt");
                }
                try (Part part = new Part(in, Long.parseLong(words[2]))) {
                    target.file(paths.get(Integer.parseInt(words[0])), words[1].equals("d"), part);
                    part.skipRest();
                }
            }
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new IOException("the outputs are spoilt", e);
        }
    }

    static void decode(String encoded, boolean compressed, List<String> paths, Target target) throws IOException {
        if (!encoded.isBlank()) {
            decode(new ByteArrayInputStream(encoded.getBytes(java.nio.charset.StandardCharsets.US_ASCII)), compressed, paths, target);
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                if (line.length() > 0) {
                    throw new EOFException("the outputs are cut");
                }
                return null;
            }
            if (line.append((char) c).length() > 100) {
                throw new IOException("the outputs are spoilt");
            }
        }
        return line.toString();
    }

    /** The next so many bytes of a stream. */
    private static final class Part extends InputStream {
        private final InputStream in;
        private long left;

        Part(InputStream in, long left) {
            this.in = in;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            if (left == 0) {
                return -1;
            }
            int c = in.read();
            if (c < 0) {
                throw new EOFException("the outputs are cut");
            }
            left--;
            return c;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = in.read(buffer, offset, (int) Math.min(length, left));
            if (read < 0) {
                throw new EOFException("the outputs are cut");
            }
            left -= read;
            return read;
        }

        void skipRest() throws IOException {
            transferTo(OutputStream.nullOutputStream());
        }
    }
}
