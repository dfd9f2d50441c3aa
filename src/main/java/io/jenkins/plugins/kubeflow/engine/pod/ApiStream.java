package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * What the API server sends: a connection that breaks or goes quiet is the API's trouble, to be tried again, and no fault of the files
 * that it is copied into. For one reader.
 */
final class ApiStream extends FilterInputStream {
    private static final long LOOK_SECONDS = 15;

    private final ScheduledFuture<?> watchdog;
    private volatile long waitingSince;
    private volatile boolean lost;

    /** @param quietSeconds after how long without a byte the connection counts as lost */
    ApiStream(InputStream in, ScheduledExecutorService timer, long quietSeconds) {
        super(in);
        watchdog = timer.scheduleWithFixedDelay(() -> look(quietSeconds), LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    private void look(long quietSeconds) {
        long since = waitingSince;
        if (since != 0 && System.nanoTime() - since > TimeUnit.SECONDS.toNanos(quietSeconds)) {
            lost = true;
            try {
                in.close();
            } catch (IOException e) {
                waitingSince = 0; // the reader gets the same
            }
        }
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        waitingSince = System.nanoTime();
        try {
            int read = in.read(buffer, offset, length);
            if (lost) {
                throw new IOException("nothing came any more");
            }
            return read;
        } catch (IOException | IllegalStateException e) {
            throw new KubernetesClientException("the connection broke: " + e.getMessage(), e);
        } finally {
            waitingSince = 0;
        }
    }

    @Override
    public void close() {
        watchdog.cancel(false);
        try {
            in.close();
        } catch (IOException e) {
            waitingSince = 0; // nothing of it matters any more
        }
    }
}
