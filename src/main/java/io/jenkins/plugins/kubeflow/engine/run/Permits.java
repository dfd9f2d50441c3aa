package io.jenkins.plugins.kubeflow.engine.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * How many attempts may be on their way at once, shared by runs. First come first served within a run, in turns between runs, so
 * that a loop of 10 000 does not make a small run wait. Thread-safe; never blocks.
 */
public final class Permits {
    private int limit;
    /** Below zero after the limit has become smaller than what is on its way. */
    private int free;
    private final Map<Object, Deque<Runnable>> waiting = new LinkedHashMap<>();
    private final Executor executor;

    /** @param limit how many at once; {@code executor} runs what was granted */
    public Permits(int limit, Executor executor) {
        this.limit = checked(limit);
        this.free = limit;
        this.executor = executor;
    }

    private static int checked(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("the parallelism must be at least 1, got " + limit);
        }
        return limit;
    }

    /** From now on. What is on its way beyond a smaller limit goes on; what waits is granted as far as a larger one allows. */
    public void resize(int newLimit) {
        List<Runnable> granted = new ArrayList<>();
        synchronized (this) {
            free += checked(newLimit) - limit;
            limit = newLimit;
            for (Runnable next = free > 0 ? next() : null; next != null; next = free > 0 ? next() : null) {
                free--;
                granted.add(next);
            }
        }
        granted.forEach(executor::execute);
    }

    /** Runs {@code granted} once it is this request's turn; the permit is held until {@link #release}. */
    public void request(Object owner, Runnable granted) {
        synchronized (this) {
            if (free <= 0) {
                waiting.computeIfAbsent(owner, key -> new ArrayDeque<>()).add(granted);
                return;
            }
            free--;
        }
        executor.execute(granted);
    }

    /** Gives a permit back, or on to whose turn it is. */
    public void release() {
        Runnable next;
        synchronized (this) {
            next = free < 0 ? null : next();
            if (next == null) {
                free++;
                return;
            }
        }
        executor.execute(next);
    }

    private Runnable next() {
        var turns = waiting.entrySet().iterator();
        if (!turns.hasNext()) {
            return null;
        }
        Map.Entry<Object, Deque<Runnable>> turn = turns.next();
        turns.remove();
        Runnable next = turn.getValue().poll();
        if (!turn.getValue().isEmpty()) {
            waiting.put(turn.getKey(), turn.getValue());
        }
        return next;
    }

    /** Forgets the requests of a run that has ended or is being closed. */
    public synchronized void forget(Object owner) {
        waiting.remove(owner);
    }
}
