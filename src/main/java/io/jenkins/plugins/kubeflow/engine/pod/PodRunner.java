package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult;
import io.jenkins.plugins.kubeflow.engine.run.TaskLaunch;
import io.jenkins.plugins.kubeflow.engine.run.TaskRunner;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs each attempt as one pod of a cluster. All pods share one watch and a bounded pool of I/O threads; a step that just runs holds
 * neither. Restarts lose nothing: names follow from the attempt's handle, so {@link #adopt} finds pods again, and
 * what has ended meanwhile is collected then.
 *
 * <p>The client should be one of its own, since watch and transfers hold connections.
 */
public final class PodRunner implements TaskRunner {
    /** For deletions that are under way; pods that stay go with their run's anchor. */
    private static final int CLOSING_SECONDS = 5;

    /** Each is a connection that stays open, of which the client has a limited number. */
    private static final int LONG_LOGS = 32;

    private final PodServices services;
    private final Map<String, PodAttempt> attempts = new ConcurrentHashMap<>();
    private final Map<String, ClaimAttempt> claims = new ConcurrentHashMap<>();
    private final Runnable afterClose;
    private volatile boolean closed;

    /** The client stays the caller's. */
    public PodRunner(KubernetesClient client, PodOptions options) {
        this(client, options, () -> {});
    }

    /** @param afterClose what to do when nothing of this runner uses the client any more */
    public PodRunner(KubernetesClient client, PodOptions options, Runnable afterClose) {
        this.afterClose = afterClose;
        ExecutorService io = pool("kfp-pod-io", options.maxTransfers());
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
                1, threads("kfp-pod-timer"), new ThreadPoolExecutor.DiscardPolicy()); // a closed runner does nothing later
        timer.setRemoveOnCancelPolicy(true);
        this.services = new PodServices(
                client, options, io, timer, new PodWatch(client, options, io, timer), new RunAnchors(client, options),
                new PodQueue(options.maxPods()), new AtomicInteger(), new Semaphore(LONG_LOGS));
    }

    private static ExecutorService pool(String name, int threads) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(threads, threads, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory threads(String name) {
        AtomicInteger number = new AtomicInteger();
        ThreadFactory factory = Executors.defaultThreadFactory();
        return task -> {
            Thread thread = factory.newThread(task);
            thread.setName(name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void launch(TaskLaunch launch, Listener listener) {
        begin(launch, listener, false, null);
    }

    @Override
    public void adopt(TaskLaunch launch, String reference, Listener listener) {
        begin(launch, listener, true, reference);
    }

    private void begin(TaskLaunch launch, Listener listener, boolean adopt, String reference) {
        Listener once = new Listener() {
            @Override
            public void started(String reference) {
                listener.started(reference);
            }

            @Override
            public void waiting(String why) {
                listener.waiting(why);
            }

            @Override
            public void ended(AttemptResult result) {
                attempts.remove(launch.handle());
                claims.remove(launch.handle());
                if (!closed) {
                    listener.ended(result);
                }
            }

            @Override
            public void impossible(String why) {
                attempts.remove(launch.handle());
                listener.impossible(why);
            }
        };
        if (ClaimTask.isOne(launch)) {
            ClaimAttempt claim = new ClaimAttempt(launch, services, once);
            claims.put(launch.handle(), claim);
            claim.begin();
            return;
        }
        PodAttempt attempt = new PodAttempt(launch, services, once, adopt, reference);
        attempts.put(launch.handle(), attempt);
        attempt.begin();
    }

    @Override
    public void cancel(String handle, boolean force) {
        PodAttempt attempt = attempts.get(handle);
        if (attempt != null) {
            attempt.cancel(force);
        }
        ClaimAttempt claim = claims.get(handle);
        if (claim != null) {
            claim.cancel();
        }
    }

    @Override
    public void leave(String handle) {
        PodAttempt attempt = attempts.remove(handle);
        if (attempt != null) {
            attempt.letGo();
        }
        ClaimAttempt claim = claims.remove(handle);
        if (claim != null) {
            claim.letGo();
        }
    }

    @Override
    public void watched(String handle) {
        PodAttempt attempt = attempts.get(handle);
        if (attempt != null) {
            attempt.watched();
        }
    }

    /**
     * Call when a run is final: what it made in the cluster goes, except pods that are kept for looking into. Returns at once.
     *
     * @return completes when it is gone, exceptionally when the API refused; trouble of the API is waited for
     */
    public CompletableFuture<Void> runEnded(String runId) {
        RunCleanup cleanup = new RunCleanup(services, runId);
        services.io().execute(cleanup);
        return cleanup.done();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        attempts.values().forEach(PodAttempt::leave);
        services.watch().close();
        services.timer().shutdownNow();
        services.io().shutdown();
        try {
            services.io().awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        afterClose.run();
    }
}
