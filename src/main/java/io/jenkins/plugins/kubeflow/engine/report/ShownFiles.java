package io.jenkins.plugins.kubeflow.engine.report;

import io.jenkins.plugins.kubeflow.engine.artifact.LocalFiles;
import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import io.jenkins.plugins.kubeflow.engine.store.ArtifactStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which files of this machine a page shows as artifacts. An artifact's URI is what a pipeline or a step says it is: on a server it must
 * not reach what does not belong to a run ({@code file:///etc/passwd}, a link out of the run). Thread-safe.
 */
public final class ShownFiles {
    private final RunDirectory run;
    private final Path home;
    private final ArtifactStore store;

    private ShownFiles(RunDirectory run, Path home, ArtifactStore store) {
        this.run = run;
        this.home = home;
        this.store = store;
    }

    /** Everything: for a person who looks at runs of their own on their own machine. */
    public static ShownFiles all() {
        return new ShownFiles(null, null, ArtifactStore.NONE);
    }

    /** What the run itself wrote or was given; for a task from the cache also what another run below {@code home} wrote. */
    public static ShownFiles ofRun(RunDirectory run, Path home) {
        return new ShownFiles(run, home, ArtifactStore.NONE);
    }

    /** The same, with what a store holds; the store itself says what of it may be read. */
    public ShownFiles with(ArtifactStore reader) {
        return new ShownFiles(run, home, reader);
    }

    ArtifactStore store() {
        return store;
    }

    /** The local file of a URI if it exists and may be shown, else null. */
    public Path path(String uri, boolean cached) {
        return shown(LocalFiles.path(uri), cached);
    }

    /** A file inside a directory artifact; null when there is none, or when the name leads out of the directory. */
    static Path inside(Path directory, String relative) {
        if (directory == null || relative.isEmpty()) {
            return directory;
        }
        try {
            Path file = directory.resolve(relative).toRealPath();
            return file.startsWith(directory.toRealPath()) ? file : null;
        } catch (IOException | IllegalArgumentException notThere) {
            return null;
        }
    }

    private Path shown(Path path, boolean cached) {
        if (path == null || run == null) {
            return path;
        }
        try {
            Path real = path.toRealPath();
            boolean own = below(real, run.artifacts()) || below(real, run.inputs()) || below(real, run.workspace());
            return own || cached && ofAnotherRun(real) ? real : null;
        } catch (IOException notThere) {
            return null;
        }
    }

    private static boolean below(Path real, Path root) throws IOException {
        return Files.exists(root) && real.startsWith(root.toRealPath());
    }

    private boolean ofAnotherRun(Path real) throws IOException {
        Path root = home.toRealPath();
        for (Path at = real.getParent(); at != null && at.startsWith(root) && !at.equals(root); at = at.getParent()) {
            RunDirectory other = new RunDirectory(at);
            if (Files.exists(other.record()) && Files.exists(other.journal())) {
                return below(real, other.artifacts());
            }
        }
        return false;
    }
}
