package io.jenkins.plugins.kubeflow.engine.schedule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The next fire times, for pages and forms. */
public final class ScheduleTimes {
    private ScheduleTimes() {}

    /** At most {@code n} slots later than {@code from}. */
    public static List<Instant> next(Schedule schedule, Instant from, int n) {
        return times(schedule.next(from), schedule::next, n);
    }

    /** At most {@code n} slots later than {@code now} in the window of the trigger; {@code last} is the slot that fired last, or null. */
    public static List<Instant> next(Trigger trigger, Instant last, Instant now, int n) {
        return times(trigger.upcoming(last, now), trigger::next, n);
    }

    private static List<Instant> times(Optional<Instant> first, Function<Instant, Optional<Instant>> following, int n) {
        List<Instant> times = new ArrayList<>();
        for (Optional<Instant> time = first; time.isPresent() && times.size() < n; time = following.apply(time.get())) {
            times.add(time.get());
        }
        return times;
    }
}
