package io.jenkins.plugins.kubeflow.engine.report;

import io.jenkins.plugins.kubeflow.engine.store.ArtifactStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of an artifact that may be shown, wherever it is; whoever opens it closes it. */
public record ShownFile(String name, long size, Content content) {

    private static final int HEAD = 4096;

    /** Where its bytes come from. */
    @FunctionalInterface
    public interface Content {
        InputStream open() throws IOException;
    }

    /** Its beginning, as much as its kind can be told by. */
    byte[] head() throws IOException {
        try (InputStream in = content.open()) {
            return in.readNBytes(HEAD);
        }
    }

    /** Null when it is no regular file. */
    static ShownFile of(Path file) throws IOException {
        return file == null || !Files.isRegularFile(file)
                ? null
                : new ShownFile(file.getFileName().toString(), Files.size(file), () -> Files.newInputStream(file));
    }

    /** Null when there is no file of that URI in the store. */
    static ShownFile of(String uri, ArtifactStore store) throws IOException {
        return store.find(uri) instanceof ArtifactStore.File file
                ? new ShownFile(uri.substring(uri.lastIndexOf('/') + 1), file.size(), () -> store.open(uri, Long.MAX_VALUE))
                : null;
    }
}
