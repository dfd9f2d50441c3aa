package io.jenkins.plugins.kubeflow.engine.compare;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * What artifacts hold, for a comparison: {@code size} in bytes, {@code files} of a directory, {@code digest} of content and names. One for
 * each comparison: it reads so much at most, what is larger is told by its size alone. Reads files.
 */
final class ArtifactContents {
    private static final long ALL = 256L << 20;
    private static final int MOST_FILES = 2000;

    private long left = ALL;

    /** Empty for what is no local file, not there or cannot be read. */
    ObjectNode of(Path path) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        if (path == null || !Files.exists(path)) {
            return json;
        }
        try {
            Path root = path.toRealPath();
            List<Path> files = files(root);
            long size = 0;
            for (Path file : files) {
                size += Files.size(file);
            }
            if (Files.isDirectory(path)) {
                json.put("files", files.size());
            } else if (files.isEmpty()) {
                return json;
            }
            json.put("size", size);
            if (size <= left && files.size() <= MOST_FILES) {
                left -= size;
                json.put("digest", digest(root, files));
            }
            return json;
        } catch (IOException | UncheckedIOException unreadable) {
            return json.removeAll();
        }
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).sorted().limit(MOST_FILES + 1L).toList();
        }
    }

    private static String digest(Path root, List<Path> files) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : files) {
                digest.update((root.relativize(file) + "\0").getBytes(StandardCharsets.UTF_8));
                try (InputStream in = Files.newInputStream(file)) {
                    in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
                }
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
