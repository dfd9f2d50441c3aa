package io.jenkins.plugins.kubeflow.engine.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A run every so many seconds (KFP's periodic schedule). Without catch-up, one who missed several runs now and the rhythm starts anew there. */
public final class IntervalSchedule implements Schedule {
    private final Ticks ticks;

    private IntervalSchedule(Ticks ticks) {
        this.ticks = ticks;
    }

    static IntervalSchedule of(Duration interval) throws ScheduleException {
        if (interval.getSeconds() < 1 || interval.getNano() != 0) {
            throw new ScheduleException("interval ‘" + interval + "’: must be whole seconds, at least one");
        }
        return new IntervalSchedule(new Ticks(interval.getSeconds()));
    }

    public Duration interval() {
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
        boolean several = ticks.count(base, now) >= 2;
        return several ? Optional.of(Instant.ofEpochSecond(now.getEpochSecond())) : latest(base, now);
    }

    @Override
    public String toString() {
        return "interval " + interval();
    }
}
