package io.jenkins.plugins.kubeflow.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Action;
import hudson.model.Fingerprint;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import hudson.tasks.Fingerprinter.FingerprintAction;
import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.model.TransientActionFactory;

/**
 * Fingerprints of a run's artifact files, by which Jenkins links the run that made a file with those that used it. Made when a run has
 * ended, on the pool of the runs; a crash in that moment leaves a run without. Which file has which lies beside the run, not in build.xml.
 */
@Extension
public final class ArtifactFingerprints extends RunListener<PipelineRun> {
    private static final Logger LOGGER = Logger.getLogger(ArtifactFingerprints.class.getName());
    /** Each is a file of the Jenkins home for ever. */
    private static final int MOST = 500;

    @Override
    public void onFinalized(PipelineRun run) {
        Executor io = EngineHost.get().io();
        if (io != null && KubeflowConfiguration.get().isFingerprints()) {
            io.execute(() -> {
                try {
                    record(run);
                } catch (IOException | RuntimeException e) {
                    LOGGER.log(Level.WARNING, e, () -> "fingerprints of " + run.getFullDisplayName());
                }
            });
        }
    }

    private static void record(PipelineRun run) throws IOException {
        ArtifactFiles files = ArtifactFiles.of(run, MOST);
        Map<String, String> digests = new LinkedHashMap<>();
        for (Map.Entry<String, Path> file : files.produced().entrySet()) {
            digests.put(file.getKey(), record(run, run, file.getValue()));
        }
        for (Map.Entry<String, Path> file : files.used().entrySet()) {
            digests.put(file.getKey(), record(run, null, file.getValue()));
        }
        if (!digests.isEmpty() && !run.isGoing() && Files.exists(run.directory().path())) {
            Json.MAPPER.writeValue(list(run).toFile(), digests);
        }
    }

    private static String record(PipelineRun run, Run<?, ?> origin, Path file) throws IOException {
        String digest = Util.getDigestOf(file.toFile());
        addFor(run, origin, file.getFileName().toString(), digest);
        return digest;
    }

    private static void addFor(Run<?, ?> run, Run<?, ?> origin, String name, String digest) throws IOException {
        Fingerprint fingerprint = Jenkins.get().getFingerprintMap().getOrCreate(origin, name, digest);
        fingerprint.addFor(run);
    }

    /** A build hands a file of its workspace to a run. Waits for the node of the file. */
    public static void handedOver(Run<?, ?> build, FilePath file) throws IOException, InterruptedException {
        if (!KubeflowConfiguration.get().isFingerprints() || file.isDirectory()) {
            return;
        }
        String digest = file.digest();
        addFor(build, build, file.getName(), digest);
        FingerprintAction known = build.getAction(FingerprintAction.class);
        if (known == null) {
            build.addAction(new FingerprintAction(build, Map.of(file.getName(), digest)));
        } else {
            known.add(Map.of(file.getName(), digest));
        }
        build.save();
    }

    private static Path list(PipelineRun run) {
        return run.directory().path().resolve("fingerprints.json");
    }

    /** Jenkins' own page of a run's fingerprints. */
    @Extension
    public static final class Page extends TransientActionFactory<PipelineRun> {
        @Override
        public Class<PipelineRun> type() {
            return PipelineRun.class;
        }

        @Override
        public Class<? extends Action> actionType() {
            return FingerprintAction.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull PipelineRun run) {
            if (!Files.exists(list(run))) {
                return List.of();
            }
            Map<String, String> digests = new LinkedHashMap<>();
            try {
                Json.MAPPER.readTree(list(run).toFile()).fields()
                        .forEachRemaining(file -> digests.put(file.getKey(), file.getValue().asText()));
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "fingerprints of " + run.getFullDisplayName());
            }
            return List.of(new FingerprintAction(run, digests));
        }
    }
}
