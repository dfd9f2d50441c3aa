package io.jenkins.plugins.kubeflow.engine.cli;

import io.jenkins.plugins.kubeflow.engine.artifact.LocalFiles;
import io.jenkins.plugins.kubeflow.engine.run.Retry;
import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import io.jenkins.plugins.kubeflow.engine.run.RunLock;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A run directory named on the command line. */
final class StoredRun {
    private StoredRun() {}

    static RunDirectory directory(Path path) throws BadInputException {
        if (!Files.isDirectory(path)) {
            throw new BadInputException("‘" + path + "’: no such run directory");
        }
        return new RunDirectory(path.toAbsolutePath().normalize());
    }

    /** For whoever is going to carry the run on: puts right what a kill in the midst of a retry's first steps has left. */
    static void recover(RunDirectory directory) throws BadInputException {
        if (Files.exists(directory.journal()) || !Files.isDirectory(directory.round(0))) {
            return;
        }
        try (RunLock lock = RunLock.take(directory)) {
            Retry.undoHalf(directory);
        } catch (IOException e) {
            throw new BadInputException(Main.sentence(e));
        }
    }

    /** Also when the directory has been moved: its artifacts are found where they are now. */
    static RunRecord record(RunDirectory directory) throws BadInputException {
        try {
            RunRecord record = RunRecord.read(directory);
            Path before = RunRecord.movedFrom(directory);
            if (before != null) {
                LocalFiles.follow(path -> path.startsWith(before) ? directory.path().resolve(before.relativize(path)) : path);
            }
            return record;
        } catch (IOException e) {
            throw new BadInputException(Main.sentence(e));
        }
    }
}
