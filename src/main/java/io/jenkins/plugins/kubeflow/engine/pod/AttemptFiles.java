package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import io.jenkins.plugins.kubeflow.engine.pod.manifest.PodYaml;
import io.jenkins.plugins.kubeflow.engine.run.TaskLaunch;
import io.jenkins.plugins.kubeflow.engine.task.TaskOutputs;
import io.jenkins.plugins.kubeflow.engine.task.ValueException;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.concurrent.locks.LockSupport;

/** What an attempt leaves on this machine: its pod's manifest, why it has that form, the pod's events when it failed, its log, its outputs. */
final class AttemptFiles {
    static final String MANIFEST = "pod.yaml";
    static final String PLAN = "pod-plan.txt";
    static final String EVENTS = "pod-events.txt";
    static final String STARTED = "started";
    private static final Logger LOGGER = Logger.getLogger(AttemptFiles.class.getName());
    private static final int LOG_TRIES = 40;
    private static final int SILENT_TRIES = 8;

    private final TaskLaunch launch;
    private final Step step;
    private final PodServices services;
    private final CollectedOutputs collected;
    private int silent;

    AttemptFiles(TaskLaunch launch, Step step, PodServices services) {
        this.launch = launch;
        this.step = step;
        this.services = services;
        this.collected = new CollectedOutputs(launch, step);
    }

    CollectedOutputs collected() {
        return collected;
    }

    /** Whether an init container waits for files that are too large for its own script. */
    boolean needInit() {
        return step.plan().inputs() == PodPlan.Inputs.INIT && step.files().stream().mapToLong(file -> {
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
     *     some tries, the log says that it is missing
     * @return whether the wrapper's last line was in it
     */
    boolean log(boolean needed) throws IOException {
        try (InputStream in = main().getLogInputStream()) {
            return copy(in).isComplete();
        } catch (KubernetesClientException e) {
            if (!needed) {
                return false;
            }
            boolean nodeSilent = e.getCode() == 500 && ++silent > SILENT_TRIES;
            if (ApiTrouble.passes(e) && !nodeSilent) {
                throw e;
            }
            gap();
            return false;
        }
    }

    /**
     * Follows the log of a wrapped step without helper for its first seconds: its end brings the outputs with it, and up to a second
     * before the pod's status. True when the step has ended well and everything is here.
     *
     * @throws KubernetesClientException when there is no log yet
     */
    boolean follow(Duration longest) throws IOException {
        AtomicBoolean over = new AtomicBoolean();
        try (LogWatch log = main().watchLog(); InputStream in = log.getOutput()) {
            var end = services.timer().schedule(() -> stop(log, in, over), longest.toMillis(), TimeUnit.MILLISECONDS);
            try {
                StepLog copy = copy(in);
                if (!copy.isComplete()) {
                    return false;
                }
                try (InputStream encoded = Files.newInputStream(encoded())) {
                    TerminationMessage.decode(encoded, copy.isCompressed(), StepScript.outputs(step.outputs()), collected::file);
                }
                return true;
            } catch (IOException e) {
                if (over.get()) {
                    return false;
                }
                throw e;
            } finally {
                end.cancel(false);
            }
        }
    }

    /** Closing the watch alone does not wake whoever reads. */
    private static void stop(LogWatch log, InputStream in, AtomicBoolean over) {
        over.set(true);
        log.close();
        try {
            if (in != null) {
                in.close();
            }
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "the log stream of a step was closed late", e);
        }
    }

    private ContainerResource main() {
        return services.client().pods()
                .inNamespace(services.options().namespace())
                .withName(step.podName())
                .inContainer(TaskManifest.MAIN)
                .withReadyWaitTimeout(0);
    }

    private Path encoded() {
        return launch.directory().resolve("outputs.encoded");
    }

    private StepLog copy(InputStream in) throws IOException {
        Files.createDirectories(launch.log().getParent());
        Files.createDirectories(launch.directory());
        Path temporary = launch.log().resolveSibling(launch.log().getFileName() + ".part");
        try (OutputStream log = Files.newOutputStream(temporary); OutputStream outputs = Files.newOutputStream(encoded())) {
            StepLog copy = new StepLog(StepScript.mark(step.podName()), log, outputs);
            if (in != null) {
                copy.copy(in);
            }
            Files.move(temporary, launch.log(), StandardCopyOption.REPLACE_EXISTING);
            return copy;
        }
    }

    /** Fetches the log until the wrapper's last line is in it, which is a matter of milliseconds; false when it does not come. */
    boolean completeLog() throws IOException {
        for (int i = 0; i < LOG_TRIES; i++) {
            if (log(true)) {
                return true;
            }
            LockSupport.parkNanos(25_000_000);
        }
        return false;
    }

    /** Says in the log that something is missing. */
    void gap() {
        try {
            Files.createDirectories(launch.log().getParent());
            Files.writeString(
                    launch.log(), "\n[the rest of this log went with its pod]\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes the outputs out of the termination message or, where it says so, out of the log. False when they were too large for both. */
    boolean message(String text) throws IOException {
        TerminationMessage message = TerminationMessage.of(text);
        switch (message.kind()) {
            case OUTPUTS -> TerminationMessage.decode(
                    message.body(), message.compressed(), StepScript.outputs(step.outputs()), collected::file);
            case LOG -> {
                try (InputStream encoded = Files.newInputStream(encoded())) {
                    TerminationMessage.decode(encoded, message.compressed(), StepScript.outputs(step.outputs()), collected::file);
                }
            }
            case LARGE -> {
                return false;
            }
            case OTHER -> throw new IOException("the wrapper left no word in the termination message: " + text);
        }
        return true;
    }

    TaskOutputs outputs() throws IOException, ValueException {
        return collected.read();
    }
}
