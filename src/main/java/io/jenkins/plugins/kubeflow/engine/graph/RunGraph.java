package io.jenkins.plugins.kubeflow.engine.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.ir.ComponentSpec;
import io.jenkins.plugins.kubeflow.engine.ir.DagSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ExecutorSpec;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult;
import io.jenkins.plugins.kubeflow.engine.task.RunContext;
import io.jenkins.plugins.kubeflow.engine.task.TaskInputs;
import io.jenkins.plugins.kubeflow.engine.task.TaskOutputs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The heart: all semantics of a run, as a function from a state and an event to the next state and commands. No I/O, no clock, no
 * threads, no randomness: the same spec, parameters and events always give the same state and the same commands, which is what
 * resume, replay and the history slider rest on.
 *
 * <p>The state is changed in place instead of copied - a run of 100 000 tasks would pay for each copy - so the "old" state is gone
 * after {@link #apply}; whoever wants it folds the events up to there into a new graph. Not thread-safe: one lane, or one lock, per run.
 */
public final class RunGraph {
    private final PipelineSpec spec;
    private final RunContext run;
    private final Map<String, TaskNode> nodes = new HashMap<>();
    private final TaskNode root;
    private final ChangeList changes = new ChangeList();
    private final Scheduler scheduler;
    private final PlatformReferences platform;

    private RunState state = RunState.PENDING;
    private String error;
    private String cancelError;
    private String canceledBy;
    private Instant started;
    private Instant ended;
    private long version;
    private long transitions;
    private List<Command> commands = new ArrayList<>();

    /** @param inputs the complete inputs of the root: given values and defaults; null for an optional parameter without value */
    public RunGraph(PipelineSpec spec, RunContext run, TaskInputs inputs, GraphOptions options) {
        this.spec = spec;
        this.run = run;
        this.root = new TaskNode(null, null, spec.root(), TaskKind.DAG, 0, "");
        root.inputs(inputs);
        Map<DagSpec, DagPlan> plans = new IdentityHashMap<>();
        plan(spec.root(), plans);
        spec.components().values().forEach(component -> plan(component, plans));
        Scope scope = new Scope(run, plans, options.mlmdStates());
        this.scheduler = new Scheduler(this, plans, new InputResolver(run, scope), options);
        this.platform = new PlatformReferences(run, scope);
    }

    private static void plan(ComponentSpec component, Map<DagSpec, DagPlan> plans) {
        if (component.isDag()) {
            plans.computeIfAbsent(component.dag(), DagPlan::new);
        }
    }

    /** Takes in an event and says what is to be done because of it. Nothing is to be done twice. */
    public List<Command> apply(Event event) {
        version++;
        commands = new ArrayList<>();
        if (event instanceof Event.RunStarted) {
            if (state == RunState.PENDING) {
                state = RunState.RUNNING;
                started = event.at();
                scheduler.startRoot(event.at());
            }
        } else if (event instanceof Event.Launched e) {
            onLeaf(e.path(), node -> scheduler.launched(node, e));
        } else if (event instanceof Event.Started e) {
            onLeaf(e.path(), node -> scheduler.started(node, e));
        } else if (event instanceof Event.AttemptEnded e) {
            onLeaf(e.path(), node -> scheduler.attemptEnded(node, e));
        } else if (event instanceof Event.CacheHit e) {
            onLeaf(e.path(), node -> scheduler.cacheHit(node, e));
        } else if (event instanceof Event.Reused e) {
            onLeaf(e.path(), node -> scheduler.reused(node, e));
        } else if (event instanceof Event.RetryDue e) {
            onLeaf(e.path(), node -> scheduler.retryDue(node, e));
        } else if (event instanceof Event.CancelRequested e) {
            cancel(e);
        }
        scheduler.drain(event.at());
        return commands;
    }

    private void onLeaf(String path, Consumer<TaskNode> change) {
        TaskNode node = nodes.get(path);
        if (node != null && !node.state().isFinal() && (node.kind() == TaskKind.CONTAINER || node.kind() == TaskKind.IMPORTER)) {
            change.accept(node);
        }
    }

    private void cancel(Event.CancelRequested event) {
        if (state.isFinal() || (state == RunState.CANCELING && !event.force())) {
            return;
        }
        if (state != RunState.CANCELING) {
            canceledBy = event.by();
            cancelError = event.error();
        }
        boolean begun = state != RunState.PENDING;
        state = RunState.CANCELING;
        if (begun) {
            scheduler.cancel(root, event);
        } else {
            started = event.at();
            finish(event.at());
        }
    }

    void add(TaskNode node) {
        nodes.put(node.path(), node);
        touch(node);
    }

    void touch(TaskNode node) {
        transitions++;
        changes.touch(node, version);
    }

    void emit(Command command) {
        commands.add(command);
    }

    boolean canceling() {
        return state == RunState.CANCELING;
    }

    void finish(Instant at) {
        if (canceling()) {
            state = cancelError == null ? RunState.CANCELED : RunState.FAILED;
            error = cancelError != null ? cancelError : "cancelled" + (canceledBy == null ? "" : " by " + canceledBy);
        } else if (root.state() == TaskState.FAILED) {
            state = RunState.FAILED;
            error = root.message();
        } else {
            state = RunState.SUCCEEDED;
        }
        ended = at;
        emit(new Command.Finish(state, error));
    }

    TaskNode root() {
        return root;
    }

    PipelineSpec specification() {
        return spec;
    }

    /** What is under way, for whoever takes over after a restart: launches not done, attempts to find again, delays to wait for. */
    public List<Command> outstanding() {
        List<Command> list = new ArrayList<>();
        walk(node -> scheduler.outstanding(node, list));
        if (state.isFinal()) {
            list.add(new Command.Finish(state, error));
        }
        return list;
    }

    public PipelineSpec spec() {
        return spec;
    }

    public RunContext context() {
        return run;
    }

    public RunState state() {
        return state;
    }

    /** Why the run failed or was cancelled, else null. */
    public String error() {
        return error;
    }

    public Instant startedAt() {
        return started;
    }

    public Instant endedAt() {
        return ended;
    }

    public Map<String, JsonNode> parameters() {
        return root.inputs().parameters();
    }

    /** The pipeline's outputs; complete only when the run is final. */
    public TaskOutputs outputs() {
        return root.outputs();
    }

    /** Counts events. */
    public long version() {
        return version;
    }

    /** Counts changes of tasks, for benchmarks. */
    public long transitions() {
        return transitions;
    }

    /** Null when no such task came into being. */
    public TaskNode task(String path) {
        return path.isEmpty() ? null : nodes.get(path);
    }

    public int size() {
        return nodes.size();
    }

    /** All tasks that came into being, in the order of their path in the spec, iterations in index order, parents first. */
    public void walk(Consumer<TaskNode> visitor) {
        walkChildren(root, visitor);
    }

    private static void walkChildren(TaskNode parent, Consumer<TaskNode> visitor) {
        for (TaskNode child : parent.children) {
            visitor.accept(child);
            walkChildren(child, visitor);
        }
    }

    /** Tasks that changed after the given version, in the order of their last change. */
    public List<TaskNode> changedSince(long since) {
        return changes.since(since);
    }

    /** The executor of a container or importer task. */
    public ExecutorSpec executor(TaskNode node) {
        return spec.executor(node.component());
    }

    /**
     * The Kubernetes configuration of a task's executor with every reference resolved (trap 30: references mean the enclosing DAG,
     * not the task).
     */
    public ObjectNode platform(TaskNode node) {
        return platform.resolve(node, spec.platform().executors().get(node.component().executorLabel()));
    }

    /** Whether an attempt result would still be taken in; for runners' late news. */
    public boolean awaits(String path, int attempt) {
        TaskNode node = nodes.get(path);
        Attempt current = node == null ? null : node.currentAttempt();
        return current != null && !node.state().isFinal() && current.number() == attempt && current.outcome() == null;
    }

    static String failure(AttemptResult result) {
        return result.message() != null ? result.message() : "exit code " + result.exitCode();
    }
}
