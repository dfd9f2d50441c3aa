package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import io.jenkins.plugins.kubeflow.engine.pod.manifest.PodYaml;
import io.jenkins.plugins.kubeflow.engine.run.TaskLaunch;
import io.jenkins.plugins.kubeflow.engine.run.Usage;
import io.jenkins.plugins.kubeflow.engine.task.TaskOutputs;
import io.jenkins.plugins.kubeflow.engine.task.ValueException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What an attempt leaves on this machine: its pod's manifest, why it has that form, the pod's events when it failed, its log, its outputs. */
final class AttemptFiles {
    static final String MANIFEST = "pod.yaml";
    static final String PLAN = "pod-plan.txt";
    static final String EVENTS = "pod-events.txt";
    static final String STARTED = "started";
    private static final Logger LOGGER = Logger.getLogger(AttemptFiles.class.getName());
    private static final int LOG_TRIES = 8;
    /** A node that does not hand out a log for so long will not do so any more. */
    private static final Duration NODE_PATIENCE = Duration.ofSeconds(120);
    private static final int QUIET_SECONDS = 60;
    private static final String BEGINNING_GONE = "[what came before this went with a log file that the node has thrown away]\n";

    private final TaskLaunch launch;
    private final Step step;
    private final PodServices services;
    private final CollectedOutputs collected;
    private long silentSince;
    private boolean gap;
    private volatile LogFollow follow;
    private volatile StepLog following;
    private volatile Usage usage;

    AttemptFiles(TaskLaunch launch, Step step, PodServices services) {
        this.launch = launch;
        this.step = step;
        this.services = services;
        this.collected = new CollectedOutputs(launch, step);
    }

    /** What the step used, once its whole log is here; null where its container does not account for it. */
    Usage usage() {
        StepLog followed = following;
        return usage == null && followed != null ? followed.usage() : usage;
    }

    CollectedOutputs collected() {
        return collected;
    }

    /** Whether an init container waits for files that are too large for its own script. */
    boolean needInit() {
        return step.plan().inputs() == PodPlan.Inputs.INIT && !step.objects().inputs().isEmpty()
                || step.plan().inputs() == PodPlan.Inputs.INIT && step.files().stream().mapToLong(file -> {
            try {
                return file.size();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }).sum() > PodPlan.MANIFEST_LIMIT;
    }

    void manifest(Pod pod) throws IOException {
        Files.createDirectories(launch.directory());
        Files.writeString(launch.directory().resolve(MANIFEST), PodYaml.yaml(withoutNoise(pod)));
        Files.writeString(launch.directory().resolve(PLAN), step.plan().reason() + "\n");
    }

    /** Blocks on the API. */
    void events() throws IOException {
        String text = PodEvents.of(services.client(), services.options().namespace(), step.podName());
        if (!text.isEmpty()) {
            Files.writeString(launch.directory().resolve(EVENTS), text);
        }
    }

    private static Pod withoutNoise(Pod pod) {
        Pod copy = new io.fabric8.kubernetes.api.model.PodBuilder(pod).build();
        copy.getMetadata().setManagedFields(null);
        copy.setStatus(null);
        return copy;
    }

    void started() {
        try {
            Files.createDirectories(launch.directory());
            Files.writeString(launch.directory().resolve(STARTED), step.podName());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Fetches the log as it is now.
     *
     * @param needed whether to insist; otherwise a container without log is nothing to speak of. A 500 comes from the node's side: after
     *     some time, the log says that it is missing
     * @return whether the wrapper's last line was in it
     */
    boolean log(boolean needed) throws IOException {
        unfollow();
        try (ApiStream in = new ApiStream(main().getLogInputStream(), services.timer(), QUIET_SECONDS)) {
            return copy(in).isComplete();
        } catch (KubernetesClientException e) {
            if (!needed) {
                return false;
            }
            boolean nodeSilent = e.getCode() == 500 && isSilentFor(NODE_PATIENCE);
            if (ApiTrouble.passes(e) && !nodeSilent) {
                throw e;
            }
            gap();
            return false;
        }
    }

    private boolean isSilentFor(Duration patience) {
        long now = System.nanoTime();
        silentSince = silentSince == 0 ? now : silentSince;
        return now - silentSince > patience.toNanos();
    }

    /** Shows the log on this machine while it is written, until {@link #unfollow} or the whole log is fetched. Returns at once. */
    void follow() throws IOException {
        unfollow();
        Files.createDirectories(launch.log().getParent());
        following = new StepLog(StepScript.mark(step.podName()), new LogAppender(launch.log()));
        follow = LogFollow.open(services.client(), services.options().namespace(), step.podName(), following);
    }

    boolean isFollowed() {
        LogFollow open = follow;
        return open != null && !open.end().isDone();
    }

    /** Runs something, which must not block, when the log is followed no longer. */
    void afterFollow(Runnable then) {
        LogFollow open = follow;
        if (open != null) {
            open.end().thenRun(then);
        }
    }

    /** Whether all of it was there, from the wrapper's first line to its last: it need not be fetched again. */
    boolean isFollowedWhole() {
        LogFollow open = follow;
        return open != null && open.end().getNow(null) == LogFollow.End.COMPLETE && following.isWhole();
    }

    /** Whether the log is here to the wrapper's last line; fetches it as it is now, and insists on nothing. */
    boolean hasWholeLog() throws IOException {
        if (isFollowedWhole()) {
            unfollow();
            return true;
        }
        return log(false);
    }

    /** What could not be written of it comes with the whole log. */
    void unfollow() {
        LogFollow open = follow;
        follow = null;
        if (open == null) {
            return;
        }
        open.stop();
        try {
            following.close();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "a log that was followed could not be written", e);
        }
    }

    private ContainerResource main() {
        return services.client().pods()
                .inNamespace(services.options().namespace())
                .withName(step.podName())
                .inContainer(TaskManifest.MAIN)
                .withReadyWaitTimeout(0);
    }

    /** A log whose beginning the node has thrown away does not take the place of one that was followed. */
    private StepLog copy(InputStream in) throws IOException {
        Files.createDirectories(launch.log().getParent());
        Path temporary = launch.log().resolveSibling(launch.log().getFileName() + ".part");
        StepLog copy;
        try (OutputStream log = new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16)) {
            copy = new StepLog(StepScript.mark(step.podName()), log);
            copy.copy(in);
        }
        usage = copy.usage();
        if (!step.plan().wrapped() || copy.isWhole() || Files.size(temporary) == 0) {
            Files.move(temporary, launch.log(), StandardCopyOption.REPLACE_EXISTING);
        } else {
            withoutBeginning(temporary);
        }
        return copy;
    }

    /** What was followed is more than the node still has; otherwise the log says that it begins late. */
    private void withoutBeginning(Path rest) throws IOException {
        if (!Files.exists(launch.log()) || Files.size(launch.log()) <= Files.size(rest)) {
            Files.writeString(launch.log(), BEGINNING_GONE);
            try (OutputStream log = Files.newOutputStream(launch.log(), StandardOpenOption.APPEND)) {
                Files.copy(rest, log);
            }
        } else if (!gap && (following == null || !following.isComplete())) {
            gap();
        }
        Files.delete(rest);
    }

    /**
     * Fetches the whole log of a step that has ended.
     *
     * @param well whether the wrapper must have had the last word; that may take milliseconds to reach the log
     */
    void finalLog(boolean well) throws IOException {
        if (isFollowedWhole()) {
            unfollow();
            return;
        }
        boolean complete = log(true);
        boolean expected = well && step.plan().wrapped();
        for (int i = 0; expected && !complete && !gap && i < LOG_TRIES; i++) {
            LockSupport.parkNanos(25_000_000);
            complete = log(true);
        }
        if (expected && !complete && !gap) {
            gap();
        }
    }

    /** Says in the log that something is missing. */
    void gap() {
        gap = true;
        try {
            Files.createDirectories(launch.log().getParent());
            Files.writeString(
                    launch.log(), "\n[the rest of this log is gone]\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes the outputs out of the termination message. */
    void message(String text) throws IOException, ValueException {
        TerminationMessage message = TerminationMessage.of(text);
        switch (message.kind()) {
            case OUTPUTS -> TerminationMessage.decode(
                    message.body(), message.compressed(), StepScript.outputs(step.outputs()), collected::file);
            case LARGE -> throw new ValueException("its outputs are numbers, but what it wrote takes " + message.body() + " bytes");
            case OTHER -> throw new IOException("the wrapper left no word in the termination message: " + text);
        }
    }

    TaskOutputs outputs() throws IOException, ValueException {
        return collected.read();
    }
}
