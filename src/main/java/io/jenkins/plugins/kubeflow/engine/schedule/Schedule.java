package io.jenkins.plugins.kubeflow.engine.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * When a recurring run fires: a series of slots, in whole seconds. A {@link CalendarSchedule} has the same slots wherever one starts to look,
 * the others count from a base, which is the slot that fired last or else where the trigger begins.
 */
public sealed interface Schedule permits CalendarSchedule, EverySchedule, IntervalSchedule {
    /** No schedule has slots later than this: the end of the year 9999 in UTC. */
    Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    /** The first slot of the series from {@code base} that is later than both {@code base} and {@code floor}; empty when there is none any more. */
    Optional<Instant> next(Instant base, Instant floor);

    /** The newest slot of the series from {@code base} that is later than {@code base} and not later than {@code until}. */
    Optional<Instant> latest(Instant base, Instant until);

    /** Without catch-up, the one slot that runs at {@code now} for all those missed since {@code base}; empty when none is due. */
    Optional<Instant> newest(Instant base, Instant now);

    /** The first slot later than {@code after}, which is the base. */
    default Optional<Instant> next(Instant after) {
        return next(after, after);
    }

    /** Five or six fields with the second first, {@code @daily} and its kin, or {@code @every 1h30m}. */
    static Schedule cron(String text, ZoneId zone) throws ScheduleException {
        String trimmed = text.strip();
        return trimmed.startsWith(EverySchedule.PREFIX) ? EverySchedule.parse(trimmed) : CronSchedule.parse(trimmed, zone);
    }

    static Schedule interval(Duration interval) throws ScheduleException {
        return IntervalSchedule.of(interval);
    }
}
