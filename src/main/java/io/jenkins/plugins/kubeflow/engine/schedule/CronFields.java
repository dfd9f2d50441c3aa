package io.jenkins.plugins.kubeflow.engine.schedule;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Optional;

/** The six fields of a cron expression, and the wall-clock times they allow. Knows no time zone. */
record CronFields(CronField second, CronField minute, CronField hour, CronField dayOfMonth, CronField month, CronField dayOfWeek) {
    /** The calendar repeats itself after so many years: what has not come by then never comes. */
    private static final int CYCLE = 400;
    private static final long ALL_HOURS = (1L << 24) - 1;

    boolean everyHour() {
        return hour.bits() == ALL_HOURS;
    }

    /** The first wall-clock time at or after {@code from}, a whole second. */
    Optional<LocalDateTime> atOrAfter(LocalDateTime from) {
        LocalDate day = from.toLocalDate();
        if (matches(day)) {
            LocalTime time = time(from.toLocalTime());
            if (time != null) {
                return Optional.of(day.atTime(time));
            }
        }
        LocalDate found = day(day.plusDays(1));
        return found == null ? Optional.empty() : Optional.of(found.atTime(hour.first(), minute.first(), second.first()));
    }

    /** The first time of a day at or after {@code from}, or null. */
    private LocalTime time(LocalTime from) {
        int s = second.atLeast(from.getSecond());
        int m = minute.atLeast(from.getMinute() + (s < 0 ? 1 : 0));
        int h = hour.atLeast(from.getHour() + (m < 0 ? 1 : 0));
        if (h < 0) {
            return null;
        }
        if (h > from.getHour()) {
            return LocalTime.of(h, minute.first(), second.first());
        }
        return LocalTime.of(h, m, m > from.getMinute() ? second.first() : s);
    }

    /** The first day at or after {@code from}, or null. */
    private LocalDate day(LocalDate from) {
        LocalDate day = from;
        LocalDate end = from.plusYears(CYCLE);
        while (!day.isAfter(end)) {
            if (!month.allows(day.getMonthValue())) {
                day = day.withDayOfMonth(1).plusMonths(1);
            } else if (matches(day)) {
                return day;
            } else {
                day = day.plusDays(1);
            }
        }
        return null;
    }

    /** As in cron: when both days are restricted, either of them is enough; when one was written with a star, both must fit. */
    private boolean matches(LocalDate day) {
        boolean monthly = dayOfMonth.allows(day.getDayOfMonth());
        boolean weekly = dayOfWeek.allows(day.getDayOfWeek().getValue() % 7);
        return month.allows(day.getMonthValue()) && (dayOfMonth.star() || dayOfWeek.star() ? monthly && weekly : monthly || weekly);
    }
}
