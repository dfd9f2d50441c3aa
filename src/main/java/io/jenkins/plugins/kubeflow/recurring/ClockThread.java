package io.jenkins.plugins.kubeflow.recurring;

import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The thread that wakes when the first recurring run is due, and once a minute in case the computer's clock was set. */
final class ClockThread {
    private static final Logger LOGGER = Logger.getLogger(ClockThread.class.getName());
    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

    private final Runnable tick;
    private ScheduledThreadPoolExecutor pool;
    private ScheduledFuture<?> next;

    ClockThread(Runnable tick) {
        this.tick = tick;
    }

    synchronized void start() {
        if (pool == null) {
            pool = new ScheduledThreadPoolExecutor(
                    1, new NamingThreadFactory(new DaemonThreadFactory(), "kubeflow-pipelines-recurring-runs"));
            pool.setRemoveOnCancelPolicy(true);
        }
    }

    synchronized void wakeAt(Optional<Instant> time, Clock clock) {
        if (pool == null) {
            return;
        }
        if (next != null) {
            next.cancel(false);
        }
        if (time.isPresent()) {
            Duration left = Duration.between(clock.instant(), time.get());
            Duration sleep = left.compareTo(LONGEST_SLEEP) > 0 ? LONGEST_SLEEP : left;
            next = pool.schedule(() -> run(clock), Math.max(0, sleep.toMillis()), TimeUnit.MILLISECONDS);
        }
    }

    private void run(Clock clock) {
        try (ACLContext context = ACL.as2(ACL.SYSTEM2)) {
            tick.run();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "recurring runs could not be started; the next try is in a minute", e);
            wakeAt(Optional.of(clock.instant().plus(LONGEST_SLEEP)), clock);
        }
    }

    synchronized void stop() {
        if (pool != null) {
            pool.shutdownNow();
            pool = null;
        }
    }
}
