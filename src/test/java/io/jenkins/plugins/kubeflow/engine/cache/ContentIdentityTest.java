package io.jenkins.plugins.kubeflow.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ContentIdentityTest {
    @TempDir
    Path directory;

    private final ContentIdentity identity = new ContentIdentity();

    private String of(String uri) {
        return identity.of(new Artifact("a", "system.Artifact", null, null, uri, JsonNodeFactory.instance.objectNode(), null));
    }

    @Test
    void equalContentIsTheSameWhereverItLies() throws Exception {
        Path one = Files.writeString(directory.resolve("one"), "text");
        Path two = Files.writeString(directory.resolve("two"), "text");
        assertThat(of(one.toString())).isEqualTo(of(two.toUri().toString())).startsWith("sha256:");
        Files.writeString(two, "other");
        Files.setLastModifiedTime(two, FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(of(two.toString())).isNotEqualTo(of(one.toString()));
    }

    @Test
    void aDirectoryIsItsFilesAndTheirNames() throws Exception {
        Files.writeString(Files.createDirectories(directory.resolve("a/sub")).resolve("f"), "text");
        Files.writeString(Files.createDirectories(directory.resolve("b/sub")).resolve("f"), "text");
        assertThat(of(directory.resolve("a").toString())).isEqualTo(of(directory.resolve("b").toString()));
        Files.move(directory.resolve("b/sub/f"), directory.resolve("b/sub/g"));
        assertThat(of(directory.resolve("a").toString())).isNotEqualTo(of(directory.resolve("b").toString()));
    }

    @Test
    void elsewhereTheAddressIsAllThereIs() {
        assertThat(of("s3://bucket/x")).isEqualTo("uri:s3://bucket/x");
        assertThat(of(directory.resolve("gone").toString())).isEqualTo("missing");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void whatHasNoEndIsNotRead() {
        assertThat(of("file:///dev/zero")).isEqualTo("unreadable: neither a file nor a directory");
    }
}
