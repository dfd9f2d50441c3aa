package io.jenkins.plugins.kubeflow.recurring;

import io.jenkins.plugins.kubeflow.engine.schedule.ScheduleTimes;
import io.jenkins.plugins.kubeflow.engine.schedule.Trigger;
import java.time.Instant;
import java.util.List;

/** A recurring run at a moment: what it did and what it will do. */
public record RecurringRunStatus(Trigger trigger, RecurringRecord record, int active, Instant now) {

    /** The next slots; none when it is switched off or over. */
    public List<Instant> next(int n) {
        return record.enabled() ? ScheduleTimes.next(trigger, record.last(), now, n) : List.of();
    }
}
