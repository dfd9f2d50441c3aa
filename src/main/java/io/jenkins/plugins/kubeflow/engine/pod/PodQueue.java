package io.jenkins.plugins.kubeflow.engine.pod;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** At most so many pods at a time; those that wait are served in turn over the runs, first come first served within a run. */
final class PodQueue {
    private final int most;
    private final Map<String, Deque<Runnable>> waiting = new LinkedHashMap<>();
    private int taken;

    /** @param most 0 for no limit */
    PodQueue(int most) {
        this.most = most;
    }

    /** Runs the action at once or when a place is free, on the thread that frees it; it must not block. True when it ran at once. */
    boolean enter(String runId, Runnable action) {
        synchronized (this) {
            if (most > 0 && taken >= most) {
                waiting.computeIfAbsent(runId, id -> new ArrayDeque<>()).add(action);
                return false;
            }
            taken++;
        }
        action.run();
        return true;
    }

    /** Takes back a place that was asked for and not given; false when it has been given. */
    synchronized boolean withdraw(String runId, Runnable action) {
        Deque<Runnable> queue = waiting.get(runId);
        boolean removed = queue != null && queue.remove(action);
        if (removed && queue.isEmpty()) {
            waiting.remove(runId);
        }
        return removed;
    }

    void leave() {
        Runnable next;
        synchronized (this) {
            next = next();
            if (next == null) {
                taken--;
            }
        }
        if (next != null) {
            next.run();
        }
    }

    private Runnable next() {
        var runs = waiting.entrySet().iterator();
        if (!runs.hasNext()) {
            return null;
        }
        Map.Entry<String, Deque<Runnable>> first = runs.next();
        String runId = first.getKey();
        Deque<Runnable> queue = first.getValue();
        runs.remove();
        Runnable action = queue.poll();
        if (!queue.isEmpty()) {
            waiting.put(runId, queue);
        }
        return action;
    }
}
