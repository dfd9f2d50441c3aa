package io.jenkins.plugins.kubeflow.engine.cli;

import io.jenkins.plugins.kubeflow.engine.graph.RunGraph;
import io.jenkins.plugins.kubeflow.engine.graph.TaskKind;
import io.jenkins.plugins.kubeflow.engine.graph.TaskNode;
import io.jenkins.plugins.kubeflow.engine.graph.TaskState;
import io.jenkins.plugins.kubeflow.engine.run.RunEngine;
import io.jenkins.plugins.kubeflow.engine.run.RunListener;
import io.jenkins.plugins.kubeflow.engine.run.RunLog;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The task tree, redrawn in place a few times a second while something changes or runs. */
final class ProgressTree implements Progress {
    private static final int HEIGHT = 30;

    private final RunEngine engine;
    private final PrintStream out;
    private final ScheduledExecutorService painter = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "kubeflow-progress");
        thread.setDaemon(true);
        return thread;
    });
    private final List<String> notes = new ArrayList<>();
    private int painted;

    ProgressTree(RunEngine engine, PrintStream out) {
        this.engine = engine;
        this.out = out;
        painter.scheduleWithFixedDelay(this::paint, 100, 200, TimeUnit.MILLISECONDS);
    }

    @Override
    public RunListener listener() {
        return new RunListener() {
            @Override
            public void changed(RunGraph graph, List<TaskNode> changed) {
                // the painter looks at the graph itself, a few times a second
            }

            @Override
            public void message(String line) {
                synchronized (notes) {
                    notes.add(RunLog.printable(line));
                }
            }
        };
    }

    private synchronized void paint() {
        List<String> lines = engine.read(graph -> lines(graph, Instant.now()));
        StringBuilder screen = new StringBuilder();
        if (painted > 0) {
            screen.append("\u001b[").append(painted).append("A");
        }
        synchronized (notes) {
            notes.forEach(note -> screen.append("\u001b[2K").append(note).append('\n'));
            notes.clear();
        }
        lines.forEach(line -> screen.append("\u001b[2K").append(line).append('\n'));
        for (int i = lines.size(); i < painted; i++) {
            screen.append("\u001b[2K\n");
        }
        if (lines.size() < painted) {
            screen.append("\u001b[").append(painted - lines.size()).append("A");
        }
        painted = lines.size();
        out.print(screen);
        out.flush();
    }

    private List<String> lines(RunGraph graph, Instant now) {
        List<String> lines = new ArrayList<>();
        graph.walk(node -> {
            if (node.kind() == TaskKind.LOOP || node.parent().kind() != TaskKind.LOOP) {
                lines.add(line(node, now));
            } else if (!node.state().isFinal() || node.state() == TaskState.FAILED) {
                lines.add(line(node, now));
            }
        });
        List<String> shown = lines.size() <= HEIGHT ? lines : new ArrayList<>(lines.subList(lines.size() - HEIGHT, lines.size()));
        String took = graph.startedAt() == null ? "" : seconds(Duration.between(graph.startedAt(), graph.endedAt() == null ? now : graph.endedAt()));
        shown.add(graph.context().runName() + ": " + graph.state() + took + (graph.error() == null ? "" : ": " + RunLog.printable(graph.error())));
        return shown;
    }

    private String line(TaskNode node, Instant now) {
        int depth = (int) node.path().chars().filter(c -> c == '/' || c == '[').count();
        StringBuilder line = new StringBuilder("  ".repeat(depth)).append(mark(node.state())).append(' ');
        line.append(RunLog.printable(node.isIteration() ? "[" + node.index() + "]" : node.key()));
        if (node.iterations() >= 0) {
            long done = node.children().stream().filter(child -> child.state().isFinal()).count();
            line.append(" (").append(done).append('/').append(node.iterations()).append(')');
        }
        if (node.started() != null) {
            line.append(seconds(Duration.between(node.started(), node.ended() == null ? now : node.ended())));
        }
        if (node.attempts().size() > 1) {
            line.append(", attempt ").append(node.attempts().size());
        }
        String why = node.message() != null ? node.message() : engine.waitingFor(node.path());
        if (why != null) {
            line.append(": ").append(RunLog.printable(why));
        }
        return line.length() > 160 ? line.substring(0, 159) + "…" : line.toString();
    }

    private static String mark(TaskState state) {
        return switch (state) {
            case PENDING -> "·";
            case WAITING -> "◌";
            case RUNNING -> "▶";
            case SUCCEEDED -> "✓";
            case CACHED -> "≡";
            case SKIPPED -> "-";
            case FAILED -> "✗";
            case CANCELED -> "■";
        };
    }

    private static String seconds(Duration duration) {
        return String.format(java.util.Locale.ROOT, " %.1fs", duration.toMillis() / 1000.0);
    }

    @Override
    public void end() {
        paint();
    }

    @Override
    public void close() {
        painter.shutdownNow();
    }
}
