package io.jenkins.plugins.kubeflow.engine.process;

import io.jenkins.plugins.kubeflow.engine.run.AttemptResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Builds one environment in place (its scripts name their own path), alone among the threads of this JVM and among all JVMs: a lock
 * file stands beside it. Whoever waited finds it built.
 */
record EnvironmentBuild(Path environment, PythonInterpreter interpreter, List<List<String>> installs) {
    private static final Map<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();
    private static final int LAST_LINES = 8;

    static Path marker(Path environment) {
        return environment.resolve("complete");
    }

    /** Blocks until the environment is there; lines of pip's progress go to {@code progress}. */
    void run(Consumer<String> progress) throws IOException, InterruptedException, ProcessException {
        Files.createDirectories(environment.getParent());
        ReentrantLock threads = LOCKS.computeIfAbsent(environment, path -> new ReentrantLock());
        threads.lockInterruptibly();
        try (FileChannel file = FileChannel.open(
                        environment.resolveSibling(environment.getFileName() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock processes = file.lock()) {
            if (!Files.exists(marker(environment))) {
                build(progress);
            }
        } finally {
            threads.unlock();
        }
    }

    private void build(Consumer<String> progress) throws IOException, InterruptedException, ProcessException {
        delete(environment);
        boolean complete = false;
        try {
            create(progress);
            for (List<String> install : installs) {
                List<String> command = new ArrayList<>(List.of(
                        environment.resolve("bin").resolve("python").toString(), "-m", "pip", "install",
                        "--disable-pip-version-check", "--no-input", "--no-warn-script-location", "--progress-bar", "off"));
                command.addAll(install);
                execute(command, progress, "pip could not install the component's packages");
            }
            Files.writeString(marker(environment), String.join("\n", installs.stream().map(Object::toString).toList()) + "\n");
            complete = true;
        } finally {
            if (!complete) {
                delete(environment);
            }
        }
    }

    private void create(Consumer<String> progress) throws IOException, InterruptedException, ProcessException {
        String program;
        try (InputStream in = EnvironmentBuild.class.getResourceAsStream("make_environment.py")) {
            program = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        List<String> command = new ArrayList<>(List.of(interpreter.executable().toString(), "-c", program, environment.toString()));
        command.addAll(interpreter.packages());
        execute(command, progress, "a virtual environment cannot be made with " + interpreter.executable());
    }

    private void execute(List<String> command, Consumer<String> progress, String failure)
            throws IOException, InterruptedException, ProcessException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).directory(environment.getParent().toFile());
        builder.environment().keySet().removeIf(name -> name.equals("PYTHONHOME") || name.equals("VIRTUAL_ENV"));
        Process process = builder.start();
        Deque<String> last = new ArrayDeque<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            process.getOutputStream().close();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    if (last.size() == LAST_LINES) {
                        last.removeFirst();
                    }
                    last.addLast(line.strip());
                    progress.accept(line.strip());
                }
            }
            int status = process.waitFor();
            if (status != 0) {
                String words = String.join("\n", last);
                String message = failure + " (exit code " + status + "): " + String.join(" / ", last);
                throw fault(words) == AttemptResult.Outcome.USER_FAILED
                        ? ProcessException.user(message)
                        : ProcessException.platform(message);
            }
        } finally {
            process.destroy();
        }
    }

    /** What cannot be resolved today cannot be resolved by trying again. */
    private static AttemptResult.Outcome fault(String output) {
        boolean unreachable = output.contains("connection") || output.contains("Retrying") || output.contains("timed out");
        boolean unknown = output.contains("No matching distribution") || output.contains("ResolutionImpossible")
                || output.contains("Invalid requirement") || output.contains("subprocess-exited-with-error");
        return unknown && !unreachable ? AttemptResult.Outcome.USER_FAILED : AttemptResult.Outcome.PLATFORM_FAILED;
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path path : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
