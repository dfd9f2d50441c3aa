package io.jenkins.plugins.kubeflow.engine.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Runs a pipeline that does nothing, so that every class a run needs has been loaded: for making a class-data archive. */
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {
    private static final String COMPONENT = "name: warm up\ninputs:\n- {name: word, type: String, default: x}\n"
            + "implementation:\n  container:\n    image: busybox\n    command: [echo, {inputValue: word}]\n";

    @Override
    public Integer call() throws IOException {
        Path directory = Files.createTempDirectory("warm-up");
        try {
            Path file = directory.resolve("component.yaml");
            Files.write(file, COMPONENT.getBytes(StandardCharsets.UTF_8));
            CommandLine run = new CommandLine(new RunCommand());
            return run.execute(
                    file.toString(), "--out", directory.resolve("run").toString(), "--quiet", "--cache", directory.resolve("cache").toString());
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> list = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : list) {
                Files.deleteIfExists(file);
            }
        }
    }
}
