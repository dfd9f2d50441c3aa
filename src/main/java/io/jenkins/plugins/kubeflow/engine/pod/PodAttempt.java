package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.kubeflow.engine.pod.manifest.InvalidPodException;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult.Outcome;
import io.jenkins.plugins.kubeflow.engine.run.TaskLaunch;
import io.jenkins.plugins.kubeflow.engine.run.TaskRunner;
import io.jenkins.plugins.kubeflow.engine.task.ValueException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One attempt and its pod. Whatever happens (a place in the queue, a status, a timer, a cancel) only pokes it; then one I/O thread at a
 * time looks at where things stand and does the next thing. It holds no thread while there is nothing to do.
 */
final class PodAttempt implements PodWatch.Listener {
    private enum Phase {
        NEW,
        PLACED,
        CREATED,
        ENDED
    }

    private static final Duration LOG_PATIENCE = Duration.ofSeconds(10);
    /** How long a log is followed after it was looked at. */
    private static final Duration WATCHED = Duration.ofSeconds(20);

    private final TaskLaunch launch;
    private final PodServices services;
    private final TaskRunner.Listener listener;
    private final boolean adopt;
    private final String reference;
    /** Held while the listener hears something, so that it hears it in order. */
    private final Object reports = new Object();
    private final AtomicInteger pokes = new AtomicInteger();
    private final Runnable placed = this::placed;
    private volatile Phase phase = Phase.NEW;
    private volatile Pod latest;
    private volatile boolean gone;
    private volatile boolean cancelled;
    private volatile boolean forced;
    private volatile boolean left;
    private boolean deleting;
    private Step step;
    private volatile AttemptFiles files;
    private volatile long watchedAt = System.nanoTime() - WATCHED.toNanos();
    private ScheduledFuture<?> nextLook;
    private HelperTalk helper;
    private int failures;
    private long stuckSince;
    private volatile boolean started;
    private long startedAt;
    private long endedAt;
    private boolean followsToTheEnd;
    private String said;

    /** @param reference the pod that was journaled as started, when there is one */
    PodAttempt(
            TaskLaunch launch, PodServices services, TaskRunner.Listener listener, boolean adopt, String reference) {
        this.launch = launch;
        this.services = services;
        this.listener = listener;
        this.adopt = adopt;
        this.reference = reference;
    }

    void begin() {
        if (!services.queue().enter(launch.run().runId(), placed)) {
            say("waits for one of the " + services.options().maxPods() + " pods that may run at a time");
        }
    }

    private void placed() {
        synchronized (reports) {
            if (left) {
                services.queue().leave();
                return;
            }
            phase = Phase.PLACED;
        }
        services.underWay().incrementAndGet();
        poke();
    }

    void cancel(boolean force) {
        cancelled = true;
        forced |= force;
        if (phase == Phase.NEW && services.queue().withdraw(launch.run().runId(), placed)) {
            phase = Phase.ENDED;
            listener.ended(AttemptResult.failed(Outcome.CANCELED, null, "cancelled before its pod was made"));
            return;
        }
        poke();
    }

    /** The runner closes; the pod is left alone. */
    void leave() {
        left = true;
    }

    /** Nobody listens any more; the pod is left alone, for another attempt to adopt it, and this one's place is free. */
    void letGo() {
        Phase at;
        synchronized (reports) {
            at = phase;
            left = true;
            phase = Phase.ENDED;
        }
        if (at == Phase.NEW) {
            services.queue().withdraw(launch.run().runId(), placed);
        } else if (at != Phase.ENDED) {
            if (step != null) {
                services.watch().forget(step.podName());
            }
            releaseLog();
            services.underWay().decrementAndGet();
            services.queue().leave();
        }
    }

    @Override
    public void seen(Pod pod) {
        if (!isOlder(pod, latest)) {
            latest = pod;
            if (!started && PodVerdict.of(pod) instanceof PodVerdict.Running) {
                later(this::started); // whatever its worker is doing
            }
            poke();
        }
    }

    @Override
    public void gone() {
        gone = true;
        poke();
    }

    private static boolean isOlder(Pod pod, Pod than) {
        if (than == null) {
            return false;
        }
        try {
            return Long.parseLong(pod.getMetadata().getResourceVersion()) < Long.parseLong(than.getMetadata().getResourceVersion());
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private void poke() {
        if (pokes.getAndIncrement() == 0) {
            submit();
        }
    }

    private void submit() {
        later(this::work);
    }

    private void later(Runnable work) {
        try {
            services.io().execute(work);
        } catch (RejectedExecutionException e) {
            left = true;
        }
    }

    private ScheduledFuture<?> pokeIn(Duration delay) {
        return services.timer().schedule(this::poke, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** One look at a time; what happened meanwhile makes it look again, behind others that wait for a thread. */
    private void work() {
        int seen = pokes.get();
        if (!left && phase != Phase.ENDED) {
            try {
                look();
            } catch (KubernetesClientException e) {
                trouble(e);
            } catch (IOException e) {
                end(AttemptResult.failed(Outcome.PLATFORM_FAILED, null, "its files could not be written or read: " + e.getMessage()));
            } catch (TransferFailure e) {
                end(AttemptResult.failed(e.outcome(), null, e.getMessage()));
            } catch (RuntimeException e) {
                end(AttemptResult.failed(Outcome.PLATFORM_FAILED, null, "the runner of pods failed: " + e));
            }
        }
        if (!pokes.compareAndSet(seen, 0)) {
            submit();
        }
    }

    private void trouble(KubernetesClientException e) {
        if (ApiTrouble.passes(e)) {
            say(ApiTrouble.sentence(e));
            pokeIn(ApiTrouble.backoff(failures++));
        } else {
            Outcome outcome = ApiTrouble.isInvalid(e) ? Outcome.USER_FAILED : Outcome.PLATFORM_FAILED;
            end(AttemptResult.failed(outcome, null, "Kubernetes refused the pod: " + ApiTrouble.sentence(e)));
        }
    }

    private void look() throws IOException {
        if (phase == Phase.PLACED) {
            if (cancelled && !adopt) {
                end(AttemptResult.failed(Outcome.CANCELED, null, "cancelled before its pod was made"));
            } else {
                create();
            }
        }
        if (phase == Phase.CREATED) {
            observe();
        }
    }

    private void create() throws IOException {
        if (step == null) {
            try {
                step = TaskManifest.of(launch, services.options());
            } catch (InvalidPodException | ValueException e) {
                end(AttemptResult.failed(Outcome.USER_FAILED, null, e.getMessage()));
                return;
            }
            files = new AttemptFiles(launch, step, services);
            helper = new HelperTalk(step, services, files);
        }
        PodCreation creation = new PodCreation(launch, step, services);
        services.watch().listen(step.podName(), this);
        Pod pod = adopt ? creation.find() : null;
        boolean ran = reference != null || launch.directory().resolve(AttemptFiles.STARTED).toFile().exists();
        if (pod == null && adopt && ran) {
            end(AttemptResult.failed(Outcome.PLATFORM_FAILED, null, "its pod ‘" + step.podName() + "’ is gone, and its result with it"));
            return;
        }
        try {
            pod = pod == null ? creation.create() : pod;
        } catch (InvalidPodException e) {
            end(AttemptResult.failed(Outcome.USER_FAILED, null, e.getMessage()));
            return;
        }
        files.manifest(pod);
        failures = 0;
        gone = false;
        if (latest == null) {
            latest = pod;
        }
        phase = Phase.CREATED;
    }

    private void observe() throws IOException {
        if (gone && isReallyGone()) {
            lost();
            return;
        }
        if (cancelled && !deleting) {
            files.log(false);
            new PodDeletion(services, step.podName()).run(forced ? Duration.ZERO : services.options().grace());
            deleting = true;
            pokeIn(services.options().grace().plusSeconds(30));
            return;
        }
        PodVerdict verdict = PodVerdict.of(latest);
        if (verdict instanceof PodVerdict.Waiting waiting) {
            waiting(waiting);
        } else if (verdict instanceof PodVerdict.Running) {
            started();
        } else if (verdict instanceof PodVerdict.Ended ended) {
            started();
            finish(ended);
        }
        if (phase == Phase.CREATED && !cancelled && !(verdict instanceof PodVerdict.Ended)) {
            talk();
            ahead();
        }
    }

    /**
     * A step whose end and outputs the helper has told of, and whose log is whole, is over; that its container has ended is seen up to a
     * second later, at the kubelet's next look.
     */
    private void ahead() throws IOException {
        if (helper.hasOutputs() && PodVerdict.of(latest) instanceof PodVerdict.Running && files.hasWholeLog()) {
            succeeded();
        }
    }

    /** A list may have been read before the pod was made, and the watch may be behind: ask. */
    private boolean isReallyGone() {
        Pod pod = services.client().pods().inNamespace(services.options().namespace()).withName(step.podName()).get();
        gone = false;
        if (pod != null) {
            latest = pod;
        }
        return pod == null;
    }

    private void lost() {
        if (cancelled) {
            end(AttemptResult.failed(Outcome.CANCELED, null, "cancelled"));
            return;
        }
        PodVerdict last = PodVerdict.of(latest);
        boolean platform = last instanceof PodVerdict.Ended ended && ended.outcome() != Outcome.SUCCEEDED;
        files.gap();
        end(platform
                ? AttemptResult.failed(((PodVerdict.Ended) last).outcome(), ((PodVerdict.Ended) last).exitCode(), ((PodVerdict.Ended) last).message())
                : AttemptResult.failed(Outcome.PLATFORM_FAILED, null, "its pod ‘" + step.podName() + "’ was deleted by someone or lost with its node"));
    }

    private void waiting(PodVerdict.Waiting waiting) throws IOException {
        say(services.watch().trouble() != null ? services.watch().trouble() : waiting.why());
        if (!waiting.stuck()) {
            stuckSince = 0;
            return;
        }
        if (stuckSince == 0) {
            files.events();
        }
        long now = System.nanoTime();
        stuckSince = stuckSince == 0 ? now : stuckSince;
        Duration left = services.options().imagePatience().minusNanos(now - stuckSince);
        if (left.isNegative() || left.isZero()) {
            Outcome outcome = waiting.userError() ? Outcome.USER_FAILED : Outcome.PLATFORM_FAILED;
            end(AttemptResult.failed(outcome, null, waiting.why()));
        } else {
            pokeIn(left.plusMillis(10));
        }
    }

    private void started() {
        synchronized (reports) {
            if (!started && !left && phase == Phase.CREATED) {
                startedAt = System.nanoTime();
                started = true;
                files.started();
                pokeIn(services.options().followAfter().plusMillis(10));
                listener.started(step.podName());
            }
        }
    }

    /** Brings inputs in and, for short steps, outputs out, through the helper; shows the log to whoever looks at it. */
    private void talk() throws IOException {
        if (helper.turn(latest)) {
            pokeIn(HelperTalk.PAUSE);
        }
        show();
    }

    /** The log is followed while somebody looks at it, and a little longer; that of a long step to its end, where there is room for it. */
    private void show() throws IOException {
        long now = System.nanoTime();
        if (started && !followsToTheEnd && now - startedAt > services.options().followAfter().toNanos()) {
            followsToTheEnd = services.longLogs().tryAcquire();
        }
        if (!started || !followsToTheEnd && now - watchedAt > WATCHED.toNanos()) {
            files.unfollow();
            return;
        }
        if (!files.isFollowed() && !files.isFollowedWhole()) {
            files.follow();
        }
        if (nextLook == null || nextLook.isDone()) {
            nextLook = pokeIn(WATCHED);
        }
    }

    private void releaseLog() {
        if (followsToTheEnd) {
            followsToTheEnd = false;
            services.longLogs().release();
        }
    }

    /** Somebody looks at the log just now. */
    void watched() {
        watchedAt = System.nanoTime();
        AttemptFiles shown = files;
        if (started && shown != null && !shown.isFollowed()) {
            poke();
        }
    }

    /** A log that is followed to its end gets a moment to get there: the node may have the last of it only. */
    private boolean waitsForLog() {
        long now = System.nanoTime();
        endedAt = endedAt == 0 ? now : endedAt;
        if (!followsToTheEnd || cancelled || !files.isFollowed() || now - endedAt > LOG_PATIENCE.toNanos()) {
            return false;
        }
        files.afterFollow(this::poke);
        pokeIn(LOG_PATIENCE);
        return true;
    }

    private void finish(PodVerdict.Ended ended) throws IOException {
        if (waitsForLog()) {
            return;
        }
        if (cancelled) {
            files.log(false);
            end(AttemptResult.failed(Outcome.CANCELED, ended.exitCode(), "cancelled"));
        } else if (ended.outcome() != Outcome.SUCCEEDED) {
            if (ended.exitCode() != null) {
                files.finalLog(false);
            } else {
                files.log(false);
            }
            end(AttemptResult.failed(ended.outcome(), ended.exitCode(), ended.message()));
        } else {
            files.finalLog(true);
            if (helper.isThere(latest)) {
                String lost = helper.hasOutputs() ? null : helper.end(latest);
                if (lost != null) {
                    end(AttemptResult.failed(Outcome.PLATFORM_FAILED, 0, "its helper ended before the outputs were fetched (" + lost + ")"));
                    return;
                } else if (!helper.hasOutputs()) {
                    helper.fetch();
                }
                succeeded();
            } else {
                succeeded(step.plan().wrapped() ? ended.terminationMessage() : null);
            }
        }
    }

    private void succeeded() throws IOException {
        succeeded(null);
    }

    /** @param message the termination message, when the outputs are in it */
    private void succeeded(String message) throws IOException {
        try {
            if (message != null) {
                files.message(message);
            }
            end(AttemptResult.succeeded(files.outputs()));
        } catch (ValueException e) {
            end(AttemptResult.failed(Outcome.USER_FAILED, 0, e.getMessage()));
        }
    }

    /** The cluster forgets events; a disk that is full must not hide why the step failed. */
    private AttemptResult withEvents(AttemptResult result) {
        try {
            files.events();
            return result;
        } catch (IOException e) {
            return AttemptResult.failed(
                    result.outcome(), result.exitCode(), result.message() + "; its events could not be written: " + e.getMessage());
        }
    }

    private void say(String why) {
        if (why != null && !why.equals(said) && !started) {
            said = why;
            listener.waiting(why);
        }
    }

    private void end(AttemptResult ended) {
        if (left || phase == Phase.ENDED) {
            return;
        }
        boolean made = phase == Phase.CREATED;
        synchronized (reports) {
            phase = Phase.ENDED;
        }
        services.underWay().decrementAndGet();
        if (step != null) {
            services.watch().forget(step.podName());
            files.unfollow();
        }
        releaseLog();
        AttemptResult result = (made && ended.outcome() != Outcome.SUCCEEDED ? withEvents(ended) : ended).withUsage(made ? files.usage() : null);
        listener.ended(result);
        services.queue().leave();
        if (made && !services.options().retention().keeps(result.outcome())) {
            new PodDeletion(services, step.podName()).later();
        } else if (made) {
            later(() -> helper.release(latest));
        }
    }
}
