package io.jenkins.plugins.kubeflow.engine.run;

import io.jenkins.plugins.kubeflow.engine.graph.RunGraph;
import io.jenkins.plugins.kubeflow.engine.graph.RunState;
import io.jenkins.plugins.kubeflow.engine.graph.TaskKind;
import io.jenkins.plugins.kubeflow.engine.graph.TaskNode;
import io.jenkins.plugins.kubeflow.engine.graph.TaskState;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Turns changes of a run into lines for people: one for each change of a task's state that says something. */
public final class RunLog implements RunListener {
    /** Control characters of both kinds, line ends that are not ASCII, and what turns the direction of writing. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\x80-\\x9f\\u2028-\\u202e\\u2066-\\u2069]");

    private static final int LONGEST = 1_500;

    private final Consumer<String> lines;
    private final Map<String, TaskState> last = new HashMap<>();
    private final Map<String, String> retrying = new HashMap<>();
    private RunState state;

    public RunLog(Consumer<String> lines) {
        this(lines, RunState.PENDING);
    }

    /** @param state the run's state so far; not PENDING when it was resumed */
    public RunLog(Consumer<String> lines, RunState state) {
        this.lines = lines;
        this.state = state;
    }

    @Override
    public void changed(RunGraph graph, List<TaskNode> changed) {
        if (state == RunState.PENDING && graph.state() != RunState.PENDING) {
            lines.accept("run " + printable(graph.context().runName()) + " started");
        }
        for (TaskNode node : changed) {
            if (node.parent() != null) {
                task(node);
            }
        }
        if (graph.state() != state) {
            state = graph.state();
            if (state == RunState.CANCELING) {
                lines.accept("run is being cancelled");
            } else if (state.isFinal()) {
                lines.accept("run " + state + took(Duration.between(graph.startedAt(), graph.endedAt()))
                        + (graph.error() == null ? "" : ": " + printable(graph.error())));
            }
        }
    }

    private void task(TaskNode node) {
        boolean retry = node.state() == TaskState.WAITING && node.message() != null
                && !node.message().equals(retrying.put(node.path(), node.message()));
        if (node.state().isFinal()) {
            retrying.remove(node.path());
        }
        TaskState before = node.state().isFinal() ? last.remove(node.path()) : last.put(node.path(), node.state());
        if ((before == node.state() && !retry) || node.state() == TaskState.PENDING || (node.state() == TaskState.WAITING && !retry)) {
            return;
        }
        if (node.kind() == TaskKind.ITERATION && node.state() == TaskState.RUNNING) {
            return;
        }
        StringBuilder line = new StringBuilder(printable(node.path())).append(": ").append(node.state());
        if (node.state() == TaskState.SUCCEEDED || node.state() == TaskState.FAILED) {
            boolean kept = node.state() == TaskState.SUCCEEDED && node.cache() != null && node.cache().path("kept").asBoolean();
            line.append(kept ? " before the retry, kept" : took(Duration.between(node.started(), node.ended())));
        }
        if (node.state() == TaskState.RUNNING && node.attempts().size() > 1) {
            line.append(" (attempt ").append(node.attempts().size()).append(')');
        }
        if (node.reason() != null) {
            line.append(' ').append(node.reason());
        }
        if (node.message() != null) {
            line.append(": ").append(printable(node.message()));
        }
        lines.accept(line.toString());
    }

    @Override
    public void message(String line) {
        lines.accept(printable(line));
    }

    /** Names and messages come from strangers: no control characters on anybody's terminal, and not pages of them. */
    public static String printable(String text) {
        String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "… (" + text.length() + " characters)" : text;
        return UNPRINTABLE.matcher(shown).replaceAll("�");
    }

    private static String took(Duration duration) {
        return String.format(java.util.Locale.ROOT, " after %.1f s", duration.toMillis() / 1000.0);
    }
}
