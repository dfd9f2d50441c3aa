package io.jenkins.plugins.kubeflow.engine.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.artifact.LocalImporting;
import io.jenkins.plugins.kubeflow.engine.graph.GraphOptions;
import io.jenkins.plugins.kubeflow.engine.run.Plan;
import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import io.jenkins.plugins.kubeflow.engine.run.RunLog;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plan FILE}: what would run, what would come from the cache and why, what would be skipped; nothing is started or written. */
@Command(name = "plan", description = "Says what a run would do, before anything runs.", mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "A compiled pipeline.")
    private Path file;

    @Mixin
    private ParameterOptions parameters;

    @Mixin
    private ArtifactOptions artifacts;

    @Mixin
    private StoreOptions stores;

    @Option(names = "--cache", paramLabel = "DIR", description = "Where results of earlier runs are kept.")
    private Path cache;

    @Option(names = "--no-cache", description = "Plan a run that uses no cache.")
    private boolean noCache;

    @Option(names = "--json", description = "Print a JSON document instead of lines.")
    private boolean json;

    @Override
    public Integer call() throws IOException, BadInputException {
        SpecFile spec = SpecFile.read(file);
        Map<String, JsonNode> values = parameters.resolve(spec.spec(), Map.of());
        Map<String, List<Artifact>> artifacts = this.artifacts.resolve(spec.spec());
        RunDirectory nowhere = new RunDirectory(Path.of("plan").toAbsolutePath());
        RunRecord record = new RunRecord(
                "plan", "plan", spec.spec().name(), spec.name(), values, artifacts, nowhere.artifacts().toString(), nowhere.workspace().toString(),
                Instant.now(), null, 0, !noCache, GraphOptions.DEFAULT, Map.of());
        RunnerOptions options = new RunnerOptions();
        options.cache = cache;
        options.stores = stores;
        List<Plan.Line> lines = Plan.of(spec.spec(), record, nowhere, Services.cache(options), new LocalImporting(options.stores.reader()));
        if (json) {
            System.out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(document(spec, values, lines)));
        } else {
            lines.forEach(line -> System.out.println(String.format(
                    "%-6s %s%s", line.action().name().toLowerCase(Locale.ROOT), RunLog.printable(line.path()),
                    line.why() == null || line.why().isEmpty() ? "" : ": " + RunLog.printable(line.why()))));
        }
        return Main.SUCCEEDED;
    }

    private static ObjectNode document(SpecFile spec, Map<String, JsonNode> values, List<Plan.Line> lines) {
        ObjectNode document = new ObjectMapper().createObjectNode();
        document.put("pipeline", spec.spec().name());
        document.putObject("parameters").setAll(values);
        ArrayNode tasks = document.putArray("tasks");
        for (Plan.Line line : lines) {
            ObjectNode task = tasks.addObject();
            task.put("path", line.path());
            task.put("kind", line.kind().json());
            task.put("action", line.action().name());
            task.put("why", line.why());
            if (line.explanation() != null) {
                task.set("cache", line.explanation());
            }
        }
        return document;
    }
}
