package io.jenkins.plugins.kubeflow.engine.run;

import io.jenkins.plugins.kubeflow.engine.graph.Attempt;
import io.jenkins.plugins.kubeflow.engine.graph.TaskKind;
import io.jenkins.plugins.kubeflow.engine.graph.TaskNode;
import java.nio.file.Path;

/** Which file holds the log of an attempt. An attempt kept from an earlier round of the run still has the log of that round. */
public final class AttemptLogs {
    private AttemptLogs() {}

    /** Relative to the run directory; null when the task has no log of its own (importers). */
    public static String name(RunDirectory directory, TaskNode node, Attempt attempt) {
        Path file = file(directory, node, attempt);
        return file == null ? null : directory.relative(file);
    }

    public static Path file(RunDirectory directory, TaskNode node, Attempt attempt) {
        return node.kind() == TaskKind.CONTAINER && !attempt.handle().isEmpty()
                ? directory.attemptLog(node.path(), round(attempt.handle()), attempt.number())
                : null;
    }

    /** The round in which the attempt was made, from its handle "run/round/path#attempt". */
    static int round(String handle) {
        int first = handle.indexOf('/');
        return Integer.parseInt(handle.substring(first + 1, handle.indexOf('/', first + 1)));
    }
}
