package io.jenkins.plugins.kubeflow.engine.schedule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which slots of a recurring run fire now (KFP's catch-up rules, kfp.md 1.9). */
public final class CatchUp {
    public static final int MIN_CONCURRENCY = 1;
    public static final int MAX_CONCURRENCY = 10;

    private CatchUp() {}

    /**
     * {@code slots} fire now, oldest first; the last of them is the caller's new "last scheduled time". {@code next} is the slot behind them: in
     * the future, or in the past when it waits for one of the active runs to end; empty when nothing will fire any more.
     */
    public record Due(List<Instant> slots, Optional<Instant> next) {}

    /**
     * With catch-up every missed slot runs, as many at once as there is room for; without it only the newest one.
     *
     * @param last the slot that fired last, or null
     * @param maxConcurrency taken as 1 to 10
     * @param active how many runs of this recurring run have not ended
     */
    public static Due due(Trigger trigger, Instant last, Instant now, boolean catchUp, int maxConcurrency, int active) {
        int room = Math.max(MIN_CONCURRENCY, Math.min(MAX_CONCURRENCY, maxConcurrency)) - Math.max(0, active);
        if (!catchUp) {
            Optional<Instant> newest = trigger.newest(last, now);
            if (newest.isEmpty()) {
                return new Due(List.of(), trigger.next(last));
            }
            return room < 1 ? new Due(List.of(), newest) : new Due(List.of(newest.get()), trigger.next(newest.get()));
        }
        List<Instant> slots = new ArrayList<>();
        Optional<Instant> next = trigger.next(last);
        while (slots.size() < room && next.isPresent() && !next.get().isAfter(now)) {
            slots.add(next.get());
            next = trigger.next(next.get());
        }
        return new Due(List.copyOf(slots), next);
    }
}
