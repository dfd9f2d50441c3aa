package io.jenkins.plugins.kubeflow.engine.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Cron's {@code @every 1h30m}: like an interval, but without catch-up the newest missed slot runs and the rhythm stays. */
public final class EverySchedule implements Schedule {
    static final String PREFIX = "@every ";

    private final Ticks ticks;

    private EverySchedule(Ticks ticks) {
        this.ticks = ticks;
    }

    static EverySchedule parse(String text) throws ScheduleException {
        Duration duration;
        try {
            duration = GoDuration.parse(text.substring(PREFIX.length()).strip());
        } catch (ScheduleException e) {
            throw new ScheduleException("cron ‘" + text + "’: " + e.getMessage());
        }
        if (duration.isNegative() || duration.isZero()) {
            throw new ScheduleException("cron ‘" + text + "’: the duration must be more than 0");
        }
        return new EverySchedule(new Ticks(Math.max(1, duration.getSeconds())));
    }

    public Duration duration() {
        return Duration.ofSeconds(ticks.seconds());
    }

    @Override
    public Optional<Instant> next(Instant base, Instant floor) {
        return ticks.next(base, floor);
    }

    @Override
    public Optional<Instant> latest(Instant base, Instant until) {
        return ticks.latest(base, until);
    }

    @Override
    public Optional<Instant> newest(Instant base, Instant now) {
        return latest(base, now);
    }

    @Override
    public String toString() {
        return "every " + duration();
    }
}
