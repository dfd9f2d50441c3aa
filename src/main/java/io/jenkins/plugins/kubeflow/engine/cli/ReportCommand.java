package io.jenkins.plugins.kubeflow.engine.cli;

import io.jenkins.plugins.kubeflow.engine.report.ReportWriter;
import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code report DIR}: writes the run's report, one HTML file. */
@Command(name = "report", description = "Writes a run's report: one HTML file to open in a browser.", mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The run directory.")
    private Path directory;

    @Option(names = {"--out", "--report"}, paramLabel = "FILE", description = "The file (default: report.html in the run directory).")
    private Path out;

    @Mixin
    private StoreOptions stores;

    @Override
    public Integer call() throws IOException, BadInputException {
        RunDirectory run = StoredRun.directory(directory);
        Path file = out != null ? out : run.path().resolve("report.html");
        write(run, file, stores);
        System.out.println(file);
        return Main.SUCCEEDED;
    }

    static void write(RunDirectory run, Path file, StoreOptions stores) throws IOException, BadInputException {
        RunRecord record = StoredRun.record(run);
        SpecFile spec = SpecFile.read(run.path().resolve(record.specFile()));
        ReportWriter.write(run, record, spec.spec(), file, stores.reader());
    }
}
