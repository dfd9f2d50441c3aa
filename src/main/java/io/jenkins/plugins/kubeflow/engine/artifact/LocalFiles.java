package io.jenkins.plugins.kubeflow.engine.artifact;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * Artifacts that are files or directories of this machine. An artifact's URI is whatever a pipeline says it is, so where pipelines are
 * other people's, the program says once which files of the machine they may stand for. Any thread may call.
 */
public final class LocalFiles {
    private static volatile Predicate<Path> reach = path -> true;

    private LocalFiles() {}

    /** {@code allowed} is asked with real paths, links resolved. Without a call every file is allowed. */
    public static void restrict(Predicate<Path> allowed) {
        reach = allowed;
    }

    /** Whether a pipeline may have this file read; one that is not there may be. */
    public static boolean mayRead(Path path) {
        try {
            return reach.test(path.toRealPath());
        } catch (IOException notThere) {
            return true;
        }
    }

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
