package io.jenkins.plugins.kubeflow.engine.cli;

import io.jenkins.plugins.kubeflow.engine.report.DirectorySource;
import io.jenkins.plugins.kubeflow.engine.report.OtherRuns;
import io.jenkins.plugins.kubeflow.engine.report.ShownFiles;
import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code watch DIR}: serves the page of a run, also of one that another process carries on. */
@Command(name = "watch", description = "Serves a run's live page on this machine.", mixinStandardHelpOptions = true)
final class WatchCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The run directory.")
    private Path directory;

    @Mixin
    private PortOption port;

    @Mixin
    private StoreOptions stores;

    @Option(names = "--open", description = "Open the page in a browser.")
    private boolean open;

    @Override
    public Integer call() throws IOException, InterruptedException, BadInputException {
        RunDirectory run = StoredRun.directory(directory);
        RunRecord record = StoredRun.record(run);
        SpecFile spec = SpecFile.read(run.path().resolve(record.specFile()));
        DirectorySource source = new DirectorySource(run, record, spec.spec(), ShownFiles.all().with(stores.reader()), OtherRuns.beside(run));
        try (LivePage page = LivePage.serve(source, port, open)) {
            page.serveForever();
        }
        return Main.SUCCEEDED;
    }
}
