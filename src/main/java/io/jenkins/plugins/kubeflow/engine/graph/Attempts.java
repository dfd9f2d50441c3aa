package io.jenkins.plugins.kubeflow.engine.graph;

import io.jenkins.plugins.kubeflow.engine.ir.TaskSpec.Retry;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult.Outcome;
import io.jenkins.plugins.kubeflow.engine.task.TaskOutputs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The attempts of a container or importer task: launch, run, retry, stop (kfp.md 2.11). The user's retry policy counts failures and
 * time-outs of the user's code; failures of the platform have a budget of their own.
 */
final class Attempts {
    private final RunGraph graph;
    private final Scheduler scheduler;
    private final GraphOptions options;

    Attempts(RunGraph graph, Scheduler scheduler, GraphOptions options) {
        this.graph = graph;
        this.scheduler = scheduler;
        this.options = options;
    }

    void launched(TaskNode node, Event.Launched event) {
        if (event.attempt() != next(node)) {
            return;
        }
        node.retryNow();
        node.attempt(Attempt.launched(event.attempt(), event.handle(), event.at()));
        if (event.cache() != null) {
            node.cache(event.cache());
        }
        graph.touch(node);
        if (graph.canceling()) {
            graph.emit(new Command.Stop(node.path(), event.attempt(), event.handle(), false));
        }
    }

    void started(TaskNode node, Event.Started event) {
        Attempt current = node.currentAttempt();
        if (current == null || current.number() != event.attempt() || current.outcome() != null) {
            return;
        }
        node.attempt(current.started(event.reference(), event.at()));
        node.run(event.at());
        graph.touch(node);
    }

    void ended(TaskNode node, Event.AttemptEnded event) {
        Attempt current = node.currentAttempt();
        if (node.kind() == TaskKind.IMPORTER && current == null) {
            current = Attempt.launched(1, "", event.at());
        }
        if (current == null || current.number() != event.attempt() || current.outcome() != null) {
            return;
        }
        AttemptResult result = event.result();
        node.attempt(current.ended(result, event.at()));
        Instant at = event.at();
        switch (result.outcome()) {
            case SUCCEEDED -> scheduler.end(node, TaskState.SUCCEEDED, null, null, result.outputs(), at);
            case CANCELED -> {
                if (graph.canceling()) {
                    scheduler.end(node, TaskState.CANCELED, null, result.message(), TaskOutputs.NONE, at);
                } else {
                    failed(node, result, at);
                }
            }
            case USER_FAILED, TIMED_OUT, PLATFORM_FAILED -> failed(node, result, at);
        }
    }

    private void failed(TaskNode node, AttemptResult result, Instant at) {
        boolean platform = isPlatform(result.outcome());
        int failures = failures(node, platform);
        int budget = platform ? options.platformRetries() : node.spec().retry().maxRetries();
        if (graph.canceling() || failures > budget || node.kind() == TaskKind.IMPORTER) {
            Reason reason = platform ? Reason.PLATFORM : result.outcome() == Outcome.TIMED_OUT ? Reason.TIMEOUT : Reason.USER;
            scheduler.end(node, TaskState.FAILED, reason, RunGraph.failure(result), TaskOutputs.NONE, at);
            return;
        }
        Duration delay = platform ? backoff(options.platformBackoff(), 2, failures - 1, Duration.ofMinutes(5)) : userBackoff(node, failures - 1);
        String sentence = "attempt " + node.currentAttempt().number() + " failed: " + RunGraph.failure(result) + "; "
                + (platform ? "platform retry " : "retry ") + failures + " of " + budget;
        node.waitAgain(sentence, at.plus(delay));
        graph.touch(node);
        graph.emit(delay.isZero()
                ? new Command.Launch(node.path(), next(node))
                : new Command.Delay(node.path(), next(node), delay));
    }

    private static Duration userBackoff(TaskNode node, int retry) {
        Retry policy = node.spec().retry();
        return backoff(policy.backoff(), policy.factor(), retry, policy.maxBackoff());
    }

    private static Duration backoff(Duration first, double factor, int exponent, Duration max) {
        double millis = first.toMillis() * Math.pow(factor, exponent);
        return millis >= max.toMillis() ? max : Duration.ofMillis((long) millis);
    }

    private static boolean isPlatform(Outcome outcome) {
        return outcome == Outcome.PLATFORM_FAILED || outcome == Outcome.CANCELED;
    }

    private static int failures(TaskNode node, boolean platform) {
        int count = 0;
        for (Attempt attempt : node.attempts()) {
            if (attempt.outcome() != null && attempt.outcome() != Outcome.SUCCEEDED && isPlatform(attempt.outcome()) == platform) {
                count++;
            }
        }
        return count;
    }

    void retryDue(TaskNode node, Event.RetryDue event) {
        if (node.retryDue != null && event.attempt() == next(node)) {
            node.retryDue = null;
            graph.touch(node);
            graph.emit(new Command.Launch(node.path(), event.attempt()));
        }
    }

    void cancel(TaskNode node, Event.CancelRequested event) {
        Attempt current = node.currentAttempt();
        if (current != null && current.outcome() == null) {
            graph.emit(new Command.Stop(node.path(), current.number(), current.handle(), event.force()));
        } else if (current != null) {
            scheduler.end(node, TaskState.CANCELED, null, node.message(), TaskOutputs.NONE, event.at());
        } else if (node.state() == TaskState.WAITING && node.kind() == TaskKind.CONTAINER) {
            scheduler.end(node, TaskState.SKIPPED, Reason.RUN_CANCELED, "the run is being cancelled", TaskOutputs.NONE, event.at());
        }
    }

    void outstanding(TaskNode node, List<Command> list) {
        if (node.state().isFinal() || node.state() == TaskState.PENDING) {
            return;
        }
        Attempt current = node.currentAttempt();
        if (node.kind() == TaskKind.IMPORTER) {
            list.add(new Command.Import(node.path()));
        } else if (node.kind() == TaskKind.CONTAINER) {
            if (current != null && current.outcome() == null) {
                list.add(new Command.Adopt(node.path(), current.number(), current.handle(), current.reference()));
                if (graph.canceling()) {
                    list.add(new Command.Stop(node.path(), current.number(), current.handle(), false));
                }
            } else if (node.retryDue != null) {
                list.add(new Command.Delay(node.path(), next(node), Duration.between(current.ended(), node.retryDue)));
            } else {
                list.add(new Command.Launch(node.path(), next(node)));
            }
        }
    }

    private static int next(TaskNode node) {
        Attempt current = node.currentAttempt();
        return current == null ? 1 : current.outcome() == null ? -1 : current.number() + 1;
    }
}
