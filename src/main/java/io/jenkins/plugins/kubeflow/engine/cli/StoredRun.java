package io.jenkins.plugins.kubeflow.engine.cli;

import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
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

    static RunRecord record(RunDirectory directory) throws BadInputException {
        try {
            return RunRecord.read(directory);
        } catch (IOException e) {
            throw new BadInputException(Main.sentence(e));
        }
    }
}
