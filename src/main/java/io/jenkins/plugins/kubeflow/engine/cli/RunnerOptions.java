package io.jenkins.plugins.kubeflow.engine.cli;

import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.process.ProcessOptions;
import io.jenkins.plugins.kubeflow.engine.process.ProcessRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How tasks are carried out; the same for every command that runs something. */
final class RunnerOptions {
    enum Kind {
        PROCESS,
        KUBERNETES
    }

    @Option(names = "--runner", description = "Where tasks run: process (default) or kubernetes.")
    Kind kind = Kind.PROCESS;

    @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
    private CommandLine.Model.CommandSpec command;

    private Integer parallelism;

    @Option(names = "--cache", paramLabel = "DIR", description = "Where results of earlier runs are kept (default: in the user's cache directory).")
    Path cache;

    @Option(names = "--python", paramLabel = "PATH", description = "The Python that environments are made from (default: python3).")
    Path python;

    @Option(names = "--no-warm", description = "Start a fresh Python interpreter for every step.")
    boolean cold;

    @Option(names = "--offline", description = "Use only Python environments that are prepared already.")
    boolean offline;

    @Mixin
    ClusterOptions cluster;

    @Mixin
    StoreOptions stores = new StoreOptions();

    @Option(names = "--result", paramLabel = "FILE", description = "Write the result document there as well.")
    Path result;

    @Option(names = "--report", paramLabel = "FILE", description = "Write a report to open in a browser.")
    Path report;

    @Option(names = "--quiet", description = "Print nothing but errors.")
    boolean quiet;

    @Option(names = "--watch", description = "Serve the run's live page on this machine while it runs.")
    boolean watch;

    @Mixin
    PortOption port;

    @Option(names = "--open", description = "Open the live page in a browser.")
    boolean open;

    private ProcessRunner prepared;

    @Option(names = "--parallelism", paramLabel = "N", description = "How many tasks run at once (default: the number of processors; 50 on a cluster).")
    void parallelism(int tasks) {
        if (tasks < 1) {
            throw new CommandLine.ParameterException(command.commandLine(), "--parallelism must be at least 1, got " + tasks);
        }
        parallelism = tasks;
    }

    /** Begins to start what local processes will need, while the pipeline is still being read. */
    void prepare(Path file) throws BadInputException {
        if (python != null && python.getNameCount() > 1 && !Files.isExecutable(python)) {
            throw new BadInputException("--python ‘" + python + "’: there is no such program");
        }
        writable("--result", result);
        writable("--report", report);
        if (kind == Kind.PROCESS) {
            prepared = processes();
            prepared.prepare(file);
        }
    }

    /** What is written at the end is looked at before anything starts: hours of work must not end with a mistyped directory. */
    private static void writable(String option, Path file) throws BadInputException {
        if (file == null) {
            return;
        }
        Path directory = file.toAbsolutePath().normalize().getParent();
        if (Files.isDirectory(file)) {
            throw new BadInputException(option + " ‘" + file + "’ is a directory; name a file");
        } else if (directory == null || !Files.isDirectory(directory)) {
            throw new BadInputException(option + " ‘" + file + "’: there is no directory ‘" + directory + "’; make it first");
        } else if (!Files.isWritable(Files.exists(file) ? file : directory)) {
            throw new BadInputException(option + " ‘" + file + "’ may not be written");
        }
    }

    /** The pipeline has been read: begins to start what its steps need. */
    void prepare(PipelineSpec spec, Path file) {
        if (prepared != null) {
            prepared.prepare(spec, file);
        }
    }

    ProcessRunner processes() throws BadInputException {
        if (prepared != null) {
            return prepared;
        }
        return new ProcessRunner(ProcessOptions.defaults()
                .withPython(python)
                .withEnvironmentsDirectory(CacheDirectories.base().resolve("envs"))
                .withWarm(!cold)
                .withOffline(offline)
                .withStore(stores.reader()));
    }

    int permits() {
        if (parallelism != null) {
            return parallelism;
        }
        return kind == Kind.KUBERNETES ? 50 : Math.max(2, Runtime.getRuntime().availableProcessors());
    }

    Path cacheDirectory() {
        return cache != null ? cache : CacheDirectories.base().resolve("results");
    }
}
