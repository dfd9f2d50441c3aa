package io.jenkins.plugins.kubeflow.recurring;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.kubeflow.engine.schedule.ScheduleException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;

/** Moments and zones as people write them: {@code 2026-03-01}, {@code 2026-03-01 09:00}, {@code 2026-03-01T09:00:00+01:00}. */
final class Moments {
    private Moments() {}

    /** @return the zone of Jenkins for null or nothing */
    static ZoneId zone(@CheckForNull String id) throws ScheduleException {
        try {
            return id == null || id.isBlank() ? ZoneId.systemDefault() : ZoneId.of(id.strip());
        } catch (DateTimeException e) {
            throw new ScheduleException("time zone ‘" + id + "’ is not known: write it like Europe/Vienna or UTC");
        }
    }

    /** @return null for null or nothing */
    @CheckForNull
    static Instant parse(@CheckForNull String text, ZoneId zone) throws ScheduleException {
        if (text == null || text.isBlank()) {
            return null;
        }
        String moment = text.strip().replaceFirst("(?<=\\d) +(?=\\d)", "T");
        try {
            if (!moment.contains("T")) {
                return LocalDate.parse(moment).atStartOfDay(zone).toInstant();
            }
            return moment.matches(".*T.*(Z|[+-]\\d\\d(:?\\d\\d)?)")
                    ? OffsetDateTime.parse(moment).toInstant()
                    : LocalDateTime.parse(moment).atZone(zone).toInstant();
        } catch (DateTimeParseException e) {
            throw new ScheduleException("‘" + text + "’ is no date and time: write it like 2026-03-01 09:00");
        }
    }
}
