package io.jenkins.plugins.kubeflow.engine.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Begins a new round of a run that has ended: journal, record, spec and result of the earlier round move to {@code rounds/N}, and the
 * directory is ready for {@link RunEngine#create} again. Logs, artifacts and attempts of earlier rounds stay where they are.
 */
public final class Retry {
    private Retry() {}

    /** The earlier parameters as far as the (changed) pipeline still has them. */
    public static Map<String, JsonNode> carryOver(Map<String, JsonNode> earlier, PipelineSpec spec) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        earlier.forEach((name, value) -> {
            if (spec.root().inputParameters().containsKey(name) && !value.isNull()) {
                values.put(name, value);
            }
        });
        return values;
    }

    public static RunRecord begin(
            RunDirectory directory, RunRecord earlier, PipelineSpec spec, byte[] specBytes, String specName, Map<String, JsonNode> parameters)
            throws IOException {
        Path archive = directory.round(earlier.round());
        Files.createDirectories(archive);
        copy(directory.record(), archive);
        copy(directory.path().resolve(earlier.specFile()), archive);
        move(directory.result(), archive);
        move(directory.journal(), archive);
        String file = RunSetup.specFile(specName);
        Files.write(directory.path().resolve(file), specBytes);
        RunRecord record = earlier.withRound(earlier.round() + 1, file, spec.name(), parameters);
        record.write(directory);
        return record;
    }

    /**
     * Takes back a {@link #begin} that a kill has cut short: the journal has gone to its round already, but the record is still that
     * round's. Only for who holds the run's lock; does nothing to any other run.
     */
    public static void undoHalf(RunDirectory directory) throws IOException {
        if (Files.exists(directory.journal()) || !Files.isRegularFile(directory.record())) {
            return;
        }
        RunRecord record = RunRecord.read(directory);
        RunDirectory archive = new RunDirectory(directory.round(record.round()));
        if (Files.exists(archive.journal())) {
            copy(archive.path().resolve(record.specFile()), directory.path());
            move(archive.result(), directory.path());
            move(archive.journal(), directory.path());
        }
    }

    private static void copy(Path file, Path directory) throws IOException {
        Files.copy(file, directory.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }

    private static void move(Path file, Path directory) throws IOException {
        if (Files.exists(file)) {
            Files.move(file, directory.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
