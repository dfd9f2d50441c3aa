package io.jenkins.plugins.kubeflow.recurring;

import hudson.scheduler.CronTab;
import hudson.scheduler.Hash;
import hudson.scheduler.RareOrImpossibleDateException;
import io.jenkins.plugins.kubeflow.engine.schedule.CalendarSchedule;
import io.jenkins.plugins.kubeflow.engine.schedule.ScheduleException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;

/** The slots of a Jenkins cron in a time zone: the earliest of what its lines say, in whole minutes. */
final class JenkinsCronSchedule implements CalendarSchedule {
    private final List<CronTab> lines;
    private final TimeZone zone;

    private JenkinsCronSchedule(List<CronTab> lines, TimeZone zone) {
        this.lines = lines;
        this.zone = zone;
    }

    static JenkinsCronSchedule parse(String spec, ZoneId zone, String seed) throws ScheduleException {
        List<CronTab> tabs = new ArrayList<>();
        String[] lines = spec.split("\\r?\\n");
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("TZ=")) {
                throw new ScheduleException("cron ‘" + line + "’: the time zone has a field of its own");
            }
            try {
                tabs.add(new CronTab(line, i + 1, Hash.from(seed)));
            } catch (IllegalArgumentException e) {
                throw new ScheduleException("cron ‘" + line + "’: " + e.getMessage());
            }
        }
        if (tabs.isEmpty()) {
            throw new ScheduleException("the cron is empty: write five fields, such as ‘H 3 * * *’");
        }
        return new JenkinsCronSchedule(tabs, TimeZone.getTimeZone(zone));
    }

    @Override
    public Optional<Instant> next(Instant after) {
        return lines.stream().flatMap(line -> next(line, after).stream()).min(Instant::compareTo);
    }

    /** A clock that goes back repeats local times; a found slot that is not later is looked for again behind the repeated hour. */
    private Optional<Instant> next(CronTab line, Instant after) {
        Instant from = after.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        for (int tries = 0; tries < 3; tries++) {
            Calendar calendar = new GregorianCalendar(zone, Locale.US);
            calendar.setTimeInMillis(from.toEpochMilli());
            Instant found;
            try {
                found = line.ceil(calendar).toInstant();
            } catch (RareOrImpossibleDateException e) {
                return Optional.empty();
            }
            if (found.isAfter(after)) {
                return Optional.of(found);
            }
            from = from.plus(1, ChronoUnit.HOURS);
        }
        return Optional.empty();
    }
}
