package io.jenkins.plugins.kubeflow.engine.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.artifact.LocalFiles;
import io.jenkins.plugins.kubeflow.engine.run.TaskLaunch;
import io.jenkins.plugins.kubeflow.engine.store.ArtifactStore;
import io.jenkins.plugins.kubeflow.engine.store.ObjectUri;
import io.jenkins.plugins.kubeflow.engine.task.CommandLine;
import io.jenkins.plugins.kubeflow.engine.task.ExecutorInput;
import io.jenkins.plugins.kubeflow.engine.task.OutputFiles;
import io.jenkins.plugins.kubeflow.engine.task.OutputPlan;
import io.jenkins.plugins.kubeflow.engine.task.OutputReader;
import io.jenkins.plugins.kubeflow.engine.task.TaskOutputs;
import io.jenkins.plugins.kubeflow.engine.task.ValueException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an attempt's files lie and what its command is: a pure function of the launch, so that it is the same after a restart.
 * Parameters' files lie in the attempt's directory, artifacts below the run's pipeline root.
 */
final class StepPlan {
    private static final Pattern SCHEME = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*)://(.*)$", Pattern.DOTALL);

    private final TaskLaunch launch;
    private final OutputPlan outputs;
    private final FetchedInputs inputs;

    StepPlan(TaskLaunch launch, ArtifactStore store) throws ProcessException {
        this.launch = launch;
        this.inputs = new FetchedInputs(launch, store);
        Path parameters = launch.directory().resolve("outputs");
        this.outputs = OutputPlan.provision(
                launch.component(),
                parameters.toString(),
                artifactRoot(launch),
                launch.directory().resolve("executor_output.json").toString());
    }

    private static String artifactRoot(TaskLaunch launch) throws ProcessException {
        String root = launch.run().pipelineRoot();
        Matcher scheme = SCHEME.matcher(root);
        if (scheme.matches()) {
            if (!scheme.group(1).equals("file")) {
                throw ProcessException.user("a local process cannot write to the pipeline root ‘" + root + "’: name a directory with --pipeline-root");
            }
            root = scheme.group(2);
        }
        Path tasks = launch.runDirectory().resolve("tasks");
        Path own = launch.directory().startsWith(tasks) ? tasks.relativize(launch.directory()) : launch.directory().getFileName();
        return Path.of(root).toAbsolutePath().resolve(own.toString()).toString();
    }

    Path workingDirectory() {
        return launch.directory().resolve("work");
    }

    /** Brings what lies in a store to this machine. */
    void fetchInputs() throws IOException, ProcessException {
        inputs.fetch();
    }

    /** Every directory that the step may expect: its own, those of its outputs, that of its log, the workspace. */
    void createDirectories() throws IOException {
        Files.createDirectories(workingDirectory());
        Files.createDirectories(launch.log().getParent());
        for (String file : outputs.parameterFiles().values()) {
            Files.createDirectories(Path.of(file).getParent());
        }
        for (List<Artifact> artifacts : outputs.artifacts().values()) {
            for (Artifact artifact : artifacts) {
                Files.createDirectories(Path.of(artifact.uri()).getParent());
            }
        }
        if (!launch.run().workspacePath().isEmpty()) {
            Files.createDirectories(Path.of(launch.run().workspacePath()));
        }
    }

    List<String> argv() throws ProcessException {
        try {
            List<String> argv = commandLine().resolve(launch.executor());
            if (argv.isEmpty() || argv.get(0).isEmpty()) {
                throw ProcessException.user("has no command: it relies on the entrypoint of image ‘" + launch.executor().image()
                        + "’, and a local process has no image. Give the component a command");
            }
            return argv;
        } catch (ValueException e) {
            throw ProcessException.user(e.getMessage());
        }
    }

    /** As the executor sets it, placeholders resolved. */
    Map<String, String> executorEnvironment() {
        return commandLine().environment(launch.executor());
    }

    private CommandLine commandLine() {
        return new CommandLine(new ExecutorInput(inputs.inputs(), outputs), launch.run(), launch.taskKey());
    }

    /** Null when the task may run for ever. */
    Duration timeout() {
        JsonNode seconds = launch.platform() == null ? null : launch.platform().get("activeDeadlineSeconds");
        long value = seconds == null ? 0 : seconds.asLong();
        return value <= 0 ? null : Duration.ofSeconds(value);
    }

    /** In brackets what the step could not have read; it may not have tried to, so this alone is no error. Empty when there is nothing. */
    String unreachableInputs() {
        StringBuilder words = new StringBuilder();
        inputs.inputs().artifacts().forEach((name, list) -> list.forEach(artifact -> {
            Path path = LocalFiles.path(artifact.uri());
            if (path == null) {
                String keys = artifact.uri().startsWith("gs://") ? "GOOGLE_APPLICATION_CREDENTIALS" : "AWS_ACCESS_KEY_ID";
                words.append("; its input ‘").append(name).append("’ is at ").append(artifact.uri()).append(ObjectUri.is(artifact.uri())
                        ? ", and there are no credentials to fetch it (" + keys + ")"
                        : ", which a local process cannot open as a file");
            } else if (!Files.exists(path)) {
                words.append("; its input ‘").append(name).append("’ is not there: ").append(path);
            }
        }));
        return words.isEmpty() ? "" : " (" + words.substring(2) + ")";
    }

    TaskOutputs readOutputs() throws IOException, ProcessException {
        try {
            return new OutputReader(launch.component(), outputs, OutputFiles.LOCAL).read();
        } catch (ValueException e) {
            throw ProcessException.user(e.getMessage());
        }
    }
}
