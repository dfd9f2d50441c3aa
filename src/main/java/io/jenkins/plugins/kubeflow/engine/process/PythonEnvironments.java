package io.jenkins.plugins.kubeflow.engine.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Virtual environments, one per interpreter and list of {@code pip install} calls, prepared once and kept in a directory that many
 * processes may share. An environment counts only when its marker file is there, which is written last; what a crash or a failed build
 * left behind is built anew.
 */
final class PythonEnvironments implements AutoCloseable {
    private static final int FORMAT = 1;

    private final Path directory;
    private final boolean offline;
    private final Map<Path, Build> builds = new ConcurrentHashMap<>();
    private final ExecutorService builders = Executors.newFixedThreadPool(2, task -> {
        Thread thread = new Thread(task, "kubeflow-environment");
        thread.setDaemon(true);
        return thread;
    });

    /** An environment being built, and everybody who wants to hear how far it is. */
    private static final class Build {
        final CompletableFuture<Path> result = new CompletableFuture<>();
        final List<Consumer<String>> watchers = new java.util.concurrent.CopyOnWriteArrayList<>();
    }

    PythonEnvironments(Path directory, boolean offline) {
        this.directory = directory;
        this.offline = offline;
    }

    /**
     * The environment's interpreter: at once when it is prepared, else when it has been built. Fails with a {@link ProcessException}.
     * {@code installs}: the arguments of each {@code pip install}, in order. {@code progress} gets sentences from any thread.
     */
    CompletableFuture<Path> prepare(PythonInterpreter interpreter, List<List<String>> installs, Consumer<String> progress) {
        Path environment = directory.resolve(key(interpreter, installs));
        Path python = environment.resolve("bin").resolve("python");
        if (prepared(interpreter, installs) != null) {
            return CompletableFuture.completedFuture(python);
        }
        String title = "preparing the Python environment (" + summary(installs) + ")";
        if (offline) {
            return CompletableFuture.failedFuture(ProcessException.impossible("the Python environment (" + summary(installs)
                    + ") is not prepared yet and --offline forbids to install it. Leave out --offline"));
        }
        progress.accept(title);
        Build build = builds.computeIfAbsent(environment, path -> {
            Build fresh = new Build();
            fresh.watchers.add(progress);
            builders.execute(() -> run(fresh, new EnvironmentBuild(path, interpreter, installs), title));
            return fresh;
        });
        if (!build.watchers.contains(progress)) {
            build.watchers.add(progress);
        }
        return build.result.thenApply(done -> python);
    }

    /** The environment's interpreter if it is prepared already, else null. */
    Path prepared(PythonInterpreter interpreter, List<List<String>> installs) {
        Path environment = directory.resolve(key(interpreter, installs));
        Path python = environment.resolve("bin").resolve("python");
        return Files.exists(EnvironmentBuild.marker(environment)) && Files.exists(python) ? python : null;
    }

    private void run(Build build, EnvironmentBuild work, String title) {
        try {
            work.run(line -> build.watchers.forEach(watcher -> watcher.accept(title + ": " + line)));
            builds.remove(work.environment());
            build.result.complete(work.environment());
        } catch (ProcessException e) {
            builds.remove(work.environment());
            build.result.completeExceptionally(e);
        } catch (IOException | RuntimeException e) {
            builds.remove(work.environment());
            build.result.completeExceptionally(ProcessException.platform(
                    "the Python environment (" + summary(work.installs()) + ") cannot be prepared in " + directory + ": " + e));
        } catch (InterruptedException e) {
            builds.remove(work.environment());
            build.result.completeExceptionally(ProcessException.platform("preparing the Python environment was interrupted"));
        }
    }

    private static String key(PythonInterpreter interpreter, List<List<String>> installs) {
        StringBuilder text = new StringBuilder().append(FORMAT).append('\n');
        text.append(interpreter.executable()).append('\n').append(interpreter.version()).append('\n');
        text.append(interpreter.packages()).append('\n');
        for (List<String> install : installs) {
            install.forEach(word -> text.append(word.length()).append(' ').append(word).append('\n'));
            text.append('\n');
        }
        try {
            byte[] sha = MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return "py" + interpreter.version() + "-" + HexFormat.of().formatHex(sha, 0, 10);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The packages asked for, without options and conditions. */
    private static String summary(List<List<String>> installs) {
        List<String> names = installs.stream()
                .flatMap(List::stream)
                .filter(word -> !word.startsWith("-") && !word.contains(";") && !word.contains("://"))
                .distinct()
                .toList();
        return names.size() <= 4 ? String.join(", ", names) : String.join(", ", names.subList(0, 4)) + ", …";
    }

    @Override
    public void close() {
        builders.shutdownNow();
    }
}
