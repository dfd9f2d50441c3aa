package io.jenkins.plugins.kubeflow.engine.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.ir.ArtifactSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ComponentSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ExecutorSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ParameterSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ParameterType;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult;
import io.jenkins.plugins.kubeflow.engine.run.TaskLaunch;
import io.jenkins.plugins.kubeflow.engine.run.TaskRunner;
import io.jenkins.plugins.kubeflow.engine.task.RunContext;
import io.jenkins.plugins.kubeflow.engine.task.TaskInputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An attempt for tests: builds its launch, and keeps what its runner reported. */
final class PodStep implements TaskRunner.Listener {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    final Path run;
    final CompletableFuture<String> started = new CompletableFuture<>();
    final CompletableFuture<AttemptResult> result = new CompletableFuture<>();
    final LinkedBlockingQueue<String> waits = new LinkedBlockingQueue<>();
    String image = "busybox";
    List<String> command = List.of("sh", "-c", "true");
    List<String> args = List.of();
    ObjectNode platform = NODES.objectNode();
    ObjectNode pipelinePlatform = NODES.objectNode();
    ObjectNode resources = NODES.objectNode();
    String root;
    int attempt = 1;
    final Map<String, JsonNode> parameters = new LinkedHashMap<>();
    final Map<String, List<Artifact>> artifacts = new LinkedHashMap<>();
    final Map<String, ParameterSpec> outputs = new LinkedHashMap<>();
    final Map<String, ArtifactSpec> outputArtifacts = new LinkedHashMap<>();

    PodStep(Path run) {
        this.run = run;
    }

    PodStep image(String value, String... words) {
        image = value;
        command = List.of(words);
        return this;
    }

    PodStep output(String name, ParameterType type) {
        outputs.put(name, new ParameterSpec(type, null, false, List.of(), ""));
        return this;
    }

    PodStep parameter(String name, com.fasterxml.jackson.databind.JsonNode value) {
        parameters.put(name, value);
        return this;
    }

    PodStep parameter(String name, String value) {
        return parameter(name, NODES.textNode(value));
    }

    PodStep outputArtifact(String name) {
        outputArtifacts.put(name, new ArtifactSpec("system.Dataset", null, "0.0.1", false, false, NODES.objectNode(), ""));
        return this;
    }

    PodStep input(String name, Path file) {
        artifacts.put(name, List.of(new Artifact(name, "system.Dataset", null, "0.0.1", file.toString(), NODES.objectNode(), null)));
        return this;
    }

    /** An input that is no file of this machine. */
    PodStep imported(String name, String uri) {
        artifacts.put(name, List.of(new Artifact(name, "system.Dataset", null, "0.0.1", uri, NODES.objectNode(), null)));
        return this;
    }

    PodStep root(String uri) {
        root = uri;
        return this;
    }

    PodStep platform(String json) throws IOException {
        platform = (ObjectNode) new ObjectMapper().readTree(json);
        return this;
    }

    TaskLaunch launch() {
        ComponentSpec component = new ComponentSpec("comp-step", Map.of(), Map.of(), outputs, outputArtifacts, "exec-step", null, List.of());
        ExecutorSpec.Container executor =
                new ExecutorSpec.Container("exec-step", image, command, args, Map.of(), resources, NODES.objectNode());
        RunContext context = new RunContext(
                "run-1", "a run", "pipeline", "pipeline-x", root != null ? root : run.resolve("artifacts").toString(), "/kfp-workspace", Instant.EPOCH, Instant.EPOCH);
        return new TaskLaunch(
                context, "loop[0]/step", "step", "Step", attempt, "run-1/0/loop[0]/step#" + attempt, component, executor,
                new TaskInputs(parameters, artifacts), platform, pipelinePlatform, Map.of(), run, run.resolve("tasks/step/" + attempt),
                run.resolve("logs/step." + attempt + ".log"));
    }

    String podName() {
        return PodNames.pod("step", launch().handle());
    }

    PodStep launchWith(TaskRunner runner) {
        runner.launch(launch(), this);
        return this;
    }

    AttemptResult await() throws Exception {
        return result.get(60, TimeUnit.SECONDS);
    }

    /** Waits until the step says that it waits for something that contains this. */
    void awaitWaiting(String part) throws InterruptedException {
        for (;;) {
            String why = waits.poll(30, TimeUnit.SECONDS);
            if (why == null) {
                throw new AssertionError("it never waited for ‘" + part + "’; it ended with " + result.getNow(null));
            }
            if (why.contains(part)) {
                return;
            }
        }
    }

    String log() throws IOException {
        return Files.readString(launch().log());
    }

    @Override
    public void started(String reference) {
        if (!started.complete(reference)) {
            result.completeExceptionally(new AssertionError("started twice"));
        }
    }

    @Override
    public void waiting(String why) {
        waits.add(String.valueOf(why));
    }

    @Override
    public void impossible(String why) {
        result.completeExceptionally(new IllegalStateException(why));
    }

    @Override
    public void ended(AttemptResult attempt) {
        if (!result.complete(attempt)) {
            throw new AssertionError("ended twice");
        }
    }
}
