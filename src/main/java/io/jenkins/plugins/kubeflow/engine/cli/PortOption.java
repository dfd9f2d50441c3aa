package io.jenkins.plugins.kubeflow.engine.cli;

import io.jenkins.plugins.kubeflow.engine.report.LivePageServer;
import io.jenkins.plugins.kubeflow.engine.report.RunSource;
import java.io.IOException;
import java.net.BindException;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code --port} of a live page. */
final class PortOption {
    private static final int HIGHEST = 65_535;

    @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
    private CommandLine.Model.CommandSpec command;

    private int port;

    @Option(names = "--port", paramLabel = "N", description = "The port of the live page (default: a free one).")
    void port(int number) {
        if (number < 0 || number > HIGHEST) {
            throw new CommandLine.ParameterException(command.commandLine(), "--port must be between 0 and " + HIGHEST + ", got " + number);
        }
        port = number;
    }

    LivePageServer serve(RunSource source) throws IOException, BadInputException {
        try {
            return new LivePageServer(source, port);
        } catch (BindException e) {
            throw new BadInputException("port " + port + " is taken or not allowed (" + e.getMessage() + "); name another with --port, or none for a free one");
        }
    }
}
