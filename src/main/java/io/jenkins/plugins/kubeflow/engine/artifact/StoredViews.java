package io.jenkins.plugins.kubeflow.engine.artifact;

import io.jenkins.plugins.kubeflow.engine.store.ArtifactStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Views of what lies in a store, of which a bounded part is read, as of files of this machine. Blocks on the network. */
final class StoredViews {
    private StoredViews() {}

    /** Null when there is nothing. */
    static ArtifactView of(String uri, String type, ArtifactStore store) throws IOException {
        ArtifactStore.Stored stored = store.find(uri);
        if (stored instanceof ArtifactStore.File file) {
            String name = uri.substring(uri.lastIndexOf('/') + 1);
            int most = FileViews.limit(name, type);
            try (InputStream in = store.open(uri, most)) {
                return FileViews.of(name, file.size(), in.readNBytes(most), type);
            }
        }
        return stored instanceof ArtifactStore.Folder folder ? directory(folder) : null;
    }

    /** A store lists all files below; a page shows what is directly in the directory. */
    private static ArtifactView directory(ArtifactStore.Folder folder) {
        Map<String, ArtifactView.Entry> entries = new TreeMap<>();
        for (ArtifactStore.Entry entry : folder.entries()) {
            int slash = entry.name().indexOf('/');
            String name = slash < 0 ? entry.name() : entry.name().substring(0, slash);
            entries.putIfAbsent(name, new ArtifactView.Entry(name, slash >= 0, slash < 0 ? entry.size() : 0));
        }
        List<ArtifactView.Entry> list = new ArrayList<>(entries.values());
        boolean more = list.size() > FileViews.ENTRIES;
        return new ArtifactView.Directory(more ? List.copyOf(list.subList(0, FileViews.ENTRIES)) : list, more || folder.truncated());
    }
}
