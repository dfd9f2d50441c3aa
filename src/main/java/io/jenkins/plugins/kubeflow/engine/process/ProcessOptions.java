package io.jenkins.plugins.kubeflow.engine.process;

import io.jenkins.plugins.kubeflow.engine.store.ArtifactStore;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How a {@link ProcessRunner} works. {@code python} is the interpreter for Python components, or null for the first Python 3.9 or newer
 * on PATH; one that is named lends its installed packages to the components. {@code warm} lets Python components start as forks of a
 * parent that has kfp imported. {@code offline} forbids to prepare environments. {@code maxProcesses} bounds the processes of all runs
 * together, 0 for no bound. {@code grace} is the time between a polite and a forced end. {@code store} has inputs that are no files of
 * this machine; they are fetched for the steps that read them.
 */
public record ProcessOptions(
        Path python, Path environmentsDirectory, boolean warm, boolean offline, int maxProcesses, Duration grace, ArtifactStore store) {

    public static ProcessOptions defaults() {
        return new ProcessOptions(null, defaultEnvironmentsDirectory(), true, false, 0, Duration.ofSeconds(10), ArtifactStore.NONE);
    }

    public ProcessOptions withPython(Path path) {
        return new ProcessOptions(path, environmentsDirectory, warm, offline, maxProcesses, grace, store);
    }

    public ProcessOptions withEnvironmentsDirectory(Path directory) {
        return new ProcessOptions(python, directory, warm, offline, maxProcesses, grace, store);
    }

    public ProcessOptions withWarm(boolean on) {
        return new ProcessOptions(python, environmentsDirectory, on, offline, maxProcesses, grace, store);
    }

    public ProcessOptions withOffline(boolean on) {
        return new ProcessOptions(python, environmentsDirectory, warm, on, maxProcesses, grace, store);
    }

    public ProcessOptions withMaxProcesses(int number) {
        return new ProcessOptions(python, environmentsDirectory, warm, offline, number, grace, store);
    }

    public ProcessOptions withGrace(Duration time) {
        return new ProcessOptions(python, environmentsDirectory, warm, offline, maxProcesses, time, store);
    }

    public ProcessOptions withStore(ArtifactStore reader) {
        return new ProcessOptions(python, environmentsDirectory, warm, offline, maxProcesses, grace, reader);
    }

    /** {@code $XDG_CACHE_HOME/kubeflow-pipelines/envs}, by default below {@code ~/.cache}. */
    public static Path defaultEnvironmentsDirectory() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path base = cache == null || !Path.of(cache).isAbsolute() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return base.resolve("kubeflow-pipelines").resolve("envs");
    }
}
