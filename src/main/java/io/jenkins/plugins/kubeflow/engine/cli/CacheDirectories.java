package io.jenkins.plugins.kubeflow.engine.cli;

import java.nio.file.Path;

/** Where things are kept from run to run: {@code $XDG_CACHE_HOME/kubeflow-pipelines}, or {@code ~/.cache/kubeflow-pipelines}. */
final class CacheDirectories {
    private CacheDirectories() {}

    static Path base() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path parent = xdg != null && !xdg.isBlank() ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache");
        return parent.resolve("kubeflow-pipelines");
    }
}
