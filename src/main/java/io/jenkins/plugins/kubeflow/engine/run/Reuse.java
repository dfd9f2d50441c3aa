package io.jenkins.plugins.kubeflow.engine.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.kubeflow.engine.graph.Attempt;
import io.jenkins.plugins.kubeflow.engine.task.TaskOutputs;
import java.time.Instant;
import java.util.List;

/**
 * Finds outputs that make running a task unnecessary: from the cache, or, when a run is retried, from the run itself. Called on an
 * I/O thread; may read files.
 */
public interface Reuse {

    /** What was found. {@code explanation} is for people: the parts of the fingerprint, why it hit or missed. */
    sealed interface Answer {
        JsonNode explanation();

        record Run(JsonNode explanation) implements Answer {}

        record Cached(TaskOutputs outputs, JsonNode explanation) implements Answer {}

        record Kept(TaskOutputs outputs, List<Attempt> attempts, JsonNode explanation) implements Answer {}
    }

    /** Whether the task is to be asked about at all; called on the lane, must not block. */
    boolean concerns(Question question);

    Answer find(Question question);

    /** A task that was really run has succeeded: remember it. Must not fail the run; problems are the cache's own to report. */
    void store(Question question, TaskOutputs outputs, Instant ended);

    /** {@code launch} is attempt 1 as it would be; {@code caching} the task's own wish, already combined with the run's. */
    record Question(TaskLaunch launch, boolean cachingEnabled, String cacheKey, RunDirectory directory) {}

    /** Never finds anything. */
    Reuse NONE = new Reuse() {
        @Override
        public boolean concerns(Question question) {
            return false;
        }

        @Override
        public Answer find(Question question) {
            return new Answer.Run(null);
        }

        @Override
        public void store(Question question, TaskOutputs outputs, Instant ended) {
            // nothing to remember
        }
    };
}
