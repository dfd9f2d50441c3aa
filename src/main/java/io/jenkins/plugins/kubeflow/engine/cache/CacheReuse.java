package io.jenkins.plugins.kubeflow.engine.cache;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.run.Reuse;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import io.jenkins.plugins.kubeflow.engine.task.TaskOutputs;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reuse from the cache. A hit whose files have vanished or changed since is a miss that says so. The explanation of either kind is a
 * document for people: {@code hit}, {@code sentence}, {@code differences}, {@code parts}, and of a hit whose outputs they are.
 */
public final class CacheReuse implements Reuse {
    private final CacheStore store;
    private final ContentIdentity content;
    private final Consumer<String> warnings;

    /** @param warnings hears when something could not be remembered */
    public CacheReuse(CacheStore store, Consumer<String> warnings) {
        this(store, warnings, new ContentIdentity());
    }

    /** @param content tells artifacts apart */
    public CacheReuse(CacheStore store, Consumer<String> warnings, ContentIdentity content) {
        this.store = store;
        this.warnings = warnings;
        this.content = content;
    }

    /** What tells artifacts apart here, for a reuse that comes before this one. */
    public ContentIdentity content() {
        return content;
    }

    @Override
    public boolean concerns(Question question) {
        return question.cachingEnabled();
    }

    @Override
    public Answer find(Question question) {
        Fingerprint fingerprint = Fingerprint.of(question.launch(), question.cacheKey(), content);
        CacheEntry entry = store.find(fingerprint.pipeline(), fingerprint.key());
        if (entry == null) {
            return new Answer.Run(miss(fingerprint));
        }
        String vanished = vanished(entry);
        if (vanished != null) {
            return new Answer.Run(explain(fingerprint, false, vanished, List.of(vanished)));
        }
        ObjectNode why = explain(
                fingerprint, true, "outputs of run " + entry.runId() + ", task ‘" + entry.path() + "’, of " + entry.at(), List.of());
        why.put("runId", entry.runId());
        why.put("path", entry.path());
        why.put("directory", entry.directory());
        return new Answer.Cached(entry.outputs(), why);
    }

    private JsonNode miss(Fingerprint fingerprint) {
        CacheEntry latest = store.latest(fingerprint.pipeline(), fingerprint.task());
        if (latest == null) {
            return explain(fingerprint, false, "this task has not been run with caching before", List.of());
        }
        List<String> differences = fingerprint.differences(latest.parts());
        return explain(
                fingerprint,
                false,
                differences.isEmpty() ? "the earlier result is gone" : String.join("; ", differences.stream().limit(3).toList()),
                differences);
    }

    private static ObjectNode explain(Fingerprint fingerprint, boolean hit, String sentence, List<String> differences) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("hit", hit);
        json.put("sentence", sentence);
        ArrayNode list = json.putArray("differences");
        differences.forEach(list::add);
        json.put("key", fingerprint.key());
        json.set("parts", fingerprint.partsJson());
        return json;
    }

    private String vanished(CacheEntry entry) {
        for (List<Artifact> list : entry.outputs().artifacts().values()) {
            for (Artifact artifact : list) {
                String then = entry.contents().get(artifact.uri());
                String now = content.of(artifact);
                if (then != null && !then.equals(now)) {
                    return "the earlier output ‘" + artifact.name() + "’ (" + artifact.uri() + ") "
                            + (now.equals("missing") ? "has vanished" : "has changed since");
                }
            }
        }
        return null;
    }

    @Override
    public void store(Question question, TaskOutputs outputs, Instant ended) {
        Fingerprint fingerprint = Fingerprint.of(question.launch(), question.cacheKey(), content);
        Map<String, String> contents = new LinkedHashMap<>();
        outputs.artifacts().values().forEach(list -> list.forEach(a -> contents.put(a.uri(), content.of(a))));
        try {
            store.put(new CacheEntry(
                    fingerprint.key(),
                    fingerprint.pipeline(),
                    fingerprint.task(),
                    question.launch().run().runId(),
                    question.launch().path(),
                    question.directory().path().toString(),
                    ended,
                    fingerprint.parts(),
                    outputs,
                    contents));
        } catch (IOException e) {
            warnings.accept("the result of task ‘" + question.launch().path() + "’ could not be cached: " + e.getMessage());
        }
    }
}
