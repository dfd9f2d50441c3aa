package io.jenkins.plugins.kubeflow.engine.schedule;

import java.time.Instant;
import java.util.Optional;

/** Every {@code seconds} seconds, counted from a base whose fraction of a second is dropped. */
record Ticks(long seconds) {
    Optional<Instant> next(Instant base, Instant floor) {
        return number(Math.max(count(base, floor), 0) + 1, base);
    }

    Optional<Instant> latest(Instant base, Instant until) {
        long count = count(base, until);
        return count < 1 ? Optional.empty() : number(count, base);
    }

    /** So many ticks lie behind {@code base} up to and with {@code until}; 0 or less for none. */
    long count(Instant base, Instant until) {
        return Math.floorDiv(until.getEpochSecond() - base.getEpochSecond(), seconds);
    }

    private Optional<Instant> number(long count, Instant base) {
        long room = Schedule.LAST.getEpochSecond() - base.getEpochSecond();
        return count > room / seconds ? Optional.empty() : Optional.of(Instant.ofEpochSecond(base.getEpochSecond() + count * seconds));
    }
}
