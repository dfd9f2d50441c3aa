package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The one watch on the pods of one owner in a namespace. It lists, then watches from there; after a gap (410, a lost connection) it
 * lists again, and every now and then it lists anyway, because watches do go quiet. Listeners hear the latest state of their pod and
 * nothing twice in order; they are called on watch and I/O threads and must not block.
 */
final class PodWatch implements AutoCloseable {

    /** Who wants to know of a pod. */
    interface Listener {
        void seen(Pod pod);

        /** The API server has no such pod (any more). */
        void gone();
    }

    private final KubernetesClient client;
    private final PodOptions options;
    private final Executor io;
    private final ScheduledExecutorService timer;
    private final Map<String, Listener> listeners = new ConcurrentHashMap<>();
    private final AtomicBoolean listing = new AtomicBoolean();
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile boolean closed;
    private volatile Watch watch;
    private volatile int failures;
    private volatile ScheduledFuture<?> periodic;
    private volatile String trouble;

    PodWatch(KubernetesClient client, PodOptions options, Executor io, ScheduledExecutorService timer) {
        this.client = client;
        this.options = options;
        this.io = io;
        this.timer = timer;
    }

    /** From now on the listener hears of the pod; the watch starts with the first. */
    void listen(String podName, Listener listener) {
        listeners.put(podName, listener);
        if (started.compareAndSet(false, true)) {
            long millis = options.relist().toMillis();
            periodic = timer.scheduleWithFixedDelay(this::relist, millis, millis, TimeUnit.MILLISECONDS);
            relist();
        }
    }

    void forget(String podName) {
        listeners.remove(podName);
    }

    /** Reads the whole list soon. */
    void relist() {
        if (!closed && (!listeners.isEmpty() || watch == null) && listing.compareAndSet(false, true)) {
            io.execute(this::list);
        }
    }

    /** Why nothing is heard at the moment, or null. */
    String trouble() {
        return trouble;
    }

    private FilterWatchListDeletable<Pod, PodList, PodResource> pods() {
        return client.pods().inNamespace(options.namespace()).withLabel(PodNames.OWNER, PodNames.label(options.owner()));
    }

    private void list() {
        Set<String> expected = new HashSet<>(listeners.keySet());
        boolean again = false;
        try {
            PodList list = pods().list(new ListOptionsBuilder().withResourceVersion(null).build());
            for (Pod pod : list.getItems()) {
                expected.remove(pod.getMetadata().getName());
                deliver(pod);
            }
            expected.forEach(this::gone);
            if (watch == null && !closed) {
                watch = pods().watch(
                        new ListOptionsBuilder().withResourceVersion(list.getMetadata().getResourceVersion()).withAllowWatchBookmarks(true).build(),
                        new Events());
                again = closed;
            }
            failures = 0;
            trouble = null;
        } catch (KubernetesClientException e) {
            trouble = ApiTrouble.sentence(e);
            retry();
        } finally {
            listing.set(false);
        }
        if (again) {
            close();
        }
    }

    private void retry() {
        if (!closed) {
            Duration delay = ApiTrouble.backoff(failures++);
            timer.schedule(this::relist, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void deliver(Pod pod) {
        Listener listener = listeners.get(pod.getMetadata().getName());
        if (listener != null) {
            listener.seen(pod);
        }
    }

    private void gone(String podName) {
        Listener listener = listeners.get(podName);
        if (listener != null) {
            listener.gone();
        }
    }

    @Override
    public void close() {
        closed = true;
        if (periodic != null) {
            periodic.cancel(false);
        }
        Watch open = watch;
        watch = null;
        if (open != null) {
            open.close();
        }
    }

    private final class Events implements Watcher<Pod> {
        @Override
        public void eventReceived(Action action, Pod pod) {
            if (action == Action.DELETED) {
                deliver(pod);
                gone(pod.getMetadata().getName());
            } else if (action == Action.ADDED || action == Action.MODIFIED) {
                deliver(pod);
            }
        }

        /** The server let go of the watch; list and watch anew, at once after a gap, later when there is trouble. */
        @Override
        public void onClose(WatcherException cause) {
            watch = null;
            if (cause.isHttpGone()) {
                relist();
            } else {
                trouble = "the watch was lost: " + cause.getMessage();
                retry();
            }
        }

        @Override
        public void onClose() {
            watch = null;
            retry();
        }

        @Override
        public boolean reconnecting() {
            return true;
        }
    }
}
