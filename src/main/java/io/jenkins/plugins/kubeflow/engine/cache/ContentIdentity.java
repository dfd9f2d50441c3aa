package io.jenkins.plugins.kubeflow.engine.cache;

import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.artifact.LocalFiles;
import io.jenkins.plugins.kubeflow.engine.store.ArtifactStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What an artifact is, as far as the cache is concerned: the digest of its content when it is a local file or directory, what the store
 * calls its content (an ETag, a version) where there is one to ask, else its URI.
 * A file that has not changed its size and time since it was read is not read again. Thread-safe; reads files and asks stores.
 */
public final class ContentIdentity {
    private static final int MOST_FILES = 100_000;

    private record Seen(long size, long modified, String digest) {}

    private final Map<Path, Seen> seen = new ConcurrentHashMap<>();
    private final ArtifactStore store;

    public ContentIdentity() {
        this(ArtifactStore.NONE);
    }

    /** @param store is asked for the artifacts that it holds */
    public ContentIdentity(ArtifactStore store) {
        this.store = store;
    }

    /** Never throws: what cannot be read counts as changed. */
    public String of(Artifact artifact) {
        Path path = LocalFiles.path(artifact.uri());
        if (path == null && store.holds(artifact.uri())) {
            return stored(artifact.uri());
        }
        if (path == null || !LocalFiles.mayRead(path)) {
            return "uri:" + artifact.uri();
        }
        try {
            if (Files.isDirectory(path)) {
                return directory(path);
            } else if (Files.isRegularFile(path)) {
                return file(path);
            }
            return Files.exists(path) ? "unreadable: neither a file nor a directory" : "missing";
        } catch (IOException | UncheckedIOException e) {
            return "unreadable: " + e.getMessage();
        }
    }

    private String stored(String uri) {
        try {
            ArtifactStore.Stored stored = store.find(uri);
            return stored == null ? "missing" : (stored instanceof ArtifactStore.Folder ? "stored-directory:" : "stored:") + stored.identity();
        } catch (IOException e) {
            return "unreadable: " + e.getMessage();
        }
    }

    private String file(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        long modified = attributes.lastModifiedTime().toMillis();
        Seen known = seen.get(path);
        if (known == null || known.size() != attributes.size() || known.modified() != modified) {
            try (InputStream in = Files.newInputStream(path)) {
                known = new Seen(attributes.size(), modified, "sha256:" + Digest.of(in));
            }
            seen.put(path, known);
        }
        return known.digest();
    }

    private String directory(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(directory)) {
            files = walk.filter(Files::isRegularFile).sorted().limit(MOST_FILES + 1L).toList();
        }
        if (files.size() > MOST_FILES) {
            return "too many files in " + directory;
        }
        StringBuilder list = new StringBuilder();
        for (Path file : files) {
            list.append(directory.relativize(file)).append('\0').append(file(file)).append('\n');
        }
        return "sha256-directory:" + Digest.of(list.toString());
    }
}
