package io.jenkins.plugins.kubeflow.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreDownloadTest {
    @TempDir
    Path path;

    private final MemoryStore store = new MemoryStore();

    @Test
    void filesAndFolders() throws Exception {
        store.texts.put("s3://b/x", "one");
        store.texts.put("s3://b/tree/a", "two");
        store.texts.put("s3://b/tree/b/c", "three");
        assertThat(StoreDownload.to(path.resolve("x"), "s3://b/x", store)).isTrue();
        assertThat(StoreDownload.to(path.resolve("t"), "s3://b/tree", store)).isTrue();
        assertThat(path.resolve("x")).hasContent("one");
        assertThat(path.resolve("t/b/c")).hasContent("three");
        store.texts.put("s3://b/x", "changed");
        StoreDownload.to(path.resolve("x"), "s3://b/x", store);
        assertThat(path.resolve("x")).hasContent("changed");
        assertThat(StoreDownload.to(path.resolve("n"), "s3://b/nothing", store)).isFalse();
        assertThat(path.resolve("n")).doesNotExist();
    }

    @Test
    void aHostileNameLeadsNowhere() {
        store.texts.put("s3://b/tree/../../../evil", "!");
        assertThatThrownBy(() -> StoreDownload.to(path.resolve("in/t"), "s3://b/tree", store)).hasMessageContaining("leads out of it");
        assertThat(Files.exists(path.resolve("evil"))).isFalse();
        assertThat(store.opened).isZero();
    }
}
