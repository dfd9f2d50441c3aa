package io.jenkins.plugins.kubeflow.engine.cache;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.ir.ExecutorSpec;
import io.jenkins.plugins.kubeflow.engine.run.TaskLaunch;
import io.jenkins.plugins.kubeflow.engine.task.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What makes two executions of a task the same (kfp.md 2.15, with content and environment added): named parts, each with a digest
 * and a short text for people, and one key over all of them. Nothing of the run itself is in it. With a custom cache key it is that
 * key and the component's name alone.
 */
public final class Fingerprint {
    private static final int SHOWN = 120;
    private static final Pattern ITERATION = Pattern.compile("\\[\\d+\\]");

    /** {@code text} is what a person may see of the part; the digest is over all of it. */
    public record Part(String digest, String text) {}

    private final String pipeline;
    private final String task;
    private final Map<String, Part> parts;
    private final String key;

    private Fingerprint(String pipeline, String task, Map<String, Part> parts, String key) {
        this.pipeline = pipeline;
        this.task = task;
        this.parts = parts;
        this.key = key;
    }

    public static Fingerprint of(TaskLaunch launch, String cacheKey, ContentIdentity content) {
        String pipeline = launch.run().pipelineName();
        String task = ITERATION.matcher(launch.path()).replaceAll("[]");
        Map<String, Part> parts = new TreeMap<>();
        if (cacheKey != null) {
            String component = launch.component().name();
            parts.put("cache key", part(cacheKey));
            parts.put("component", part(component));
            return new Fingerprint(pipeline, task, parts, custom(component, cacheKey));
        }
        launch.inputs().parameters().forEach((name, value) -> parts.put("input ‘" + name + "’", part(Values.json(value))));
        launch.inputs().artifacts().forEach((name, list) -> parts.put("artifact ‘" + name + "’", artifacts(list, content)));
        outputs(launch, parts);
        ExecutorSpec.Container container = launch.executor();
        parts.put("image", part(container.image()));
        parts.put("command", words(container.command()));
        parts.put("arguments", words(container.args()));
        container.env().forEach((name, value) -> parts.put("environment variable ‘" + name + "’", part(value)));
        List<String> claims = new ArrayList<>();
        launch.platform().path("pvcMount").forEach(mount -> claims.add(Values.json(mount)));
        if (!claims.isEmpty()) {
            parts.put("volumes", part(String.join("\0", claims.stream().sorted().distinct().toList())));
        }
        StringBuilder all = new StringBuilder();
        parts.forEach((name, part) -> all.append(name).append('\0').append(part.digest()).append('\n'));
        return new Fingerprint(pipeline, task, parts, Digest.of(all.toString()));
    }

    /** The key of a task with a key of its own, as KFP's server makes it. */
    static String custom(String component, String cacheKey) {
        return Digest.of(component + "\0" + cacheKey);
    }

    private static void outputs(TaskLaunch launch, Map<String, Part> parts) {
        ObjectNode outputs = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(launch.component().outputParameters()).forEach((name, spec) -> outputs.put(name, spec.type().name()));
        new TreeMap<>(launch.component().outputArtifacts()).forEach((name, spec) -> outputs.put(
                name, spec.schemaTitle() + "|" + spec.instanceSchema() + "|" + spec.list() + "|" + Values.json(spec.metadata())));
        parts.put("outputs", part(Values.json(outputs)));
    }

    private static Part artifacts(List<Artifact> list, ContentIdentity content) {
        StringBuilder all = new StringBuilder();
        for (Artifact artifact : list) {
            all.append(content.of(artifact)).append('\0').append(artifact.type()).append('\0').append(Values.json(artifact.metadata())).append('\n');
        }
        String text = list.isEmpty() ? "none" : list.size() == 1 ? list.get(0).uri() : list.size() + " artifacts";
        return new Part(Digest.of(all.toString()), shorten(text));
    }

    /** Each word ends for itself, so that none differs from an empty one. */
    private static Part words(List<String> words) {
        StringBuilder all = new StringBuilder();
        words.forEach(word -> all.append(word).append('\0'));
        return new Part(Digest.of(all.toString()), shorten(String.join(" ", words)));
    }

    private static Part part(String value) {
        return new Part(Digest.of(value), shorten(value.replace('\0', ' ')));
    }

    private static String shorten(String text) {
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    }

    public String pipeline() {
        return pipeline;
    }

    /** The task's path with the numbers of iterations left out: what counts as "the same task" from run to run. */
    public String task() {
        return task;
    }

    public Map<String, Part> parts() {
        return parts;
    }

    public String key() {
        return key;
    }

    /** What has changed since an earlier fingerprint of the task, a sentence each. */
    public List<String> differences(Map<String, Part> earlier) {
        List<String> differences = new ArrayList<>();
        Map<String, Part> names = new LinkedHashMap<>(earlier);
        names.putAll(parts);
        for (String name : new TreeMap<>(names).keySet()) {
            Part before = earlier.get(name);
            Part now = parts.get(name);
            if (before == null) {
                differences.add(name + " is new: " + now.text());
            } else if (now == null) {
                differences.add(name + " is gone (was " + before.text() + ")");
            } else if (!before.digest().equals(now.digest())) {
                differences.add(before.text().equals(now.text()) || name.startsWith("artifact")
                        ? name + " has other content"
                        : name + " changed from " + before.text() + " to " + now.text());
            }
        }
        return differences;
    }

    JsonNode partsJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        parts.forEach((name, part) -> json.putObject(name).put("digest", part.digest()).put("text", part.text()));
        return json;
    }

    static Map<String, Part> parts(JsonNode json) {
        Map<String, Part> parts = new TreeMap<>();
        json.fields().forEachRemaining(e -> parts.put(
                e.getKey(), new Part(e.getValue().path("digest").asText(), e.getValue().path("text").asText())));
        return parts;
    }
}
