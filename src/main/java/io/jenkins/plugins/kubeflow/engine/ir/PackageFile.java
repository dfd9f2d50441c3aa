package io.jenkins.plugins.kubeflow.engine.ir;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Gets the one YAML or JSON document out of what was given: plain, or a zip or tar.gz with it inside. Told by content, not by name.
 */
final class PackageFile {
    /** Bytes of a document, packed or not; KFP's own limit. */
    static final int LARGEST = 32 * 1024 * 1024;

    private PackageFile() {}

    static String text(byte[] bytes) throws DocumentException {
        if (bytes.length > LARGEST) {
            throw new DocumentException(0, "is larger than " + (LARGEST >> 20) + " MiB");
        }
        byte[] content = bytes;
        try {
            if (startsWith(bytes, 'P', 'K')) {
                content = entry(new ZipArchiveInputStream(new ByteArrayInputStream(bytes)), "zip");
            } else if (startsWith(bytes, 0x1f, 0x8b)) {
                content = entry(
                        new TarArchiveInputStream(new GzipCompressorInputStream(new ByteArrayInputStream(bytes), true)), "tar.gz");
            }
        } catch (IOException e) {
            throw new DocumentException(0, "is a damaged archive" + (e.getMessage() == null ? ": it ends too early" : ": " + e.getMessage()));
        } catch (RuntimeException e) {
            // the library's own reaction to an archive whose parts contradict each other
            throw new DocumentException(0, "is a damaged archive");
        }
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new DocumentException(0, "is neither YAML nor JSON nor an archive of one (it is not UTF-8 text)");
        }
    }

    private static boolean startsWith(byte[] bytes, int first, int second) {
        return bytes.length > 3 && (bytes[0] & 0xff) == first && (bytes[1] & 0xff) == second;
    }

    /** The entry pipeline.yaml, or else the first YAML or JSON. */
    private static byte[] entry(ArchiveInputStream<?> archive, String kind) throws IOException, DocumentException {
        byte[] found = null;
        try (archive) {
            ArchiveEntry entry;
            while ((entry = archive.getNextEntry()) != null) {
                String name = entry.getName().toLowerCase(Locale.ROOT);
                boolean preferred = name.endsWith("pipeline.yaml");
                boolean candidate = name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
                if (!entry.isDirectory() && candidate && (found == null || preferred)) {
                    found = bounded(archive);
                    if (preferred) {
                        break;
                    }
                } else {
                    skip(archive);
                }
            }
        }
        if (found == null) {
            throw new DocumentException(0, "is a " + kind + " without a pipeline: put the YAML or JSON into it");
        }
        return found;
    }

    /** To get past an entry it must be unpacked: what else is in the archive may not be a bomb either. */
    private static void skip(InputStream in) throws IOException, DocumentException {
        byte[] block = new byte[1 << 16];
        long size = 0;
        for (int n; (n = in.read(block)) > 0; ) {
            size += n;
            if (size > 8L * LARGEST) {
                throw new DocumentException(0, "holds another file of more than " + (8L * LARGEST >> 20) + " MiB; pack the pipeline alone");
            }
        }
    }

    private static byte[] bounded(InputStream in) throws IOException, DocumentException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] block = new byte[1 << 16];
        for (int n; (n = in.read(block)) > 0; ) {
            out.write(block, 0, n);
            if (out.size() > LARGEST) {
                throw new DocumentException(0, "unpacks to more than " + (LARGEST >> 20) + " MiB");
            }
        }
        return out.toByteArray();
    }
}
