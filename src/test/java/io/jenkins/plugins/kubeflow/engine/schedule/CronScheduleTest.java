package io.jenkins.plugins.kubeflow.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar of robfig/cron 1.2 in UTC; the expected times agree with that library. Columns: cron; after; the slot, or "never". */
class CronScheduleTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            * * * * * *; 2026-01-01T00:00:00Z; 2026-01-01T00:00:01Z
            * * * * * *; 2026-01-01T00:00:00.999Z; 2026-01-01T00:00:01Z
            * * * * * ?; 2026-12-31T23:59:59Z; 2027-01-01T00:00:00Z
            0 * * * * *; 2026-01-01T00:00:00Z; 2026-01-01T00:01:00Z
            0 * * * *; 2026-01-01T00:00:00Z; 2026-01-01T00:01:00Z
            30 5 * * *; 2026-01-01T00:05:30Z; 2026-01-01T01:05:30Z
            0 0 9 * *; 2026-01-01T09:00:00Z; 2026-01-02T09:00:00Z
            0 0 9 * * *; 2026-01-01T08:59:59Z; 2026-01-01T09:00:00Z
            0 0 9 * * *; 2026-01-01T09:00:00Z; 2026-01-02T09:00:00Z
            0 0 9 * * *; 2026-01-01T09:00:00.5Z; 2026-01-02T09:00:00Z
            15,45 * * * * *; 2026-01-01T00:00:15Z; 2026-01-01T00:00:45Z
            15,,45 * * * * *; 2026-01-01T00:00:15Z; 2026-01-01T00:00:45Z
            10-12 * * * * *; 2026-01-01T00:00:12Z; 2026-01-01T00:01:10Z
            0 */15 * * * *; 2026-01-01T00:00:00Z; 2026-01-01T00:15:00Z
            0 */15 * * * *; 2026-01-01T00:45:00Z; 2026-01-01T01:00:00Z
            0 */25 * * * *; 2026-01-01T00:50:00Z; 2026-01-01T01:00:00Z
            0 5/20 * * * *; 2026-01-01T00:25:00Z; 2026-01-01T00:45:00Z
            0 5/20 * * * *; 2026-01-01T00:45:00Z; 2026-01-01T01:05:00Z
            0 10-30/10 * * * *; 2026-01-01T00:30:00Z; 2026-01-01T01:10:00Z
            0 0 */6 * * *; 2026-01-01T18:00:00Z; 2026-01-02T00:00:00Z
            0 0 8-17/3 * * *; 2026-01-01T17:00:00Z; 2026-01-02T08:00:00Z
            0 0 0 31 * *; 2026-01-31T00:00:00Z; 2026-03-31T00:00:00Z
            0 0 0 30 * *; 2026-01-30T00:00:00Z; 2026-03-30T00:00:00Z
            0 0 0 29 2 *; 2026-01-01T00:00:00Z; 2028-02-29T00:00:00Z
            0 0 0 29 2 *; 2024-02-29T00:00:00Z; 2028-02-29T00:00:00Z
            0 0 0 29 2 ?; 2096-02-29T00:00:00Z; 2104-02-29T00:00:00Z
            0 0 0 29 2 */6; 2026-01-01T00:00:00Z; 2032-02-29T00:00:00Z
            59 59 23 31 12 *; 2026-12-31T23:59:58Z; 2026-12-31T23:59:59Z
            59 59 23 31 12 *; 2026-12-31T23:59:59Z; 2027-12-31T23:59:59Z
            0 0 12 1 jan *; 2026-02-01T00:00:00Z; 2027-01-01T12:00:00Z
            0 0 12 1 JAN,Jul *; 2026-02-01T00:00:00Z; 2026-07-01T12:00:00Z
            0 0 12 1 mar-may *; 2026-04-01T12:00:00Z; 2026-05-01T12:00:00Z
            0 0 12 ? * MON; 2026-01-01T00:00:00Z; 2026-01-05T12:00:00Z
            0 0 12 * * mon-fri; 2026-01-02T12:00:00Z; 2026-01-05T12:00:00Z
            0 0 12 * * sat,sun; 2026-01-01T00:00:00Z; 2026-01-03T12:00:00Z
            0 0 12 * * 0; 2026-01-01T00:00:00Z; 2026-01-04T12:00:00Z
            0 0 12 13 * 5; 2026-01-01T00:00:00Z; 2026-01-02T12:00:00Z
            0 0 12 13 * 5; 2026-01-09T12:00:00Z; 2026-01-13T12:00:00Z
            0 0 12 13 * */5; 2026-01-01T00:00:00Z; 2026-02-13T12:00:00Z
            0 0 12 */2 * 5; 2026-01-01T00:00:00Z; 2026-01-09T12:00:00Z
            0 0 0 1 1,6 *; 2026-01-01T00:00:00Z; 2026-06-01T00:00:00Z
            @yearly; 2026-01-01T00:00:00Z; 2027-01-01T00:00:00Z
            @annually; 2026-06-01T00:00:00Z; 2027-01-01T00:00:00Z
            @monthly; 2026-01-31T10:00:00Z; 2026-02-01T00:00:00Z
            @weekly; 2026-01-01T00:00:00Z; 2026-01-04T00:00:00Z
            @daily; 2024-02-28T12:00:00Z; 2024-02-29T00:00:00Z
            @midnight; 2023-02-28T12:00:00Z; 2023-03-01T00:00:00Z
            @hourly; 2026-12-31T23:00:00Z; 2027-01-01T00:00:00Z
            @every 1h30m; 2026-01-01T00:00:00Z; 2026-01-01T01:30:00Z
            @every 90s; 2026-01-01T00:00:00.7Z; 2026-01-01T00:01:30Z
            @every 1.5h; 2026-01-01T00:00:00Z; 2026-01-01T01:30:00Z
            @every 2500ms; 2026-01-01T00:00:00Z; 2026-01-01T00:00:02Z
            @every 1ms; 2026-01-01T00:00:00Z; 2026-01-01T00:00:01Z
            @every 24h; 2026-01-01T07:08:09Z; 2026-01-02T07:08:09Z
            `  0   0 9 *\t*  `; 2026-01-01T00:00:00Z; 2026-01-01T09:00:00Z
            0 0 0 30 2 *; 2026-01-01T00:00:00Z; never
            0 0 0 31 2,4,6,9,11 ?; 2026-01-01T00:00:00Z; never
            * * * 30 feb *; 2026-01-01T00:00:00Z; never
            0 0 0 1 1 *; 9999-06-01T00:00:00Z; never
            * * * * * *; 9999-12-31T23:59:59Z; never
            @every 2000000h; 9900-01-01T00:00:00Z; never
            """)
    void next(String cron, Instant after, String expected) throws ScheduleException {
        assertThat(Schedule.cron(cron, ZoneOffset.UTC).next(after).map(Instant::toString).orElse("never")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            ``; cron ‘’: has 0 fields, but there are 5 or 6: second, minute
            * * * *; cron ‘* * * *’: has 4 fields
            * * * * * * *; has 7 fields
            60 * * * * *; cron ‘60 * * * * *’: second ‘60’: 60 is not in 0-59
            * 60 * * * *; minute ‘60’: 60 is not in 0-59
            * * 24 * * *; hour ‘24’: 24 is not in 0-23
            * * * 0 * *; day of month ‘0’: 0 is not in 1-31
            * * * 1-32 * *; day of month ‘1-32’: 32 is not in 1-31
            * * * * 13 *; month ‘13’: 13 is not in 1-12
            * * * * foo *; month ‘foo’: ‘foo’ is not a number or one of jan, feb
            * * * * * 7; day of week ‘7’: 7 is not in 0-6; Sunday is 0
            * * * * * mon-xyz; day of week ‘mon-xyz’: ‘xyz’ is not a number or one of sun
            * * * * * fri-mon; day of week ‘fri-mon’: 5 is more than 1
            30-10 * * * * *; second ‘30-10’: 30 is more than 10
            */0 * * * * *; second ‘*/0’: the step must be at least 1
            */x * * * * *; second ‘*/x’: ‘x’ is not a number
            */ * * * * *; second ‘*/’: ‘’ is not a number
            1/2/3 * * * * *; second ‘1/2/3’: write a range as
            1-2-3 * * * * *; second ‘1-2-3’: write a range as
            -1 * * * * *; second ‘-1’: ‘’ is not a number
            +1 * * * * *; second ‘+1’: ‘+1’ is not a number
            *-5 * * * * *; second ‘*-5’: ‘*’ is not a number
            , * * * * *; second ‘,’: is empty
            99999999999999999999 * * * * *; is not in 0-59
            H * * * * *; second ‘H’: ‘H’ is not a number
            * * L * * *; hour ‘L’: ‘L’ is not a number
            @reboot; cron ‘@reboot’: unknown; there are @yearly
            @Daily; cron ‘@Daily’: unknown
            @every; cron ‘@every’: unknown
            @every x; cron ‘@every x’: duration ‘x’: write it like 1h30m
            @every 90; duration ‘90’: write it like 1h30m
            @every 1d; duration ‘1d’: write it like 1h30m
            @every 0s; cron ‘@every 0s’: the duration must be more than 0
            @every -5m; cron ‘@every -5m’: the duration must be more than 0
            @every 99999999999h; cron ‘@every 99999999999h’: duration ‘99999999999h’: too long
            """)
    void errorsNameTheField(String cron, String message) {
        assertThatThrownBy(() -> Schedule.cron(cron, ZoneOffset.UTC)).isInstanceOf(ScheduleException.class).hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 0 30 2 *", "* * * * * *", "0 0 0 29 2 *", "@every 1s", "@daily"})
    void farAwayTimesAreNoProblem(String cron) throws ScheduleException {
        Schedule schedule = Schedule.cron(cron, ZoneId.of("Europe/Berlin"));
        assertThat(schedule.next(Instant.MAX)).isEmpty();
        schedule.next(Instant.MIN).ifPresent(slot -> assertThat(slot).isAfter(Instant.MIN));
        schedule.latest(Instant.EPOCH, Instant.MAX).ifPresent(slot -> assertThat(slot).isBeforeOrEqualTo(Schedule.LAST));
    }

    @Test
    void aVeryLongExpressionIsRefused() {
        assertThatThrownBy(() -> Schedule.cron("1,".repeat(1000) + "1 * * * * *", ZoneOffset.UTC)).hasMessageContaining("too long");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 60, 3600})
    void anIntervalIsAtLeastASecond(long seconds) throws ScheduleException {
        Instant base = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(Schedule.interval(Duration.ofSeconds(seconds)).next(base)).contains(base.plusSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.5S", "PT1.5S"})
    void otherIntervalsAreRefused(Duration interval) {
        assertThatThrownBy(() -> Schedule.interval(interval)).isInstanceOf(ScheduleException.class)
                .hasMessageContaining("interval ‘" + interval + "’");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            0 0 9 * * *; 2026-01-01T00:00:00Z; 2026-01-05T08:59:59Z; 2026-01-04T09:00:00Z
            0 0 9 * * *; 2026-01-01T00:00:00Z; 2026-01-05T09:00:00Z; 2026-01-05T09:00:00Z
            0 0 9 * * *; 2026-01-01T09:00:00Z; 2026-01-02T08:00:00Z; none
            0 0 9 * * *; 2026-01-01T08:00:00Z; 2026-01-01T09:00:00.5Z; 2026-01-01T09:00:00Z
            * * * * * *; 2000-01-01T00:00:00Z; 2026-01-01T00:00:00.25Z; 2026-01-01T00:00:00Z
            0 0 0 29 2 *; 2000-01-01T00:00:00Z; 2103-01-01T00:00:00Z; 2096-02-29T00:00:00Z
            0 0 0 30 2 *; 2000-01-01T00:00:00Z; 2103-01-01T00:00:00Z; none
            0 0 12 ? * MON; 2026-01-01T00:00:00Z; 2026-03-01T00:00:00Z; 2026-02-23T12:00:00Z
            @every 7h; 2026-01-01T00:00:00Z; 2026-01-02T00:00:00Z; 2026-01-01T21:00:00Z
            @every 7h; 2026-01-01T00:00:00Z; 2026-01-01T06:59:59Z; none
            @every 7h; 2026-01-01T00:00:00Z; 2025-01-01T00:00:00Z; none
            """)
    void latest(String cron, Instant base, Instant until, String expected) throws ScheduleException {
        assertThat(Schedule.cron(cron, ZoneOffset.UTC).latest(base, until).map(Instant::toString).orElse("none")).isEqualTo(expected);
    }
}
