package io.jenkins.plugins.kubeflow.registry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Files and directories that are there whole or not at all, whatever happens while they are written. */
final class DurableFiles {
    /** Names of what is on its way in or out begin with it. */
    static final String PASSING = ".passing-";

    private static final Logger LOGGER = Logger.getLogger(DurableFiles.class.getName());

    private DurableFiles() {}

    /** A new file in a directory that nobody sees yet. */
    static void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    static void replace(Path file, byte[] content) throws IOException {
        Path fresh = file.resolveSibling(PASSING + UUID.randomUUID());
        try {
            write(fresh, content);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** An empty directory beside where it will go with {@link #reveal}. */
    static Path begin(Path parent) throws IOException {
        return Files.createDirectories(parent.resolve(PASSING + UUID.randomUUID()));
    }

    static void reveal(Path begun, Path target) throws IOException {
        Files.move(begun, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Gone for readers at once; what remains of it after a crash goes with {@link #sweep}. */
    static void remove(Path directory) throws IOException {
        Path passing = directory.resolveSibling(PASSING + UUID.randomUUID());
        Files.move(directory, passing, StandardCopyOption.ATOMIC_MOVE);
        try {
            delete(passing);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot delete " + passing + " now; the next start of Jenkins tries again");
        }
    }

    static void sweep(Path parent) throws IOException {
        for (Path child : children(parent)) {
            if (child.getFileName().toString().startsWith(PASSING)) {
                delete(child);
            }
        }
    }

    static List<Path> children(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> list = Files.list(directory)) {
            return list.sorted().toList();
        }
    }

    static void delete(Path tree) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(tree)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
