package io.jenkins.plugins.kubeflow.engine.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.graph.GraphOptions;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Lays out the directory of a new run: the spec as it was given, byte for byte, and {@code run.json}. Everything is checked before
 * anything is written.
 */
public final class RunSetup {
    private final Path directory;
    private String runId = UUID.randomUUID().toString();
    private String name;
    private String pipelineRoot;
    private String workspacePath;
    private Instant scheduled;
    private boolean cacheEnabled = true;
    private GraphOptions graph = GraphOptions.DEFAULT;
    private Map<String, List<Artifact>> artifacts = Map.of();
    private final Map<String, String> environment = new LinkedHashMap<>();

    public RunSetup(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    public RunSetup runId(String id) {
        runId = id;
        return this;
    }

    public RunSetup name(String runName) {
        name = runName;
        return this;
    }

    /** Complete and checked, see InputArtifacts. */
    public RunSetup artifacts(Map<String, List<Artifact>> given) {
        artifacts = given;
        return this;
    }

    /** A directory or URI below which the run gets its own {@code pipeline/run-id}; null for the run directory's {@code artifacts}. */
    public RunSetup pipelineRoot(String root) {
        pipelineRoot = root;
        return this;
    }

    /** What {{$.workspace_path}} stands for where steps run; null for the run directory's {@code workspace}. */
    public RunSetup workspacePath(String path) {
        workspacePath = path;
        return this;
    }

    public RunSetup scheduled(Instant at) {
        scheduled = at;
        return this;
    }

    public RunSetup cacheEnabled(boolean enabled) {
        cacheEnabled = enabled;
        return this;
    }

    public RunSetup graph(GraphOptions options) {
        graph = options;
        return this;
    }

    public RunSetup environment(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /**
     * @param parameters complete and checked, see RunParameters
     * @throws IOException also when the directory holds a run already
     */
    public RunRecord write(PipelineSpec spec, byte[] specBytes, String specName, Map<String, JsonNode> parameters, Instant now)
            throws IOException {
        RunDirectory run = new RunDirectory(directory);
        if (Files.exists(run.record())) {
            throw new IOException("‘" + directory + "’ holds a run already; name another directory, or resume or retry that run");
        }
        Files.createDirectories(directory);
        String file = specFile(specName);
        Files.write(directory.resolve(file), specBytes);
        RunRecord record = new RunRecord(
                runId,
                name != null ? name : spec.name() + " " + now.toString().substring(0, 19).replace('T', ' '),
                spec.name(),
                file,
                parameters,
                artifacts,
                root(spec),
                workspacePath != null ? workspacePath : run.workspace().toString(),
                now,
                scheduled,
                0,
                cacheEnabled,
                graph,
                environment);
        record.write(run);
        return record;
    }

    private String root(PipelineSpec spec) {
        if (pipelineRoot == null) {
            return new RunDirectory(directory).artifacts().toString();
        }
        String root = pipelineRoot.endsWith("/") ? pipelineRoot.substring(0, pipelineRoot.length() - 1) : pipelineRoot;
        return root + "/" + spec.name() + "/" + runId;
    }

    /** Keeps the ending, because it tells a package from YAML to whoever looks into the directory. */
    public static String specFile(String specName) {
        String lower = specName.toLowerCase(java.util.Locale.ROOT);
        for (String ending : new String[] {".json", ".zip", ".tar.gz", ".tgz"}) {
            if (lower.endsWith(ending)) {
                return "pipeline" + ending;
            }
        }
        return "pipeline.yaml";
    }
}
