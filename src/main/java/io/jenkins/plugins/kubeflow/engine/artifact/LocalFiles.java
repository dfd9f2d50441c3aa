package io.jenkins.plugins.kubeflow.engine.artifact;

import java.net.URI;
import java.nio.file.Path;

/** Artifacts that are files or directories of this machine. */
public final class LocalFiles {
    private LocalFiles() {}

    /** The path of a plain absolute path or a {@code file://} URI; null for anything else. */
    public static Path path(String uri) {
        try {
            if (uri.startsWith("file://")) {
                return Path.of(URI.create(uri));
            }
            return uri.startsWith("/") ? Path.of(uri) : null;
        } catch (IllegalArgumentException notAPath) {
            return null;
        }
    }
}
