package io.jenkins.plugins.kubeflow.engine.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.kubeflow.engine.graph.RunGraph;
import io.jenkins.plugins.kubeflow.engine.run.Replay;
import io.jenkins.plugins.kubeflow.engine.run.Retry;
import io.jenkins.plugins.kubeflow.engine.run.RetryReuse;
import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code retry DIR}: runs again what failed and what depends on it, with the pipeline or parameters changed if wanted. */
@Command(name = "retry", description = "Runs a finished run again from where it failed.", mixinStandardHelpOptions = true)
final class RetryCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The run directory.")
    private Path directory;

    @Option(names = "--spec", paramLabel = "FILE", description = "A changed pipeline; finished tasks that it does not touch are kept.")
    private Path changed;

    @Mixin
    private ParameterOptions parameters;

    @Mixin
    private RunnerOptions options;

    @Override
    public Integer call() throws Exception {
        RunDirectory run = StoredRun.directory(directory);
        StoredRun.recover(run);
        RunRecord earlier = StoredRun.record(run);
        Path oldFile = run.path().resolve(earlier.specFile());
        options.prepare(changed == null ? oldFile : changed);
        SpecFile old = SpecFile.read(oldFile);
        SpecFile spec = changed == null ? old : SpecFile.read(changed);
        if (!spec.spec().name().equals(earlier.pipelineName())) {
            throw new BadInputException("the run is one of pipeline ‘" + earlier.pipelineName() + "’, but ‘" + changed + "’ is pipeline ‘"
                    + spec.spec().name() + "’: a retry goes on with a changed pipeline; start another one with run");
        }
        options.prepare(spec.spec(), changed == null ? oldFile : changed);
        Map<String, JsonNode> values = parameters.resolve(spec.spec(), Retry.carryOver(earlier.parameters(), spec.spec()));
        try (RunSession session = new RunSession(run, options)) {
            RunGraph before = Replay.of(run, earlier, old.spec(), step -> {});
            if (!before.state().isFinal()) {
                throw new BadInputException("the run in ‘" + run.path() + "’ has not ended: resume it, or cancel it first");
            }
            RunRecord record = Retry.begin(run, earlier, spec.spec(), spec.bytes(), spec.name(), new LinkedHashMap<>(values));
            return session.run(record, spec.spec(), false, new RetryReuse(before, run, earlier, Services.cache(options)));
        }
    }
}
