package io.jenkins.plugins.kubeflow.recurring;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import io.jenkins.plugins.kubeflow.engine.schedule.CatchUp;
import io.jenkins.plugins.kubeflow.engine.schedule.Schedule;
import io.jenkins.plugins.kubeflow.engine.schedule.ScheduleException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * A recurring run as somebody configured it: part of the job's configuration, changed only by replacing it. What has fired so far is
 * no part of it, see {@link RecurringRecord}. The id is given when it becomes part of a job, and kept by name when a script writes the
 * job anew without ids.
 */
public final class RecurringRun extends AbstractDescribableImpl<RecurringRun> {
    private String id;
    private final String name;
    private final RecurringSchedule schedule;
    private String description;
    private String timeZone;
    private String start;
    private String end;
    private Integer maxConcurrency;
    private boolean noCatchUp;
    private boolean disabled;
    private String version;
    private boolean noCache;
    private List<RecurringParameter> parameters;
    /** A limit that was asked for and is none; so long as nobody has saved it. */
    private transient Integer wrongConcurrency;

    @DataBoundConstructor
    public RecurringRun(String name, RecurringSchedule schedule) {
        this.name = Util.fixNull(name).trim();
        this.schedule = schedule;
    }

    /** A UUID; null until it belongs to a job. */
    @CheckForNull
    public String getId() {
        return id;
    }

    @DataBoundSetter
    public void setId(String known) {
        String trimmed = Util.fixEmptyAndTrim(known);
        id = trimmed == null ? null : UUID.fromString(trimmed).toString();
    }

    public String getName() {
        return name;
    }

    public RecurringSchedule getSchedule() {
        return schedule;
    }

    @CheckForNull
    public String getDescription() {
        return description;
    }

    @DataBoundSetter
    public void setDescription(String text) {
        description = Util.fixEmptyAndTrim(text);
    }

    /** An id of the time zone database; null for the one Jenkins runs in. */
    @CheckForNull
    public String getTimeZone() {
        return timeZone;
    }

    @DataBoundSetter
    public void setTimeZone(String zone) {
        timeZone = Util.fixEmptyAndTrim(zone);
    }

    @CheckForNull
    public String getStart() {
        return start;
    }

    @DataBoundSetter
    public void setStart(String moment) {
        start = Util.fixEmptyAndTrim(moment);
    }

    @CheckForNull
    public String getEnd() {
        return end;
    }

    @DataBoundSetter
    public void setEnd(String moment) {
        end = Util.fixEmptyAndTrim(moment);
    }

    /** How many of its runs may be active at once, 1 to 10; something else only in a form that was refused. */
    public int getMaxConcurrency() {
        if (wrongConcurrency != null) {
            return wrongConcurrency;
        }
        return maxConcurrency == null ? CatchUp.MAX_CONCURRENCY : maxConcurrency;
    }

    @DataBoundSetter
    public void setMaxConcurrency(int limit) {
        wrongConcurrency = limit < CatchUp.MIN_CONCURRENCY || limit > CatchUp.MAX_CONCURRENCY ? limit : null;
        int bounded = Math.max(CatchUp.MIN_CONCURRENCY, Math.min(CatchUp.MAX_CONCURRENCY, limit));
        maxConcurrency = bounded == CatchUp.MAX_CONCURRENCY ? null : bounded;
    }

    public boolean isCatchUp() {
        return !noCatchUp;
    }

    @DataBoundSetter
    public void setCatchUp(boolean on) {
        noCatchUp = !on;
    }

    public boolean isEnabled() {
        return !disabled;
    }

    @DataBoundSetter
    public void setEnabled(boolean on) {
        disabled = !on;
    }

    /** A version of a registered pipeline; null for the latest, or for what the job's definition says. */
    @CheckForNull
    public String getVersion() {
        return version;
    }

    @DataBoundSetter
    public void setVersion(String pinned) {
        version = Util.fixEmptyAndTrim(pinned);
    }

    public boolean isCache() {
        return !noCache;
    }

    @DataBoundSetter
    public void setCache(boolean on) {
        noCache = !on;
    }

    public List<RecurringParameter> getParameters() {
        return parameters == null ? List.of() : List.copyOf(parameters);
    }

    @DataBoundSetter
    public void setParameters(List<RecurringParameter> values) {
        parameters = values == null || values.isEmpty() ? null : new ArrayList<>(values);
    }

    ZoneId zone() throws ScheduleException {
        return Moments.zone(timeZone);
    }

    /** @throws ScheduleException with a sentence when schedule or zone cannot be read */
    Schedule schedule() throws ScheduleException {
        if (schedule == null) {
            throw new ScheduleException("has no schedule");
        }
        return schedule.schedule(zone(), Util.fixNull(id));
    }

    @CheckForNull
    Instant startsAt() throws ScheduleException {
        return Moments.parse(start, zone());
    }

    @CheckForNull
    Instant endsAt() throws ScheduleException {
        return Moments.parse(end, zone());
    }

    /** Why it could never fire, as a sentence; null when it can. */
    @CheckForNull
    public String problem() {
        if (wrongConcurrency != null) {
            return "‘Runs at once’ is a number from " + CatchUp.MIN_CONCURRENCY + " to " + CatchUp.MAX_CONCURRENCY;
        }
        try {
            Schedule times = schedule();
            Instant from = startsAt();
            Instant until = endsAt();
            if (from != null && until != null && !until.isAfter(from)) {
                return "the end is not later than the start";
            }
            return times.next(from == null ? Instant.EPOCH : from).isEmpty()
                    ? "‘" + schedule.getText() + "’ never comes: there is no such date" : null;
        } catch (ScheduleException e) {
            return e.getMessage();
        }
    }

    /** Changes with everything that decides when it fires. */
    String rhythm() {
        return (schedule == null ? "" : schedule.getText()) + "|" + timeZone + "|" + start;
    }

    RecurringRun copy() {
        RecurringRun copy = new RecurringRun(name, schedule);
        copy.id = id;
        copy.description = description;
        copy.timeZone = timeZone;
        copy.start = start;
        copy.end = end;
        copy.maxConcurrency = maxConcurrency;
        copy.wrongConcurrency = wrongConcurrency;
        copy.noCatchUp = noCatchUp;
        copy.disabled = disabled;
        copy.version = version;
        copy.noCache = noCache;
        copy.parameters = parameters;
        return copy;
    }

    @Override
    public RecurringRunDescriptor getDescriptor() {
        return (RecurringRunDescriptor) super.getDescriptor();
    }
}
