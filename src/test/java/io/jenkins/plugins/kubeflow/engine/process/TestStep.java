package io.jenkins.plugins.kubeflow.engine.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A step for tests: builds its launch, runs it and remembers what its runner reported. */
final class TestStep implements TaskRunner.Listener {
    final Path run;
    final String name;
    final List<String> waits = new CopyOnWriteArrayList<>();
    final CompletableFuture<String> started = new CompletableFuture<>();
    final CompletableFuture<AttemptResult> result = new CompletableFuture<>();
    private final List<String> argv = new ArrayList<>();
    private final Map<String, String> env = new LinkedHashMap<>();
    private final Map<String, String> runEnvironment = new LinkedHashMap<>();
    private final Map<String, JsonNode> parameters = new LinkedHashMap<>();
    private final Map<String, ParameterSpec> outputs = new LinkedHashMap<>();
    private final Map<String, ArtifactSpec> artifacts = new LinkedHashMap<>();
    private final ObjectNode platform = JsonNodeFactory.instance.objectNode();
    private String pipelineRoot;

    TestStep(Path run, String name, String... command) {
        this.run = run;
        this.name = name;
        this.pipelineRoot = run.resolve("artifacts").toString();
        argv.addAll(List.of(command));
    }

    static TestStep sh(Path run, String script, String... arguments) {
        TestStep step = new TestStep(run, "sh", "sh", "-c", script);
        step.argv.addAll(List.of(arguments));
        return step;
    }

    TestStep env(String variable, String value) {
        env.put(variable, value);
        return this;
    }

    TestStep runEnv(String variable, String value) {
        runEnvironment.put(variable, value);
        return this;
    }

    TestStep parameter(String parameter, Object value) {
        parameters.put(parameter, new ObjectMapper().valueToTree(value));
        return this;
    }

    TestStep output(String parameter, ParameterType type) {
        outputs.put(parameter, new ParameterSpec(type, null, false, List.of(), ""));
        return this;
    }

    TestStep artifact(String artifact) {
        artifacts.put(artifact, new ArtifactSpec(
                "system.Dataset", null, "0.0.1", false, false, JsonNodeFactory.instance.objectNode(), ""));
        return this;
    }

    TestStep timeout(int seconds) {
        platform.put("activeDeadlineSeconds", seconds);
        return this;
    }

    TestStep pipelineRoot(String root) {
        pipelineRoot = root;
        return this;
    }

    TaskLaunch launch() {
        ComponentSpec component =
                new ComponentSpec("comp-" + name, Map.of(), Map.of(), outputs, artifacts, "exec-" + name, null, List.of());
        ExecutorSpec.Container executor = new ExecutorSpec.Container("exec-" + name, "python:3.11", argv, List.of(), env,
                JsonNodeFactory.instance.objectNode(), JsonNodeFactory.instance.objectNode());
        RunContext context = new RunContext("run-1", "a run", "pipeline", "pipeline-x", pipelineRoot,
                run.resolve("workspace").toString(), Instant.EPOCH, Instant.EPOCH);
        return new TaskLaunch(context, name, name, name, 1, handle(), component, executor,
                new TaskInputs(parameters, Map.of()), platform, JsonNodeFactory.instance.objectNode(), runEnvironment,
                run, run.resolve("tasks").resolve(name).resolve("1"), run.resolve("logs").resolve(name + ".1.log"));
    }

    /** Unique on the machine, so that processes of other tests are not taken for this one's. */
    String handle() {
        return "run-1/0/" + name + "#1@" + run.getFileName();
    }

    TestStep launchWith(TaskRunner runner) {
        runner.launch(launch(), this);
        return this;
    }

    AttemptResult await() throws Exception {
        return result.get(180, TimeUnit.SECONDS);
    }

    AttemptResult runWith(TaskRunner runner) throws Exception {
        return launchWith(runner).await();
    }

    String log() throws IOException {
        return Files.exists(launch().log()) ? Files.readString(launch().log()) : "";
    }

    void awaitLog(String text) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!log().contains(text)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the log never said " + text + " but " + log());
            }
            Thread.sleep(20);
        }
    }

    /** Command lines of the processes that still carry the step's mark (Linux). */
    List<String> living() {
        List<String> found = new ArrayList<>();
        for (ProcessHandle process : (Iterable<ProcessHandle>) ProcessHandle.allProcesses()::iterator) {
            Path proc = Path.of("/proc", Long.toString(process.pid()));
            try {
                if (Files.readString(proc.resolve("environ"), java.nio.charset.StandardCharsets.ISO_8859_1)
                        .contains(StepEnvironment.MARK + "=" + handle())) {
                    found.add(Files.readString(proc.resolve("cmdline")).replace('\0', ' '));
                }
            } catch (IOException gone) {
                continue;
            }
        }
        return found;
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
