package io.jenkins.plugins.kubeflow.engine.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;

/** Only one engine may carry a run on at a time. The lock goes with the process, so a killed engine leaves none behind. */
public final class RunLock implements AutoCloseable {
    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws IOException when somebody else holds the run */
    public static RunLock take(RunDirectory directory) throws IOException {
        FileChannel channel = FileChannel.open(directory.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new RunLock(channel);
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw busy(directory);
        }
        channel.close();
        throw busy(directory);
    }

    private static IOException busy(RunDirectory directory) {
        return new IOException("the run in ‘" + directory.path() + "’ is being carried on by another process");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
