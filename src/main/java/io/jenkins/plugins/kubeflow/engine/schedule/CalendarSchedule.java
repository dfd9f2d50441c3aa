package io.jenkins.plugins.kubeflow.engine.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A schedule whose slots depend on the calendar alone. Open for other notations of cron: only {@link #next(Instant)} is needed, which must be
 * strictly later than its argument, in whole seconds, and never go back when the argument grows.
 */
public non-sealed interface CalendarSchedule extends Schedule {
    @Override
    Optional<Instant> next(Instant after);

    @Override
    default Optional<Instant> next(Instant base, Instant floor) {
        return next(floor.isAfter(base) ? floor : base);
    }

    /** Looks back in growing steps until there is a slot, then halves: about 60 calls of {@link #next(Instant)} over a century of seconds. */
    @Override
    default Optional<Instant> latest(Instant base, Instant until) {
        Optional<Instant> first = next(base).filter(slot -> !slot.isAfter(until));
        if (first.isEmpty()) {
            return first;
        }
        Instant low = first.get();
        Instant high = until;
        for (long step = 1; until.minusSeconds(step).isAfter(low); step *= 2) {
            Instant probe = until.minusSeconds(step);
            Optional<Instant> found = next(probe).filter(slot -> !slot.isAfter(until));
            if (found.isPresent()) {
                low = found.get();
                break;
            }
            high = probe;
        }
        while (Duration.between(low, high).getSeconds() > 0) {
            Instant middle = low.plusSeconds(Duration.between(low, high).getSeconds() / 2);
            Optional<Instant> found = next(middle).filter(slot -> !slot.isAfter(until));
            if (found.isPresent()) {
                low = found.get();
            } else {
                high = middle;
            }
        }
        return Optional.of(low);
    }

    @Override
    default Optional<Instant> newest(Instant base, Instant now) {
        return latest(base, now);
    }
}
