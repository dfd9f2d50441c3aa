package io.jenkins.plugins.kubeflow.engine.graph;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult;
import io.jenkins.plugins.kubeflow.engine.task.TaskOutputs;
import java.time.Instant;
import java.util.List;

/**
 * Something that happened to a run. Events are all that the graph ever learns: it has no clock ({@code at} tells the time) and no
 * I/O. The journal is the list of a run's events; the same list gives the same state. An event about a task that is final already,
 * or about an attempt that is not the current one, changes nothing: late news is not an error.
 */
public sealed interface Event {
    Instant at();

    record RunStarted(Instant at) implements Event {}

    /**
     * Written before the attempt is created, so that it is found again after a crash. {@code handle} is what the runner knows it by.
     * {@code cache} explains why the cache was not used (null when it was not asked).
     */
    record Launched(Instant at, String path, int attempt, String handle, JsonNode cache) implements Event {}

    /** The step runs now. {@code reference} is the runner's own (process id, pod name). */
    record Started(Instant at, String path, int attempt, String reference) implements Event {}

    record AttemptEnded(Instant at, String path, int attempt, AttemptResult result) implements Event {}

    /** The outputs of an earlier task are used instead of running this one; {@code cache} says whose and why. */
    record CacheHit(Instant at, String path, TaskOutputs outputs, JsonNode cache) implements Event {}

    /** After a retry of the run: this task had finished before and nothing it depends on has changed. */
    record Reused(Instant at, String path, TaskOutputs outputs, List<Attempt> attempts, JsonNode cache) implements Event {}

    /** The delay before an attempt is over. */
    record RetryDue(Instant at, String path, int attempt) implements Event {}

    /**
     * Somebody stops the run ({@code by}), or it ran out of time ({@code error} is then the sentence that it fails with, else null).
     * {@code force} leaves running tasks no grace period.
     */
    record CancelRequested(Instant at, String by, boolean force, String error) implements Event {}
}
