package io.jenkins.plugins.kubeflow.engine.process;

import java.util.LinkedHashMap;
import java.util.Map;

/** Bounds how many processes run at a time, first come first served; 0 means no bound. Held by key, so that giving back twice is harmless. */
final class ProcessSlots {
    private final int limit;
    private final Map<Object, Runnable> waiting = new LinkedHashMap<>();
    private final java.util.Set<Object> held = new java.util.HashSet<>();

    ProcessSlots(int limit) {
        this.limit = limit;
    }

    /** Runs the action now (true) or when a slot is free (false). */
    boolean acquire(Object owner, Runnable action) {
        synchronized (this) {
            if (limit > 0 && held.size() >= limit) {
                waiting.put(owner, action);
                return false;
            }
            held.add(owner);
        }
        action.run();
        return true;
    }

    /** Takes a slot even when there is none: for a process that runs already. */
    synchronized void take(Object owner) {
        held.add(owner);
    }

    void release(Object owner) {
        Runnable next = null;
        synchronized (this) {
            waiting.remove(owner);
            if (held.remove(owner) && !waiting.isEmpty() && (limit <= 0 || held.size() < limit)) {
                Map.Entry<Object, Runnable> first = waiting.entrySet().iterator().next();
                waiting.remove(first.getKey());
                held.add(first.getKey());
                next = first.getValue();
            }
        }
        if (next != null) {
            next.run();
        }
    }
}
