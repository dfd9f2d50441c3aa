package io.jenkins.plugins.kubeflow.engine.schedule;

import io.jenkins.plugins.kubeflow.engine.schedule.CronField.Kind;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Map;
import java.util.Optional;

/**
 * KFP's cron (the grammar of robfig/cron 1.2) in a time zone: second, minute, hour, day of month, month and, optionally, day of week.
 *
 * <p>When the clocks change, a schedule that names its hours runs once for each wall-clock time: one that the clocks jump over runs at the
 * moment of the jump, one that comes twice runs the first time. A schedule for every hour follows elapsed time: nothing for the hour that is
 * left out, and both of the hour that comes twice.
 */
public final class CronSchedule implements CalendarSchedule {
    private static final Instant FIRST = Instant.parse("0001-01-02T00:00:00Z");
    private static final Map<String, String> DESCRIPTORS = Map.of("@yearly", "0 0 0 1 1 *", "@annually", "0 0 0 1 1 *", "@monthly", "0 0 0 1 * *",
            "@weekly", "0 0 0 * * 0", "@daily", "0 0 0 * * *", "@midnight", "0 0 0 * * *", "@hourly", "0 0 * * * *");
    private static final int LONGEST = 1_000;

    private final String text;
    private final ZoneId zone;
    private final ZoneRules rules;
    private final CronFields fields;

    private CronSchedule(String text, ZoneId zone, CronFields fields) {
        this.text = text;
        this.zone = zone;
        this.rules = zone.getRules();
        this.fields = fields;
    }

    static CronSchedule parse(String text, ZoneId zone) throws ScheduleException {
        if (text.length() > LONGEST) {
            throw new ScheduleException("a cron expression of " + text.length() + " characters is too long");
        }
        String cron = text.startsWith("@") ? DESCRIPTORS.get(text) : text;
        if (cron == null) {
            throw error(text, "unknown; there are @yearly, @monthly, @weekly, @daily, @hourly and @every 1h30m");
        }
        String[] parts = cron.isEmpty() ? new String[0] : cron.split("\\s+");
        if (parts.length < 5 || parts.length > 6) {
            throw error(text, "has " + parts.length + " fields, but there are 5 or 6: second, minute, hour, day of month, month"
                    + " and optionally day of week");
        }
        CronField[] fields = new CronField[6];
        for (Kind kind : Kind.values()) {
            try {
                fields[kind.ordinal()] = CronField.parse(kind, kind.ordinal() < parts.length ? parts[kind.ordinal()] : "*");
            } catch (ScheduleException e) {
                throw error(text, e.getMessage());
            }
        }
        return new CronSchedule(text, zone, new CronFields(fields[0], fields[1], fields[2], fields[3], fields[4], fields[5]));
    }

    private static ScheduleException error(String text, String what) {
        return new ScheduleException("cron ‘" + text + "’: " + what);
    }

    public ZoneId zone() {
        return zone;
    }

    @Override
    public Optional<Instant> next(Instant after) {
        if (after.isAfter(LAST)) {
            return Optional.empty();
        }
        Instant from = (after.isBefore(FIRST) ? FIRST : after).truncatedTo(ChronoUnit.SECONDS);
        return (fields.everyHour() ? elapsed(from.plusSeconds(1)) : wallClock(from)).filter(slot -> !slot.isAfter(LAST));
    }

    /** Between two changes of the clocks the offset is fixed, so each such stretch is searched by itself. */
    private Optional<Instant> elapsed(Instant start) {
        Instant from = start;
        while (true) {
            ZoneOffset offset = rules.getOffset(from);
            Optional<Instant> slot = fields.atOrAfter(LocalDateTime.ofInstant(from, offset)).map(time -> time.toInstant(offset));
            ZoneOffsetTransition change = rules.nextTransition(from);
            if (slot.isEmpty() || change == null || slot.get().isBefore(change.getInstant())) {
                return slot;
            }
            from = change.getInstant();
        }
    }

    private Optional<Instant> wallClock(Instant after) {
        LocalDateTime local = LocalDateTime.ofInstant(after, rules.getOffset(after));
        ZoneOffsetTransition change = rules.getTransition(local);
        boolean secondPass = change != null && change.isOverlap() && !after.isBefore(change.getInstant());
        return fields.atOrAfter(secondPass ? change.getDateTimeBefore() : local.plusSeconds(1)).map(this::instant);
    }

    private Instant instant(LocalDateTime local) {
        ZoneOffsetTransition change = rules.getTransition(local);
        return change != null && change.isGap() ? change.getInstant() : local.toInstant(rules.getOffset(local));
    }

    @Override
    public String toString() {
        return text + " (" + zone + ")";
    }
}
