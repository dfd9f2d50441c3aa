package io.jenkins.plugins.kubeflow.engine.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A store for tests of what reads stores: texts by URI; {@code away} makes it fail. */
public final class MemoryStore implements ArtifactStore {
    public final Map<String, String> texts = new TreeMap<>();
    public boolean away;
    public int opened;

    @Override
    public boolean holds(String uri) {
        return uri.startsWith("s3://");
    }

    @Override
    public Stored find(String uri) throws IOException {
        if (away) {
            throw new StoreException("‘" + uri + "’: the store does not answer");
        }
        if (texts.containsKey(uri)) {
            return new File(texts.get(uri).length(), Integer.toHexString(texts.get(uri).hashCode()));
        }
        List<Entry> entries = new ArrayList<>();
        texts.forEach((name, text) -> {
            if (name.startsWith(uri + "/")) {
                entries.add(new Entry(name.substring(uri.length() + 1), text.length(), Integer.toHexString(text.hashCode())));
            }
        });
        return entries.isEmpty() ? null : new Folder(entries, false, Integer.toHexString(entries.hashCode()));
    }

    @Override
    public InputStream open(String uri, long most) {
        opened++;
        byte[] bytes = texts.get(uri).getBytes(StandardCharsets.UTF_8);
        return new ByteArrayInputStream(bytes, 0, (int) Math.min(most, bytes.length));
    }
}
