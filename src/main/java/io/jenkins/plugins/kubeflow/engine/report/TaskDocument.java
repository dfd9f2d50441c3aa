package io.jenkins.plugins.kubeflow.engine.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.artifact.ArtifactViews;
import io.jenkins.plugins.kubeflow.engine.graph.Attempt;
import io.jenkins.plugins.kubeflow.engine.graph.RunGraph;
import io.jenkins.plugins.kubeflow.engine.graph.TaskKind;
import io.jenkins.plugins.kubeflow.engine.graph.TaskNode;
import io.jenkins.plugins.kubeflow.engine.ir.ExecutorSpec;
import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import io.jenkins.plugins.kubeflow.engine.store.ArtifactStore;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Everything about one task that the state leaves out ({@code task?path=}), and the views of what it produced ({@code views?path=}). */
public final class TaskDocument {
    private TaskDocument() {}

    /** Under the run's lock; null when there is no such task. */
    public static ObjectNode of(RunGraph graph, RunDirectory directory, String path) {
        TaskNode node = graph.task(path);
        if (node == null) {
            return null;
        }
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("path", path);
        json.set("inputs", ValuesDocument.of(node.inputs().parameters(), node.inputs().artifacts()));
        json.set("outputs", ValuesDocument.of(node.outputs().parameters(), node.outputs().artifacts()));
        types(node, json.putObject("types"));
        if (node.cache() != null) {
            json.set("cache", node.cache());
        }
        if (node.kind() == TaskKind.CONTAINER && graph.executor(node) instanceof ExecutorSpec.Container container) {
            json.put("image", container.image());
            ArrayNode command = json.putArray("command");
            container.command().forEach(command::add);
            container.args().forEach(command::add);
            ObjectNode environment = json.putObject("environment");
            container.env().forEach(environment::put);
            files(node, directory, json);
        }
        return json;
    }

    private static void types(TaskNode node, ObjectNode json) {
        new TreeMap<>(node.component().inputParameters()).forEach((name, p) -> json.put("in:" + name, p.type().name()));
        new TreeMap<>(node.component().outputParameters()).forEach((name, p) -> json.put("out:" + name, p.type().name()));
    }

    /** What the runner left in the attempt's directory for people: the command as run, the pod and its events. */
    private static void files(TaskNode node, RunDirectory directory, ObjectNode json) {
        List<Attempt> attempts = node.attempts();
        if (attempts.isEmpty()) {
            return;
        }
        Attempt last = attempts.get(attempts.size() - 1);
        Path folder = directory.attempt(node.path(), round(last), last.number());
        for (Map.Entry<String, String> file : Map.of("pod", "pod.yaml", "events", "pod-events.txt", "plan", "pod-plan.txt").entrySet()) {
            Path path = folder.resolve(file.getValue());
            try {
                if (Files.isRegularFile(path) && Files.size(path) < 1 << 20) {
                    json.put(file.getKey(), Files.readString(path, StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                json.put(file.getKey(), "cannot be read: " + e.getMessage());
            }
        }
    }

    private static int round(Attempt attempt) {
        String[] parts = attempt.handle().split("/", 3);
        return parts.length > 2 && parts[1].matches("\\d+") ? Integer.parseInt(parts[1]) : 0;
    }

    /** Views of all output artifacts; reads files, so the artifacts are taken under the lock and drawn outside of it. */
    public static ArrayNode views(Map<String, List<Artifact>> artifacts, Function<String, Path> files, ArtifactStore store) {
        ArrayNode list = Json.MAPPER.createArrayNode();
        artifacts.forEach((name, values) -> {
            for (int i = 0; i < Math.min(values.size(), 50); i++) {
                Artifact artifact = values.get(i);
                ObjectNode json = list.addObject();
                json.put("name", name);
                json.put("index", i);
                json.put("type", artifact.type());
                json.put("uri", artifact.uri());
                json.set("views", ArtifactViews.json(ArtifactViews.of(artifact, files, store)));
            }
        });
        return list;
    }
}
