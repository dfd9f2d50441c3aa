package io.jenkins.plugins.kubeflow.engine.cli;

import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ReadResult;
import io.jenkins.plugins.kubeflow.engine.ir.SpecReader;
import io.jenkins.plugins.kubeflow.engine.run.RunLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A pipeline file given on the command line: its bytes as they are, and what they mean. */
record SpecFile(String name, byte[] bytes, PipelineSpec spec) {

    /** @throws BadInputException with all problems of the file */
    static SpecFile read(Path file) throws BadInputException {
        ReadResult result;
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
            result = SpecReader.read(bytes, file.getFileName().toString());
        } catch (java.nio.file.NoSuchFileException e) {
            throw new BadInputException(file + ": no such file");
        } catch (IOException e) {
            throw new BadInputException(file + ": cannot be read: " + Main.sentence(e));
        }
        if (!result.problems().isEmpty()) {
            throw new BadInputException(result.problems().stream().map(Object::toString).toList());
        }
        result.warnings().forEach(warning -> System.err.println("warning: " + RunLog.printable(warning.toString())));
        return new SpecFile(file.getFileName().toString(), bytes, result.spec());
    }
}
