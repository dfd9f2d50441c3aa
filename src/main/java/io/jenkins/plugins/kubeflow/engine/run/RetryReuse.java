package io.jenkins.plugins.kubeflow.engine.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.cache.CacheReuse;
import io.jenkins.plugins.kubeflow.engine.cache.ContentIdentity;
import io.jenkins.plugins.kubeflow.engine.cache.Fingerprint;
import io.jenkins.plugins.kubeflow.engine.graph.RunGraph;
import io.jenkins.plugins.kubeflow.engine.graph.TaskNode;
import io.jenkins.plugins.kubeflow.engine.graph.TaskState;
import io.jenkins.plugins.kubeflow.engine.ir.ReadResult;
import io.jenkins.plugins.kubeflow.engine.ir.SpecReader;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import io.jenkins.plugins.kubeflow.engine.task.TaskOutputs;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * Reuse within a run that is retried: a task that had finished keeps its outputs when its fingerprint - inputs, command, image,
 * environment - is what it was, whatever the cache options say. Whatever has changed, and everything that depends on a changed
 * output, runs again. Falls back to the cache.
 */
public final class RetryReuse implements Reuse {
    private final RunGraph before;
    private final LaunchFactory launches;
    private final Reuse cache;
    private final ContentIdentity content;

    /** @param before the graph of the earlier rounds, folded from their journal */
    public RetryReuse(RunGraph before, RunDirectory directory, RunRecord earlier, Reuse cache) {
        this.before = before;
        this.launches = new LaunchFactory(directory, earlier);
        this.cache = cache;
        this.content = cache instanceof CacheReuse reuse ? reuse.content() : new ContentIdentity();
    }

    /** What a run reuses in its round: what the round before had finished, and the cache; the first round has the cache alone. */
    public static Reuse ofRound(RunDirectory directory, RunRecord record, Reuse cache) throws IOException {
        if (record.round() == 0) {
            return cache;
        }
        RunDirectory archive = new RunDirectory(directory.round(record.round() - 1));
        RunRecord earlier = RunRecord.read(archive);
        ReadResult spec = SpecReader.read(archive.path().resolve(earlier.specFile()));
        if (spec.spec() == null) {
            throw new IOException("the pipeline of the earlier round cannot be read: " + spec.problems());
        }
        return new RetryReuse(Replay.of(archive, earlier, spec.spec(), step -> {}), directory, earlier, cache);
    }

    @Override
    public boolean concerns(Question question) {
        return finished(question.launch().path()) != null || cache.concerns(question);
    }

    private TaskNode finished(String path) {
        TaskNode node = before.task(path);
        return node != null && node.state() == TaskState.SUCCEEDED && node.component().executorLabel() != null ? node : null;
    }

    @Override
    public Answer find(Question question) {
        TaskNode node = finished(question.launch().path());
        if (node == null) {
            return cache.concerns(question) ? cache.find(question) : new Answer.Run(null);
        }
        Fingerprint now = Fingerprint.of(question.launch(), null, content);
        Fingerprint then = Fingerprint.of(launches.launch(before, node.path(), 1), null, content);
        List<String> differences = now.differences(then.parts());
        // metrics consist of metadata alone and have no file to miss
        boolean missing = node.outputs().artifacts().values().stream()
                .flatMap(List::stream)
                .anyMatch(artifact -> content.of(artifact).equals("missing") && !artifact.type().endsWith("Metrics"));
        if (differences.isEmpty() && !missing) {
            ObjectNode why = Json.MAPPER.createObjectNode();
            why.put("hit", true);
            why.put("kept", true);
            why.put("sentence", "kept from before the retry: nothing that it depends on has changed");
            return new Answer.Kept(node.outputs(), node.attempts(), why);
        }
        if (cache.concerns(question)) {
            return cache.find(question);
        }
        ObjectNode why = Json.MAPPER.createObjectNode();
        why.put("hit", false);
        why.put("sentence", missing ? "a file that it had written is gone" : String.join("; ", differences.stream().limit(3).toList()));
        differences.forEach(why.putArray("differences")::add);
        return new Answer.Run(why);
    }

    @Override
    public void store(Question question, TaskOutputs outputs, Instant ended) {
        cache.store(question, outputs, ended);
    }
}
