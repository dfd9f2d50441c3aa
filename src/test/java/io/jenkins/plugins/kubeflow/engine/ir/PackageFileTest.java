package io.jenkins.plugins.kubeflow.engine.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;

class PackageFileTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Pairs of name and content. */
    private static byte[] zip(String... entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < entries.length; i += 2) {
                zip.putNextEntry(new ZipEntry(entries[i]));
                zip.write(bytes(entries[i + 1]));
            }
        }
        return out.toByteArray();
    }

    private static byte[] tarGz(String... entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
            for (int i = 0; i < entries.length; i += 2) {
                TarArchiveEntry entry = new TarArchiveEntry(entries[i]);
                entry.setSize(bytes(entries[i + 1]).length);
                tar.putArchiveEntry(entry);
                tar.write(bytes(entries[i + 1]));
                tar.closeArchiveEntry();
            }
        }
        return out.toByteArray();
    }

    @Test
    void plain() throws Exception {
        assertThat(PackageFile.text(bytes("a: ü"))).isEqualTo("a: ü");
        assertThat(PackageFile.text(bytes("\uFEFFa: 1"))).isEqualTo("a: 1");
        assertThat(PackageFile.text(new byte[0])).isEmpty();
        assertThat(PackageFile.text(bytes("PK"))).isEqualTo("PK");
    }

    @Test
    void archives() throws Exception {
        assertThat(PackageFile.text(zip("readme.md", "x", "b.yaml", "b", "a.json", "a"))).isEqualTo("b");
        assertThat(PackageFile.text(zip("b.yaml", "b", "dir/pipeline.yaml", "p"))).isEqualTo("p");
        assertThat(PackageFile.text(tarGz("b.yml", "b"))).isEqualTo("b");
        assertThat(PackageFile.text(tarGz("x.txt", "x", "../../pipeline.yaml", "p"))).isEqualTo("p");
    }

    @Test
    void withoutAPipeline() throws Exception {
        byte[] zip = zip("readme.md", "x");
        assertThatThrownBy(() -> PackageFile.text(zip)).isInstanceOf(DocumentException.class).hasMessage("is a zip without a pipeline: put the YAML or JSON into it");
        byte[] tar = tarGz("readme.md", "x");
        assertThatThrownBy(() -> PackageFile.text(tar)).isInstanceOf(DocumentException.class).hasMessage("is a tar.gz without a pipeline: put the YAML or JSON into it");
    }

    @Test
    void bombs() throws Exception {
        byte[] pipeline = zip("pipeline.yaml", " ".repeat(PackageFile.LARGEST + 1));
        assertThat(pipeline.length).isLessThan(100_000);
        assertThatThrownBy(() -> PackageFile.text(pipeline)).isInstanceOf(DocumentException.class).hasMessage("unpacks to more than 32 MiB");
        byte[] beside = zip("data.bin", " ".repeat(8 * PackageFile.LARGEST + 1), "pipeline.yaml", "x");
        assertThatThrownBy(() -> PackageFile.text(beside)).isInstanceOf(DocumentException.class).hasMessageContaining("pack the pipeline alone");
    }

    @Test
    void damaged() throws Exception {
        byte[] tar = tarGz("pipeline.yaml", "x".repeat(10_000));
        byte[] zip = zip("pipeline.yaml", "x".repeat(10_000));
        for (byte[] whole : new byte[][] {tar, zip}) {
            for (int i = 5; i < 60; i++) {
                byte[] damaged = whole.clone();
                damaged[i] ^= 0x55;
                assertThat(SpecReader.read(damaged, "p").spec()).isNull();
                assertThat(SpecReader.read(Arrays.copyOf(whole, i), "p").problems()).hasSize(1);
            }
        }
    }

    @Test
    void neitherTextNorArchive() {
        assertThatThrownBy(() -> PackageFile.text(new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1}))
                .isInstanceOf(DocumentException.class).hasMessage("is neither YAML nor JSON nor an archive of one (it is not UTF-8 text)");
    }
}
