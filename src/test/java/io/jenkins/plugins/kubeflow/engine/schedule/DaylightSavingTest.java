package io.jenkins.plugins.kubeflow.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens when the clocks change. Columns: cron; zone; after; the following slots with their offsets. */
class DaylightSavingTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            0 30 2 * * *; Europe/Berlin; 2026-03-28T00:00+01:00; 2026-03-28T02:30+01:00 2026-03-29T03:00+02:00 2026-03-30T02:30+02:00
            0 0,30 2 * * *; Europe/Berlin; 2026-03-28T03:00+01:00; 2026-03-29T03:00+02:00 2026-03-30T02:00+02:00 2026-03-30T02:30+02:00
            0 30 2,3 * * *; Europe/Berlin; 2026-03-28T04:00+01:00; 2026-03-29T03:00+02:00 2026-03-29T03:30+02:00 2026-03-30T02:30+02:00
            0 0 2,3 * * *; Europe/Berlin; 2026-03-29T01:00+01:00; 2026-03-29T03:00+02:00 2026-03-30T02:00+02:00
            0 0 3 * * *; Europe/Berlin; 2026-03-29T01:59:59+01:00; 2026-03-29T03:00+02:00 2026-03-30T03:00+02:00
            0 30 2 * * *; Europe/Berlin; 2026-03-29T01:59:59+01:00; 2026-03-29T03:00+02:00
            0 30 2 * * *; Europe/Berlin; 2026-03-29T03:00+02:00; 2026-03-30T02:30+02:00
            0 30 * * * *; Europe/Berlin; 2026-03-29T00:30+01:00; 2026-03-29T01:30+01:00 2026-03-29T03:30+02:00 2026-03-29T04:30+02:00
            0 */20 * * * *; Europe/Berlin; 2026-03-29T01:20+01:00; 2026-03-29T01:40+01:00 2026-03-29T03:00+02:00 2026-03-29T03:20+02:00
            0 0 */2 * * *; Europe/Berlin; 2026-03-29T00:00+01:00; 2026-03-29T03:00+02:00 2026-03-29T04:00+02:00
            0 30 2 * * *; Europe/Berlin; 2026-10-24T12:00+02:00; 2026-10-25T02:30+02:00 2026-10-26T02:30+01:00
            0 30 2 * * *; Europe/Berlin; 2026-10-25T02:30+02:00; 2026-10-26T02:30+01:00
            0 30 2 * * *; Europe/Berlin; 2026-10-25T02:10+01:00; 2026-10-26T02:30+01:00
            0 0 3 * * *; Europe/Berlin; 2026-10-25T02:59:59+01:00; 2026-10-25T03:00+01:00
            0 30 * * * *; Europe/Berlin; 2026-10-25T01:30+02:00; 2026-10-25T02:30+02:00 2026-10-25T02:30+01:00 2026-10-25T03:30+01:00
            0 30 * 25 10 *; Europe/Berlin; 2026-10-25T02:40+02:00; 2026-10-25T02:30+01:00 2026-10-25T03:30+01:00
            0 0 */6 * * *; Europe/Berlin; 2026-10-25T00:00+02:00; 2026-10-25T06:00+01:00 2026-10-25T12:00+01:00
            @daily; Europe/Berlin; 2026-10-24T00:00+02:00; 2026-10-25T00:00+02:00 2026-10-26T00:00+01:00
            @hourly; Europe/Berlin; 2026-10-25T01:00+02:00; 2026-10-25T02:00+02:00 2026-10-25T02:00+01:00 2026-10-25T03:00+01:00
            0 0 0 29 2 *; Europe/Berlin; 2026-01-01T00:00+01:00; 2028-02-29T00:00+01:00 2032-02-29T00:00+01:00
            0 0 * 29 2 *; Europe/Berlin; 2024-02-29T23:00+01:00; 2028-02-29T00:00+01:00 2028-02-29T01:00+01:00
            0 30 2 * * *; America/New_York; 2026-03-07T02:30-05:00; 2026-03-08T03:00-04:00 2026-03-09T02:30-04:00
            0 30 1 * * *; America/New_York; 2026-10-31T12:00-04:00; 2026-11-01T01:30-04:00 2026-11-02T01:30-05:00
            0 30 1 * * *; America/New_York; 2026-11-01T01:45-04:00; 2026-11-02T01:30-05:00
            0 30 * * * *; America/New_York; 2026-11-01T01:00-04:00; 2026-11-01T01:30-04:00 2026-11-01T01:30-05:00 2026-11-01T02:30-05:00
            0 0 9 ? * MON-FRI; America/New_York; 2026-10-30T09:00-04:00; 2026-11-02T09:00-05:00 2026-11-03T09:00-05:00
            0 0 9 1 * *; America/New_York; 2026-10-01T09:00-04:00; 2026-11-01T09:00-05:00 2026-12-01T09:00-05:00
            0 0 0 * * *; Asia/Seoul; 2026-03-28T15:00Z; 2026-03-30T00:00+09:00 2026-03-31T00:00+09:00
            0 30 2 * * *; Asia/Seoul; 2026-03-29T00:00+09:00; 2026-03-29T02:30+09:00 2026-03-30T02:30+09:00
            0 0 0 31 * *; Asia/Seoul; 2026-01-31T00:00+09:00; 2026-03-31T00:00+09:00 2026-05-31T00:00+09:00
            @daily; Asia/Beirut; 2021-03-27T00:00+02:00; 2021-03-28T01:00+03:00 2021-03-29T00:00+03:00
            0 15 2 * * *; Australia/Lord_Howe; 2026-10-03T12:00+10:30; 2026-10-04T02:30+11:00 2026-10-05T02:15+11:00
            0 45 1 * * *; Australia/Lord_Howe; 2026-04-04T12:00+11:00; 2026-04-05T01:45+11:00 2026-04-06T01:45+10:30
            0 0 12 * * *; Pacific/Apia; 2011-12-29T12:00-10:00; 2011-12-31T00:00+14:00 2011-12-31T12:00+14:00
            """)
    void slots(String cron, ZoneId zone, String after, String expected) throws ScheduleException {
        Schedule schedule = Schedule.cron(cron, zone);
        List<String> slots = new ArrayList<>();
        Instant at = ZonedDateTime.parse(after).toInstant();
        for (int i = 0; i < expected.split(" ").length; i++) {
            at = schedule.next(at).orElseThrow();
            slots.add(at.atZone(zone).toOffsetDateTime().toString());
        }
        assertThat(String.join(" ", slots)).isEqualTo(expected);
    }

    /** Against a plain walk over every minute of two days around each change of the clocks. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            */7; *
            30; 1,2,3
            0,15,45; *
            10; */2
            */20; 0-4
            59; 0-23
            0; 2
            """)
    void agreesWithAWalkOverAllMinutes(String minutes, String hours) throws ScheduleException {
        String cron = "0 " + minutes + " " + hours + " * * *";
        for (String name : List.of("Europe/Berlin", "America/New_York", "Asia/Seoul", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Beirut")) {
            ZoneId zone = ZoneId.of(name);
            Instant from = Instant.parse("2026-01-01T00:00:00Z");
            for (ZoneOffsetTransition change = zone.getRules().nextTransition(from); change != null && change.getDateTimeBefore().getYear() < 2028;
                    change = zone.getRules().nextTransition(change.getInstant())) {
                Instant begin = change.getInstant().minusSeconds(86_400);
                Instant end = change.getInstant().plusSeconds(86_400);
                Schedule schedule = Schedule.cron(cron, zone);
                List<Instant> slots = new ArrayList<>();
                for (Instant at = schedule.next(begin).orElseThrow(); at.isBefore(end); at = schedule.next(at).orElseThrow()) {
                    slots.add(at);
                }
                assertThat(slots).as("%s in %s at %s", cron, zone, change).containsExactlyElementsOf(walk(cron, zone, begin, end));
                for (Instant at = begin; at.isBefore(end); at = at.plusSeconds(601)) {
                    Instant now = at;
                    assertThat(schedule.latest(begin, now)).isEqualTo(slots.stream().filter(s -> !s.isAfter(now)).reduce((a, b) -> b));
                }
            }
        }
    }

    private static Iterable<Instant> walk(String cron, ZoneId zone, Instant begin, Instant end) throws ScheduleException {
        CalendarSchedule utc = (CalendarSchedule) Schedule.cron(cron, ZoneId.of("UTC"));
        boolean everyHour = cron.contains(" * * * *") || cron.contains("0-23");
        TreeSet<Instant> slots = new TreeSet<>();
        if (everyHour) {
            for (Instant at = begin.plusSeconds(60); at.isBefore(end); at = at.plusSeconds(60)) {
                if (matches(utc, LocalDateTime.ofInstant(at, zone))) {
                    slots.add(at);
                }
            }
        } else {
            LocalDateTime last = LocalDateTime.ofInstant(end, zone);
            for (LocalDateTime local = LocalDateTime.ofInstant(begin, zone).minusHours(2); local.isBefore(last); local = local.plusMinutes(1)) {
                ZoneOffsetTransition change = zone.getRules().getTransition(local);
                Instant at = change != null && change.isGap() ? change.getInstant() : local.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
                if (matches(utc, local) && at.isAfter(begin) && at.isBefore(end)) {
                    slots.add(at);
                }
            }
        }
        return slots;
    }

    private static boolean matches(CalendarSchedule utc, LocalDateTime local) {
        Instant at = local.atZone(ZoneId.of("UTC")).toInstant();
        return utc.next(at.minusSeconds(1)).orElseThrow().equals(at);
    }
}
