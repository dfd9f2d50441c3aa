package io.jenkins.plugins.kubeflow.engine.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Supplier;

/**
 * Reads artifacts that are no files of this machine: an object store, a volume of the cluster. Thread-safe; every method but
 * {@link #holds} blocks on the network and throws a sentence that names the URI. Nothing is kept: what is asked for is read anew.
 */
public interface ArtifactStore {
    /** Whether URIs of this kind are this store's matter; asks nobody. */
    boolean holds(String uri);

    /** What lies at a URI; null when there is nothing. */
    Stored find(String uri) throws IOException;

    /** The bytes of a file from its beginning, {@code most} of them at most. */
    InputStream open(String uri, long most) throws IOException;

    /** An artifact where it lies. {@code identity} changes when the content does. */
    sealed interface Stored {
        String identity();
    }

    record File(long size, String identity) implements Stored {}

    /** {@code entries} are all files below, however deep; {@code truncated} when there are more than a store lists. */
    record Folder(List<Entry> entries, boolean truncated, String identity) implements Stored {}

    /** {@code name} is relative to the folder, with slashes. */
    record Entry(String name, long size, String identity) {}

    /** Knows no URI. */
    ArtifactStore NONE = new ArtifactStore() {
        @Override
        public boolean holds(String uri) {
            return false;
        }

        @Override
        public Stored find(String uri) {
            return null;
        }

        @Override
        public InputStream open(String uri, long most) throws IOException {
            throw new IOException("there is no store for ‘" + uri + "’");
        }
    };

    /** The first that knows a URI answers for it. */
    static ArtifactStore of(Supplier<? extends List<? extends ArtifactStore>> stores) {
        return new ArtifactStore() {
            private ArtifactStore store(String uri) {
                for (ArtifactStore store : stores.get()) {
                    if (store.holds(uri)) {
                        return store;
                    }
                }
                return NONE;
            }

            @Override
            public boolean holds(String uri) {
                return store(uri).holds(uri);
            }

            @Override
            public Stored find(String uri) throws IOException {
                return store(uri).find(uri);
            }

            @Override
            public InputStream open(String uri, long most) throws IOException {
                return store(uri).open(uri, most);
            }
        };
    }
}
