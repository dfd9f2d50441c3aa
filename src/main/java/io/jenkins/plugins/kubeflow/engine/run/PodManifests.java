package io.jenkins.plugins.kubeflow.engine.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.kubeflow.engine.graph.Attempt;
import io.jenkins.plugins.kubeflow.engine.graph.TaskKind;
import io.jenkins.plugins.kubeflow.engine.graph.TaskNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The final manifest of a task's last pod, as its runner left it in the attempt's directory ({@code pod.yaml}). */
final class PodManifests {
    private PodManifests() {}

    /** Null when the task had no pod. */
    static JsonNode of(RunDirectory directory, TaskNode node) throws IOException {
        if (node.kind() != TaskKind.CONTAINER || node.attempts().isEmpty()) {
            return null;
        }
        Attempt last = node.attempts().get(node.attempts().size() - 1);
        if (last.handle().isEmpty()) {
            return null;
        }
        Path file = directory.attempt(node.path(), AttemptLogs.round(last.handle()), last.number()).resolve("pod.yaml");
        try (Reader yaml = Files.newBufferedReader(file)) {
            return EventCodec.JSON.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml));
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
