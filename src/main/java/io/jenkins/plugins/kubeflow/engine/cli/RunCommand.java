package io.jenkins.plugins.kubeflow.engine.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.graph.GraphOptions;
import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import io.jenkins.plugins.kubeflow.engine.run.RunSetup;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run FILE}: checks everything first, writes the run directory, runs. */
@Command(name = "run", description = "Runs a compiled pipeline.", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "A compiled pipeline or component (YAML, JSON, zip, tar.gz).")
    private Path file;

    @Mixin
    private ParameterOptions parameters;

    @Mixin
    private ArtifactOptions artifacts;

    @Mixin
    private RunnerOptions options;

    @Option(names = "--out", paramLabel = "DIR", description = "The run directory (default: runs/NAME-TIME in the current directory).")
    private Path out;

    @Option(names = "--name", description = "The run's name.")
    private String name;

    @Option(names = "--no-cache", description = "Run every task, whatever the pipeline says about caching.")
    private boolean noCache;

    @Option(names = "--pipeline-root", paramLabel = "URI", description = "Where artifacts go (default: the run directory).")
    private String pipelineRoot;

    @Option(names = "--mlmd-states", description = "Hand exit tasks the state names of KFP's server (COMPLETE) instead of the documented ones (SUCCEEDED).")
    private boolean mlmdStates;

    @Override
    public Integer call() throws Exception {
        options.prepare(file);
        SpecFile spec = SpecFile.read(file);
        options.prepare(spec.spec(), file);
        Map<String, JsonNode> values = parameters.resolve(spec.spec(), Map.of());
        Map<String, List<Artifact>> given = artifacts.resolve(spec.spec());
        String root = root();
        Instant now = Instant.now();
        String id = UUID.randomUUID().toString();
        RunDirectory directory = new RunDirectory(outDirectory(spec, now, id));
        RunSetup setup = new RunSetup(directory.path())
                .runId(id)
                .name(name)
                .artifacts(given)
                .cacheEnabled(!noCache)
                .pipelineRoot(root)
                .workspacePath(options.kind == RunnerOptions.Kind.KUBERNETES ? "/kfp-workspace" : null)
                .graph(new GraphOptions(GraphOptions.DEFAULT.platformRetries(), GraphOptions.DEFAULT.platformBackoff(), mlmdStates));
        RunRecord record;
        try {
            record = setup.write(spec.spec(), spec.bytes(), spec.name(), values, now);
        } catch (IOException e) {
            throw new BadInputException(Main.sentence(e));
        }
        try (RunSession session = new RunSession(directory, options)) {
            return session.run(record, spec.spec(), false, Services.cache(options));
        }
    }

    private Path outDirectory(SpecFile spec, Instant now, String id) {
        if (out != null) {
            return out.toAbsolutePath().normalize();
        }
        String time = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC).format(now);
        return Path.of("runs", spec.spec().name() + "-" + time + "-" + id.substring(0, 4)).toAbsolutePath();
    }

    /** Local roots become absolute paths, so that steps find them from wherever they run. */
    private String root() throws BadInputException {
        if (pipelineRoot == null) {
            return null;
        }
        if (pipelineRoot.startsWith("file:")) {
            try {
                return Path.of(URI.create(pipelineRoot)).toAbsolutePath().normalize().toString();
            } catch (IllegalArgumentException | FileSystemNotFoundException e) {
                throw new BadInputException("--pipeline-root ‘" + pipelineRoot + "’ names no directory: " + e.getMessage());
            }
        }
        if (pipelineRoot.contains("://")) {
            return options.stores.root(pipelineRoot, options.kind == RunnerOptions.Kind.KUBERNETES);
        }
        return Path.of(pipelineRoot).toAbsolutePath().normalize().toString();
    }
}
