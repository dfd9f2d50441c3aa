package io.jenkins.plugins.kubeflow.engine.graph;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.kubeflow.engine.ir.ComponentSpec;
import io.jenkins.plugins.kubeflow.engine.ir.TaskSpec;
import io.jenkins.plugins.kubeflow.engine.task.TaskInputs;
import io.jenkins.plugins.kubeflow.engine.task.TaskOutputs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A task that came into being: a container, importer, DAG, loop or iteration; the root DAG is one too, with an empty path.
 * Readable by everybody who holds the run's lock; only the graph changes it.
 */
public final class TaskNode {
    final TaskNode parent;
    final TaskSpec spec;
    final ComponentSpec component;
    final int position;
    private final String path;
    private final TaskKind kind;

    private TaskState state = TaskState.PENDING;
    private Reason reason;
    private String message;
    private Instant started;
    private Instant ended;
    private TaskInputs inputs = TaskInputs.NONE;
    private TaskOutputs outputs = TaskOutputs.NONE;
    private JsonNode cache;
    private List<Attempt> attempts = List.of();

    /** Children of a DAG by position in the plan, or of a loop by index (null = not begun). Empty for leaves. */
    List<TaskNode> children = List.of();

    int pendingDependencies;
    int unfinishedChildren;
    /** Loops only: the items, how many iterations have begun, and how many there will be (-1 = not known yet). */
    List<LoopItem> items = List.of();

    int begun;
    private int iterations = -1;
    /** The first child that failed, for the message and reason of a DAG. */
    TaskNode firstFailure;

    /** Whether a child was stopped, or never began, because the run is being cancelled. */
    boolean cutShort;

    Instant retryDue;

    long version;
    TaskNode changedBefore;
    TaskNode changedAfter;

    TaskNode(TaskNode parent, TaskSpec spec, ComponentSpec component, TaskKind kind, int position, String path) {
        this.parent = parent;
        this.spec = spec;
        this.component = component;
        this.kind = kind;
        this.position = position;
        this.path = path;
    }

    public String path() {
        return path;
    }

    public TaskKind kind() {
        return kind;
    }

    /** The key in the DAG; for an iteration that of its loop. Empty for the root. */
    public String key() {
        return spec == null ? "" : spec.key();
    }

    /** For people; an iteration shows its index. */
    public String displayName() {
        if (spec == null) {
            return "";
        }
        return isIteration() ? spec.displayName() + " [" + position + "]" : spec.displayName();
    }

    /** Whether this node is one iteration of a loop, be it a DAG or a single container. */
    public boolean isIteration() {
        return parent != null && parent.kind == TaskKind.LOOP;
    }

    public ComponentSpec component() {
        return component;
    }

    /** Null for the root. */
    public TaskSpec spec() {
        return spec;
    }

    /** Null for the root; the root for tasks at the top. */
    public TaskNode parent() {
        return parent;
    }

    /** The index of an iteration, else -1. */
    public int index() {
        return isIteration() ? position : -1;
    }

    public TaskState state() {
        return state;
    }

    /** Null where the state says it all. */
    public Reason reason() {
        return reason;
    }

    public String message() {
        return message;
    }

    public Instant started() {
        return started;
    }

    public Instant ended() {
        return ended;
    }

    public TaskInputs inputs() {
        return inputs;
    }

    public TaskOutputs outputs() {
        return outputs;
    }

    /** Why the cache was or was not used, as the cache explains it; null when it was not asked. */
    public JsonNode cache() {
        return cache;
    }

    public List<Attempt> attempts() {
        return Collections.unmodifiableList(attempts);
    }

    /** The number of iterations of a loop, -1 for other tasks and before it is known. */
    public int iterations() {
        return iterations;
    }

    /** Children that came into being, in order. */
    public List<TaskNode> children() {
        return Collections.unmodifiableList(children);
    }

    /** The version of the graph in which this task changed last. */
    public long version() {
        return version;
    }

    Attempt currentAttempt() {
        return attempts.isEmpty() ? null : attempts.get(attempts.size() - 1);
    }

    void wait(TaskInputs resolved) {
        state = TaskState.WAITING;
        inputs = resolved;
    }

    void inputs(TaskInputs resolved) {
        inputs = resolved;
    }

    void run(Instant at) {
        state = TaskState.RUNNING;
        if (started == null) {
            started = at;
        }
    }

    void waitAgain(String why, Instant due) {
        state = TaskState.WAITING;
        message = why;
        retryDue = due;
    }

    void retryNow() {
        retryDue = null;
        message = null;
    }

    void attempt(Attempt attempt) {
        if (attempts.isEmpty()) {
            attempts = new ArrayList<>(1);
        }
        if (!attempts.isEmpty() && currentAttempt().number() == attempt.number()) {
            attempts.set(attempts.size() - 1, attempt);
        } else {
            attempts.add(attempt);
        }
    }

    void cache(JsonNode explanation) {
        cache = explanation;
    }

    void iterations(int count) {
        iterations = count;
    }

    void end(TaskState finalState, Reason why, String sentence, TaskOutputs produced, Instant at) {
        state = finalState;
        reason = why;
        message = sentence;
        outputs = produced;
        ended = at;
        if (started == null && finalState != TaskState.SKIPPED) {
            started = at;
        }
        items = List.of();
        retryDue = null;
    }

    void startedAt(Instant at) {
        started = at;
    }
}
