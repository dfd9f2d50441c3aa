package io.jenkins.plugins.kubeflow.engine.process;

import io.jenkins.plugins.kubeflow.engine.ir.ExecutorSpec;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.task.PythonComponent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Starts the parents of steps before the first step asks for them: it would wait for as long as several steps take. Which Python
 * environments a pipeline's file needs is noted by the file's content, so that the next run can begin while the file is being read. A
 * note that is wrong or gone costs or saves time, nothing else. Blocks; called on an I/O thread.
 */
final class EarlyStart {
    private static final String COMMANDS = "commands ";
    private static final String COMPONENTS = "components ";

    private final PythonEnvironments environments;
    private final StepParents parents;
    private final ProcessOptions options;
    private final Path notes;

    EarlyStart(PythonEnvironments environments, StepParents parents, ProcessOptions options) {
        this.environments = environments;
        this.parents = parents;
        this.options = options;
        this.notes = options.environmentsDirectory().toAbsolutePath().resolve("notes");
    }

    /** Starts what the file's pipeline needed the last time. */
    void recall(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return; // from a pipe it can be read only once
        }
        List<String> needs;
        try {
            needs = Files.readAllLines(note(file));
        } catch (NoSuchFileException firstTime) {
            return;
        }
        for (String need : needs) {
            Path python = Path.of(need.substring(need.indexOf(' ') + 1));
            if (Files.isExecutable(python)) {
                parents.get(python, need.startsWith(COMPONENTS) ? StepPreparation.EXECUTOR : null);
            }
        }
    }

    /** Starts what the pipeline needs; {@code file}: where it was read from, to note it, or null. */
    void startAll(PipelineSpec spec, PythonInterpreter interpreter, Path file) throws IOException, ProcessException {
        Set<String> needs = new TreeSet<>();
        for (ExecutorSpec executor : spec.executors().values()) {
            if (executor instanceof ExecutorSpec.Container container) {
                PythonComponent component =
                        PythonComponent.of(Stream.concat(container.command().stream(), container.args().stream()).toList());
                if (component == null || !options.warm()) {
                    parents.get(interpreter.executable(), null);
                    needs.add(COMMANDS + interpreter.executable());
                    continue;
                }
                Path python = environments.prepared(interpreter, ProcessRunner.installs(component));
                if (python != null) {
                    parents.get(python, StepPreparation.EXECUTOR);
                    needs.add(COMPONENTS + python);
                }
            }
        }
        if (file != null && Files.isRegularFile(file) && !needs.isEmpty()) {
            write(note(file), needs);
        }
    }

    private static void write(Path note, Set<String> needs) throws IOException {
        List<String> lines = List.copyOf(needs);
        if (Files.exists(note) && Files.readAllLines(note).equals(lines)) {
            return;
        }
        Files.createDirectories(note.getParent());
        Path fresh = note.resolveSibling(UUID.randomUUID() + ".tmp");
        Files.write(fresh, lines);
        Files.move(fresh, note, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path note(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String choice = options.warm() + "\n" + options.python() + "\n" + System.getenv("PATH") + "\n";
            digest.update(choice.getBytes(StandardCharsets.UTF_8));
            digest.update(Files.readAllBytes(file));
            return notes.resolve(HexFormat.of().formatHex(digest.digest(), 0, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }
}
