package io.jenkins.plugins.kubeflow.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.store.MemoryStore;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import org.junit.jupiter.api.Test;

class StoredIdentityTest {
    private final MemoryStore store = new MemoryStore();
    private final ContentIdentity identity = new ContentIdentity(store);

    private String of(String uri) {
        return identity.of(new Artifact("a", "system.Model", null, null, uri, Json.MAPPER.createObjectNode(), null));
    }

    @Test
    void itIsTheStoresWordForTheContent() {
        store.texts.put("s3://b/x", "one");
        store.texts.put("s3://b/t/x", "one");
        String file = of("s3://b/x");
        String folder = of("s3://b/t");
        assertThat(file).startsWith("stored:");
        assertThat(folder).startsWith("stored-directory:");
        store.texts.put("s3://b/x", "two");
        store.texts.put("s3://b/t/y", "new");
        assertThat(of("s3://b/x")).isNotEqualTo(file);
        assertThat(of("s3://b/t")).isNotEqualTo(folder);
        store.texts.clear();
        assertThat(of("s3://b/x")).isEqualTo("missing");
    }

    @Test
    void aStoreThatIsAwayIsNoHit() {
        store.away = true;
        assertThat(of("s3://b/x")).startsWith("unreadable: ");
    }

    @Test
    void withoutAStoreAUriIsTrusted() {
        assertThat(of("gs://b/x")).isEqualTo("uri:gs://b/x");
    }
}
