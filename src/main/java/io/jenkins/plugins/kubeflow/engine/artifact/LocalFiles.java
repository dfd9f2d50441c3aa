package io.jenkins.plugins.kubeflow.engine.artifact;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Artifacts that are files or directories of this machine. An artifact's URI is whatever a pipeline says it is, so where pipelines are
 * other people's, the program says once which files of the machine they may stand for. Any thread may call.
 */
public final class LocalFiles {
    private static volatile Predicate<Path> reach = path -> true;
    private static volatile BiPredicate<Path, Path> imports = (run, path) -> true;
    private static volatile UnaryOperator<Path> movedTo;

    private LocalFiles() {}

    /** {@code allowed} is asked with real paths, links resolved. Without a call every file is allowed. */
    public static void restrict(Predicate<Path> allowed) {
        reach = allowed;
    }

    /** {@code allowed} is asked with the directory of a run and a real path. Without a call a run may import what may be read. */
    public static void restrictImports(BiPredicate<Path, Path> allowed) {
        imports = allowed;
    }

    /** Whether a run may take a file for an artifact; one that is not there may be. */
    public static boolean mayImport(Path run, Path path) {
        try {
            return mayRead(path) && imports.test(run, path.toRealPath());
        } catch (IOException notThere) {
            return true;
        }
    }

    /** Whether a pipeline may have this file read; one that is not there may be. */
    public static boolean mayRead(Path path) {
        try {
            return reach.test(path.toRealPath());
        } catch (IOException notThere) {
            return true;
        }
    }

    /**
     * Says where files are now that have been moved since somebody wrote their paths down (a job was renamed); a path that was not moved
     * is answered as it is. Asked only for paths where there is nothing any more.
     */
    public static void follow(UnaryOperator<Path> where) {
        movedTo = where;
    }

    /** A URI that was written down earlier, as it is now. */
    public static String current(String uri) {
        UnaryOperator<Path> moved = movedTo;
        Path path = moved == null || uri == null ? null : path(uri);
        if (path == null || Files.exists(path)) {
            return uri;
        }
        Path now = moved.apply(path);
        return now.equals(path) ? uri : now.toString();
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
