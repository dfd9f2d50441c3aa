package io.jenkins.plugins.kubeflow.recurring;

import io.jenkins.plugins.kubeflow.engine.schedule.CatchUp;
import io.jenkins.plugins.kubeflow.engine.schedule.ScheduleException;
import io.jenkins.plugins.kubeflow.engine.schedule.Trigger;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * One recurring run as the clock keeps it: its configuration read once, and the ids of its runs that have not ended (queued ones
 * included). Guarded by the clock's lock.
 */
final class RecurringEntry {
    final String job;
    final RecurringRun run;
    final Trigger trigger;
    final Set<String> active = new HashSet<>();

    private RecurringEntry(String job, RecurringRun run, Trigger trigger) {
        this.job = job;
        this.run = run;
        this.trigger = trigger;
    }

    static RecurringEntry of(String job, RecurringRun run, RecurringRecord record) throws ScheduleException {
        return new RecurringEntry(job, run, trigger(run, record));
    }

    static Trigger trigger(RecurringRun run, RecurringRecord record) throws ScheduleException {
        return new Trigger(run.schedule(), record.created(), run.startsAt(), run.endsAt(), record.enabledSince());
    }

    CatchUp.Due due(RecurringRecord record, Instant now) {
        return CatchUp.due(trigger, record.last(), now, run.isCatchUp(), run.getMaxConcurrency(), active.size());
    }
}
