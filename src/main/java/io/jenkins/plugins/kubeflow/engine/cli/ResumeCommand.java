package io.jenkins.plugins.kubeflow.engine.cli;

import io.jenkins.plugins.kubeflow.engine.run.RetryReuse;
import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code resume DIR}: goes on with a run whose engine was stopped or killed. */
@Command(name = "resume", description = "Goes on with a run that was interrupted.", mixinStandardHelpOptions = true)
final class ResumeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The run directory.")
    private Path directory;

    @Mixin
    private RunnerOptions options;

    @Override
    public Integer call() throws Exception {
        RunDirectory run = StoredRun.directory(directory);
        StoredRun.recover(run);
        RunRecord record = StoredRun.record(run);
        Path file = run.path().resolve(record.specFile());
        options.prepare(file);
        SpecFile spec = SpecFile.read(file);
        options.prepare(spec.spec(), file);
        try (RunSession session = new RunSession(run, options)) {
            return session.run(record, spec.spec(), true, RetryReuse.ofRound(run, record, Services.cache(options)));
        }
    }
}
