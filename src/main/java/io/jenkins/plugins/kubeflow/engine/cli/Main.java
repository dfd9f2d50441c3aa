package io.jenkins.plugins.kubeflow.engine.cli;

import io.jenkins.plugins.kubeflow.engine.run.RunLog;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: runs pipelines without Jenkins. Exit status and options are a contract, see docs/cli.md. */
@Command(
        name = "kubeflow-pipelines-engine",
        description = "Runs compiled Kubeflow pipelines on this machine or on a cluster.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            RunCommand.class,
            ResumeCommand.class,
            RetryCommand.class,
            CleanCommand.class,
            WatchCommand.class,
            PlanCommand.class,
            ValidateCommand.class,
            GraphCommand.class,
            ReplayCommand.class,
            ReportCommand.class,
            CacheCommand.class,
            WarmUpCommand.class
        })
public final class Main implements Runnable {
    static final int SUCCEEDED = 0;
    static final int FAILED = 1;
    static final int BAD_INPUT = 2;
    static final int BROKEN = 3;
    static final int CANCELED = 130;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "name a command");
    }

    public static void main(String[] args) {
        speakUtf8();
        System.exit(execute(args));
    }

    /** With LC_ALL=C Java would print question marks for the quotes of messages; terminals read UTF-8 all the same. */
    private static void speakUtf8() {
        if ("ANSI_X3.4-1968".equals(System.getProperty("sun.jnu.encoding"))) {
            System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        }
    }

    static int execute(String... args) {
        CommandLine line = new CommandLine(new Main());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((error, arguments) -> {
            String command = error.getCommandLine().getCommandSpec().qualifiedName();
            System.err.println(RunLog.printable(sentence(error)) + " (" + command + " --help tells more)");
            return BAD_INPUT;
        });
        line.setExecutionExceptionHandler((error, command, result) -> {
            if (error instanceof BadInputException bad) {
                bad.problems().forEach(problem -> System.err.println(RunLog.printable(problem)));
                return BAD_INPUT;
            }
            System.err.println("error: " + RunLog.printable(sentence(error)));
            if (System.getenv("KFP_DEBUG") != null) {
                error.printStackTrace();
            }
            return BROKEN;
        });
        return line.execute(args);
    }

    /** A cause in words; exceptions without a message at least say what they are. */
    static String sentence(Throwable error) {
        if (error instanceof NoSuchFileException missing) {
            return "‘" + missing.getFile() + "’: no such file or directory";
        } else if (error instanceof AccessDeniedException denied) {
            return "‘" + denied.getFile() + "’: permission denied";
        } else if (error instanceof FileAlreadyExistsException present) {
            return "‘" + present.getFile() + "’ is there already and is not a directory";
        }
        return error.getMessage() != null ? error.getMessage() : error.getClass().getSimpleName();
    }
}
