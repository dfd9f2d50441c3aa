package io.jenkins.plugins.kubeflow.engine.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Brings an artifact from a store to this machine. Blocks. */
public final class StoreDownload {
    private StoreDownload() {}

    /**
     * A file as {@code target}, a directory as what lies below it; what is there already is replaced. Names come from the store and are
     * not trusted.
     *
     * @return false when there is nothing at the URI
     */
    public static boolean to(Path target, String uri, ArtifactStore store) throws IOException {
        ArtifactStore.Stored stored = store.find(uri);
        if (stored instanceof ArtifactStore.Folder folder) {
            if (folder.truncated()) {
                throw new StoreException("‘" + uri + "’ holds more than " + folder.entries().size() + " files; pack them", 400);
            }
            for (ArtifactStore.Entry entry : folder.entries()) {
                Path file = target.resolve(entry.name()).normalize();
                if (!file.startsWith(target)) {
                    throw new StoreException("‘" + uri + "’ holds ‘" + entry.name() + "’, which leads out of it", 400);
                }
                file(file, uri + "/" + entry.name(), store);
            }
        } else if (stored != null) {
            file(target, uri, store);
        }
        return stored != null;
    }

    private static void file(Path target, String uri, ArtifactStore store) throws IOException {
        Files.createDirectories(target.getParent());
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try (InputStream in = store.open(uri, Long.MAX_VALUE)) {
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    }
}
