package io.jenkins.plugins.kubeflow.job;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** The bytes of all files below a directory. Links count nothing and are not followed, nor does what goes while it is counted. */
final class DiskUsage extends SimpleFileVisitor<Path> {
    private long bytes;

    private DiskUsage() {}

    static long of(Path directory) throws IOException {
        DiskUsage usage = new DiskUsage();
        Files.walkFileTree(directory, usage);
        return usage.bytes;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isRegularFile()) {
            bytes += attributes.size();
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException why) {
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException why) {
        return FileVisitResult.CONTINUE;
    }
}
