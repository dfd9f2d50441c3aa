package io.jenkins.plugins.kubeflow.engine.schedule;

import java.time.Instant;
import java.util.Optional;

/**
 * A schedule with its window. The series starts behind {@code start} if there is one, else behind {@code created}; nothing fires later than
 * {@code end}. {@code start}, {@code end} and {@code enabledSince} may be null; slots up to {@code enabledSince} passed while the recurring run
 * was switched off and are never made up for.
 */
public record Trigger(Schedule schedule, Instant created, Instant start, Instant end, Instant enabledSince) {
    public Trigger(Schedule schedule, Instant created) {
        this(schedule, created, null, null, null);
    }

    /** The slot behind {@code last}, the slot that fired last, or null when none has; it may lie in the past. Empty when there is none any more. */
    public Optional<Instant> next(Instant last) {
        Instant base = base(last);
        return inWindow(schedule.next(base, later(base, enabledSince)));
    }

    /** The slot behind {@code last} that is still to come at {@code now}: what a page shows. */
    public Optional<Instant> upcoming(Instant last, Instant now) {
        Instant base = base(last);
        return inWindow(schedule.next(base, later(later(base, enabledSince), now)));
    }

    /** Without catch-up: the one slot that runs at {@code now}, if any was missed or is due. */
    Optional<Instant> newest(Instant last, Instant now) {
        Instant base = base(last);
        boolean over = end != null && now.isAfter(end);
        return (over ? schedule.latest(base, end) : schedule.newest(base, now))
                .filter(slot -> enabledSince == null || slot.isAfter(enabledSince));
    }

    private Instant base(Instant last) {
        return last == null ? start == null ? created : start : later(last, start);
    }

    private Optional<Instant> inWindow(Optional<Instant> slot) {
        return slot.filter(time -> end == null || !time.isAfter(end));
    }

    private static Instant later(Instant a, Instant b) {
        return b == null || a.isAfter(b) ? a : b;
    }
}
