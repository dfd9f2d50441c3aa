package io.jenkins.plugins.kubeflow.recurring;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionPoint;
import hudson.model.AbstractDescribableImpl;
import io.jenkins.plugins.kubeflow.engine.schedule.Schedule;
import io.jenkins.plugins.kubeflow.engine.schedule.ScheduleException;
import java.time.ZoneId;

/** When a recurring run fires, as it is written down. Persisted with the job; reads itself into the engine's {@link Schedule}. */
public abstract class RecurringSchedule extends AbstractDescribableImpl<RecurringSchedule> implements ExtensionPoint {

    /**
     * @param zone the recurring run's time zone
     * @param seed what a hash ({@code H}) is made of: the recurring run's id, so that it stays when jobs are renamed
     * @throws ScheduleException with a sentence when it cannot be read
     */
    public abstract Schedule schedule(ZoneId zone, String seed) throws ScheduleException;

    /** A few words for tables: {@code every 1 h}, {@code cron 0 0 9 * * *}. */
    public abstract String getText();

    /** The sentence that is wrong with it, or null. */
    @CheckForNull
    final String problem(ZoneId zone) {
        try {
            schedule(zone, "");
            return null;
        } catch (ScheduleException e) {
            return e.getMessage();
        }
    }
}
