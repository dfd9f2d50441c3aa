package io.jenkins.plugins.kubeflow.engine.graph;

import io.jenkins.plugins.kubeflow.engine.expression.Condition;
import io.jenkins.plugins.kubeflow.engine.expression.ExpressionException;
import io.jenkins.plugins.kubeflow.engine.ir.ComponentSpec;
import io.jenkins.plugins.kubeflow.engine.ir.DagSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ExecutorSpec;
import io.jenkins.plugins.kubeflow.engine.ir.TaskSpec;
import io.jenkins.plugins.kubeflow.engine.task.TaskInputs;
import io.jenkins.plugins.kubeflow.engine.task.TaskOutputs;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Who begins when, and what the end of a task means for others (kfp.md 2.2, 2.8-2.11). Works through two queues instead of
 * recursion, so that a chain of 100 000 skipped tasks needs no stack.
 */
final class Scheduler {
    private final RunGraph graph;
    private final Map<DagSpec, DagPlan> plans;
    private final InputResolver inputs;
    private final Attempts attempts;
    private final Deque<TaskNode> ready = new ArrayDeque<>();
    private final Deque<TaskNode> ended = new ArrayDeque<>();

    Scheduler(RunGraph graph, Map<DagSpec, DagPlan> plans, InputResolver inputs, GraphOptions options) {
        this.graph = graph;
        this.plans = plans;
        this.inputs = inputs;
        this.attempts = new Attempts(graph, this, options);
    }

    void startRoot(Instant at) {
        graph.root().run(at);
        beginDag(graph.root(), at);
    }

    /** Works off everything that follows from what has just been changed. */
    void drain(Instant at) {
        while (true) {
            TaskNode node = ended.poll();
            if (node != null) {
                settle(node, at);
            } else if ((node = ready.poll()) != null) {
                decide(node, at);
            } else {
                return;
            }
        }
    }

    /** All dependencies of the task are final: does it begin? */
    private void decide(TaskNode node, Instant at) {
        if (graph.canceling()) {
            skip(node, Reason.RUN_CANCELED, "the run is being cancelled", at);
            return;
        }
        if (!node.isIteration() && !node.spec().trigger().allCompleted() && skippedByUpstream(node, at)) {
            return;
        }
        try {
            begin(node, at);
        } catch (SpecError e) {
            end(node, TaskState.FAILED, Reason.SPEC, e.getMessage(), TaskOutputs.NONE, at);
        }
    }

    private boolean skippedByUpstream(TaskNode node, Instant at) {
        TaskNode skipped = null;
        for (int index : plan(node.parent()).dependencies(node.position)) {
            TaskNode upstream = node.parent().children.get(index);
            if (upstream.state() == TaskState.FAILED || upstream.reason() == Reason.UPSTREAM_FAILED) {
                skip(node, Reason.UPSTREAM_FAILED, "task ‘" + upstream.path() + "’ " + (upstream.state() == TaskState.FAILED ? "failed" : "was skipped because of a failure"), at);
                return true;
            }
            if (!upstream.state().isSuccess() && skipped == null) {
                skipped = upstream;
            }
        }
        if (skipped != null) {
            skip(node, Reason.UPSTREAM_SKIPPED, "task ‘" + skipped.path() + "’ was skipped", at);
        }
        return skipped != null;
    }

    private void begin(TaskNode node, Instant at) throws SpecError {
        TaskInputs resolved = node.isIteration() ? node.inputs() : inputs.resolve(node);
        String condition = node.isIteration() ? null : node.spec().trigger().condition();
        if (condition != null && !holds(node, condition, resolved)) {
            node.inputs(resolved);
            String values = Condition.explain(condition, resolved);
            skip(node, Reason.CONDITION_FALSE, "condition is false: " + condition + (values.isEmpty() ? "" : "; " + values), at);
            return;
        }
        switch (node.kind()) {
            case CONTAINER -> {
                node.wait(resolved);
                graph.touch(node);
                graph.emit(new Command.Launch(node.path(), 1));
            }
            case IMPORTER -> {
                node.wait(resolved);
                graph.touch(node);
                graph.emit(new Command.Import(node.path()));
            }
            case DAG, ITERATION -> {
                node.inputs(resolved);
                node.run(at);
                graph.touch(node);
                beginDag(node, at);
            }
            case LOOP -> {
                node.items = LoopItems.of(node, resolved);
                node.inputs(resolved);
                node.iterations(node.items.size());
                node.run(at);
                graph.touch(node);
                continueLoop(node, at);
            }
        }
    }

    private static boolean holds(TaskNode node, String condition, TaskInputs resolved) throws SpecError {
        try {
            return Condition.evaluate(condition, resolved);
        } catch (ExpressionException e) {
            throw new SpecError("task ‘" + node.path() + "’: condition: " + e.getMessage());
        }
    }

    private void beginDag(TaskNode dag, Instant at) {
        DagPlan plan = plan(dag);
        int size = plan.tasks.size();
        List<TaskNode> children = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            TaskSpec spec = plan.tasks.get(i);
            ComponentSpec component = graph.spec().component(spec);
            String path = dag.path().isEmpty() ? spec.key() : dag.path() + "/" + spec.key();
            TaskNode child = new TaskNode(dag, spec, component, kind(spec, component), i, path);
            child.pendingDependencies = plan.dependencies(i).length;
            children.add(child);
        }
        dag.children = children;
        dag.unfinishedChildren = size;
        for (TaskNode child : children) {
            graph.add(child);
            if (child.pendingDependencies == 0) {
                ready.add(child);
            }
        }
        if (size == 0) {
            endDag(dag, at);
        }
    }

    private TaskKind kind(TaskSpec spec, ComponentSpec component) {
        if (spec.iterator() != null) {
            return TaskKind.LOOP;
        }
        return leafOr(component, TaskKind.DAG);
    }

    private TaskKind leafOr(ComponentSpec component, TaskKind ofDag) {
        if (component.isDag()) {
            return ofDag;
        }
        return graph.spec().executor(component) instanceof ExecutorSpec.Importer ? TaskKind.IMPORTER : TaskKind.CONTAINER;
    }

    /** Begins as many iterations as the limit allows; ends the loop when there is nothing left. */
    private void continueLoop(TaskNode loop, Instant at) {
        int limit = loop.spec().iterator().parallelismLimit();
        while (!graph.canceling()
                && loop.begun < loop.iterations()
                && (limit <= 0 || loop.unfinishedChildren < limit)) {
            int index = loop.begun++;
            TaskKind kind = leafOr(loop.component(), TaskKind.ITERATION);
            TaskNode iteration =
                    new TaskNode(loop, loop.spec(), loop.component(), kind, index, loop.path() + "[" + index + "]");
            iteration.inputs(inputs.iteration(loop, loop.items.get(index)));
            if (loop.children.isEmpty()) {
                loop.children = new ArrayList<>();
            }
            loop.children.add(iteration);
            loop.unfinishedChildren++;
            graph.add(iteration);
            ready.add(iteration);
        }
        if (loop.unfinishedChildren == 0 && (loop.begun == loop.iterations() || graph.canceling())) {
            loop.cutShort |= loop.begun < loop.iterations();
            endParent(loop, OutputCollector.ofLoop(loop), at);
        }
    }

    void end(TaskNode node, TaskState state, Reason reason, String message, TaskOutputs outputs, Instant at) {
        node.end(state, reason, message, outputs, at);
        graph.touch(node);
        ended.add(node);
    }

    private void skip(TaskNode node, Reason reason, String message, Instant at) {
        end(node, TaskState.SKIPPED, reason, message, TaskOutputs.NONE, at);
    }

    /** Tells the parent and the dependants that a task is final. */
    private void settle(TaskNode node, Instant at) {
        TaskNode parent = node.parent();
        if (parent == null) {
            graph.finish(at);
            return;
        }
        parent.unfinishedChildren--;
        if (node.state() == TaskState.FAILED && parent.firstFailure == null) {
            parent.firstFailure = node;
        }
        parent.cutShort |= node.state() == TaskState.CANCELED || node.reason() == Reason.RUN_CANCELED;
        if (parent.kind() == TaskKind.LOOP) {
            continueLoop(parent, at);
            return;
        }
        for (int index : plan(parent).dependants(node.position)) {
            TaskNode dependant = parent.children.get(index);
            if (--dependant.pendingDependencies == 0) {
                ready.add(dependant);
            }
        }
        if (parent.unfinishedChildren == 0) {
            endDag(parent, at);
        }
    }

    private void endDag(TaskNode dag, Instant at) {
        endParent(dag, OutputCollector.ofDag(dag, plan(dag)), at);
    }

    private void endParent(TaskNode node, TaskOutputs outputs, Instant at) {
        if (node.firstFailure != null) {
            TaskNode leaf = node.firstFailure;
            while (leaf.firstFailure != null) {
                leaf = leaf.firstFailure;
            }
            String sentence = leaf.reason() == Reason.SPEC ? leaf.message() : "task ‘" + leaf.path() + "’ failed: " + leaf.message();
            end(node, TaskState.FAILED, leaf.reason(), sentence, outputs, at);
        } else if (node.cutShort) {
            end(node, TaskState.CANCELED, null, null, outputs, at);
        } else {
            end(node, TaskState.SUCCEEDED, null, null, outputs, at);
        }
    }

    /** Stops what was launched, ends what only waits; everything that depends on it follows by {@link #decide}. */
    void cancel(TaskNode node, Event.CancelRequested event) {
        for (TaskNode child : List.copyOf(node.children)) {
            if (child.state().isFinal()) {
                continue;
            }
            if (child.kind() == TaskKind.CONTAINER || child.kind() == TaskKind.IMPORTER) {
                attempts.cancel(child, event);
            } else {
                cancel(child, event);
            }
        }
        if (node.kind() == TaskKind.LOOP && node.unfinishedChildren == 0 && !node.state().isFinal() && node.begun < node.iterations()) {
            continueLoop(node, event.at());
        }
    }

    void launched(TaskNode node, Event.Launched event) {
        attempts.launched(node, event);
    }

    void started(TaskNode node, Event.Started event) {
        attempts.started(node, event);
    }

    void attemptEnded(TaskNode node, Event.AttemptEnded event) {
        attempts.ended(node, event);
    }

    void retryDue(TaskNode node, Event.RetryDue event) {
        attempts.retryDue(node, event);
    }

    void outstanding(TaskNode node, List<Command> list) {
        attempts.outstanding(node, list);
    }

    void cacheHit(TaskNode node, Event.CacheHit event) {
        node.cache(event.cache());
        node.startedAt(event.at());
        end(node, TaskState.CACHED, null, null, event.outputs(), event.at());
    }

    void reused(TaskNode node, Event.Reused event) {
        event.attempts().forEach(node::attempt);
        node.cache(event.cache());
        if (!event.attempts().isEmpty()) {
            node.startedAt(event.attempts().get(0).started());
        }
        Attempt last = node.currentAttempt();
        end(node, TaskState.SUCCEEDED, null, null, event.outputs(), last != null && last.ended() != null ? last.ended() : event.at());
    }

    private DagPlan plan(TaskNode dag) {
        return plans.get(dag.component().dag());
    }
}
