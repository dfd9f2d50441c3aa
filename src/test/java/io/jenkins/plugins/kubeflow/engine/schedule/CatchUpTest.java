package io.jenkins.plugins.kubeflow.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which slots fire, as a table. All times are of one day; "-" is none. The columns: schedule; created; start; end; last; now; catch-up;
 * max concurrency; active; the slots that fire; the next one.
 */
class CatchUpTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            i60 ; 10:00; -    ; -    ; -    ; 10:00   ; yes; 1 ; 0 ; -                       ; 10:01
            i60 ; 10:00; -    ; -    ; -    ; 10:00:59; yes; 1 ; 0 ; -                       ; 10:01
            i60 ; 10:00; -    ; -    ; -    ; 10:01   ; yes; 1 ; 0 ; 10:01                   ; 10:02
            i60 ; 10:00; -    ; -    ; 10:01; 10:01:30; yes; 1 ; 0 ; -                       ; 10:02
            i60 ; 10:00; -    ; -    ; 10:01; 10:05   ; yes; 1 ; 0 ; 10:02                   ; 10:03
            i60 ; 10:00; -    ; -    ; 10:01; 10:05   ; yes; 3 ; 0 ; 10:02,10:03,10:04       ; 10:05
            i60 ; 10:00; -    ; -    ; 10:01; 10:05   ; yes; 10; 0 ; 10:02,10:03,10:04,10:05 ; 10:06
            i60 ; 10:00; -    ; -    ; 10:01; 10:05   ; yes; 3 ; 2 ; 10:02                   ; 10:03
            i60 ; 10:00; -    ; -    ; 10:01; 10:05   ; yes; 3 ; 3 ; -                       ; 10:02
            i60 ; 10:00; -    ; -    ; 10:01; 10:05   ; yes; 3 ; 7 ; -                       ; 10:02
            i60 ; 10:00; -    ; -    ; 10:01; 10:05   ; yes; 0 ; 0 ; 10:02                   ; 10:03
            i60 ; 10:00; -    ; -    ; 10:01; 10:30   ; yes; 99; 8 ; 10:02,10:03             ; 10:04
            i60 ; 10:00; -    ; -    ; 10:01; 10:01:59; no ; 1 ; 0 ; -                       ; 10:02
            i60 ; 10:00; -    ; -    ; 10:01; 10:02   ; no ; 1 ; 0 ; 10:02                   ; 10:03
            i60 ; 10:00; -    ; -    ; 10:01; 10:02:59; no ; 1 ; 0 ; 10:02                   ; 10:03
            i60 ; 10:00; -    ; -    ; 10:01; 10:03   ; no ; 1 ; 0 ; 10:03                   ; 10:04
            i60 ; 10:00; -    ; -    ; 10:01; 10:05:30; no ; 1 ; 0 ; 10:05:30                ; 10:06:30
            i60 ; 10:00; -    ; -    ; 10:01; 10:05:30; no ; 1 ; 1 ; -                       ; 10:05:30
            i60 ; 10:00; -    ; -    ; 10:01; 10:05:30; no ; 5 ; 0 ; 10:05:30                ; 10:06:30
            i60 ; 10:00; -    ; 10:04; 10:01; 10:08   ; no ; 1 ; 0 ; 10:04                   ; -
            i60 ; 10:00; -    ; 10:04; 10:01; 10:08   ; yes; 9 ; 0 ; 10:02,10:03,10:04       ; -
            i60 ; 10:00; -    ; 10:04; 10:04; 10:08   ; yes; 9 ; 0 ; -                       ; -
            i60 ; 10:00; -    ; 10:04; 10:04; 10:08   ; no ; 9 ; 0 ; -                       ; -
            i60 ; 10:00; 10:30; -    ; -    ; 10:30   ; yes; 1 ; 0 ; -                       ; 10:31
            i60 ; 10:00; 10:30; -    ; -    ; 10:31   ; yes; 1 ; 0 ; 10:31                   ; 10:32
            i60 ; 10:00; 10:30; -    ; 10:10; 10:15   ; yes; 1 ; 0 ; -                       ; 10:31
            i60 ; 10:00; 09:00; -    ; -    ; 10:00   ; yes; 2 ; 0 ; 09:01,09:02             ; 09:03
            i60 ; 10:00; 09:00; -    ; -    ; 10:00   ; no ; 2 ; 0 ; 10:00                   ; 10:01
            i60 ; 10:00; 10:30; 10:20; -    ; 11:00   ; yes; 2 ; 0 ; -                       ; -
            cron; 10:05; -    ; -    ; -    ; 10:05   ; yes; 1 ; 0 ; -                       ; 10:10
            cron; 10:05; -    ; -    ; -    ; 10:10   ; yes; 1 ; 0 ; 10:10                   ; 10:20
            cron; 10:10; -    ; -    ; -    ; 10:10   ; yes; 1 ; 0 ; -                       ; 10:20
            cron; 10:05; -    ; -    ; 10:10; 10:45   ; yes; 1 ; 0 ; 10:20                   ; 10:30
            cron; 10:05; -    ; -    ; 10:10; 10:45   ; yes; 5 ; 0 ; 10:20,10:30,10:40       ; 10:50
            cron; 10:05; -    ; -    ; 10:10; 10:45   ; yes; 5 ; 5 ; -                       ; 10:20
            cron; 10:05; -    ; -    ; 10:10; 10:45   ; no ; 5 ; 0 ; 10:40                   ; 10:50
            cron; 10:05; -    ; -    ; 10:10; 10:25   ; no ; 5 ; 0 ; 10:20                   ; 10:30
            cron; 10:05; -    ; -    ; 10:10; 10:19   ; no ; 5 ; 0 ; -                       ; 10:20
            cron; 10:05; -    ; -    ; 10:10; 10:45   ; no ; 2 ; 2 ; -                       ; 10:40
            cron; 10:05; -    ; 10:30; 10:10; 10:45   ; no ; 2 ; 0 ; 10:30                   ; -
            cron; 10:05; -    ; 10:29; 10:10; 10:45   ; no ; 2 ; 0 ; 10:20                   ; -
            cron; 10:05; -    ; 10:29; 10:10; 10:45   ; yes; 2 ; 0 ; 10:20                   ; -
            cron; 10:05; -    ; 10:15; 10:10; 10:45   ; yes; 2 ; 0 ; -                       ; -
            cron; 10:05; 11:00; -    ; -    ; 11:00   ; yes; 2 ; 0 ; -                       ; 11:10
            cron; 10:05; 10:55; -    ; -    ; 11:00   ; yes; 2 ; 0 ; 11:00                   ; 11:10
            cron; 10:05; 09:00; -    ; -    ; 10:05   ; yes; 2 ; 0 ; 09:10,09:20             ; 09:30
            cron; 10:05; 09:00; -    ; -    ; 10:05   ; no ; 2 ; 0 ; 10:00                   ; 10:10
            evry; 10:05; -    ; -    ; -    ; 10:15   ; yes; 1 ; 0 ; 10:15                   ; 10:25
            evry; 10:05; -    ; -    ; 10:15; 10:47   ; yes; 5 ; 0 ; 10:25,10:35,10:45       ; 10:55
            evry; 10:05; -    ; -    ; 10:15; 10:47   ; no ; 5 ; 0 ; 10:45                   ; 10:55
            feb ; 10:05; -    ; -    ; -    ; 10:47   ; yes; 5 ; 0 ; -                       ; -
            feb ; 10:05; -    ; -    ; -    ; 10:47   ; no ; 5 ; 0 ; -                       ; -
            cron; 10:05; -    ; -    ; 11:00; 10:30   ; yes; 2 ; 0 ; -                       ; 11:10
            """)
    void due(String schedule, String created, String start, String end, String last, String now, String catchUp, int max, int active, String slots,
            String next) throws ScheduleException {
        Trigger trigger = new Trigger(schedule(schedule), at(created), at(start), at(end), null);
        CatchUp.Due due = CatchUp.due(trigger, at(last), at(now), catchUp.equals("yes"), max, active);
        assertThat(shown(due.slots())).isEqualTo(slots);
        assertThat(shown(due.next().stream().toList())).isEqualTo(next);
    }

    /** Columns: schedule; last; enabled since; now; catch-up; the slots that fire; the next one. Created at 10:00, room for nine. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            i60 ; 10:01; 10:10:30; 10:10:30; yes; -          ; 10:11
            i60 ; 10:01; 10:10:30; 10:12   ; yes; 10:11,10:12; 10:13
            i60 ; 10:01; 10:10   ; 10:10   ; yes; -          ; 10:11
            i60 ; 10:12; 10:10   ; 10:13   ; yes; 10:13      ; 10:14
            cron; 10:10; 10:35   ; 10:36   ; yes; -          ; 10:40
            cron; 10:10; 10:35   ; 10:36   ; no ; -          ; 10:40
            cron; 10:10; 10:35   ; 10:41   ; yes; 10:40      ; 10:50
            cron; 10:10; 10:35   ; 10:55   ; no ; 10:50      ; 11:00
            evry; 10:10; 10:35   ; 10:36   ; no ; -          ; 10:40
            """)
    void slotsOfTheTimeItWasSwitchedOffAreNotMadeUpFor(String schedule, String last, String since, String now, String catchUp, String slots,
            String next) throws ScheduleException {
        Trigger trigger = new Trigger(schedule(schedule), at("10:00"), null, null, at(since));
        CatchUp.Due due = CatchUp.due(trigger, at(last), at(now), catchUp.equals("yes"), 9, 0);
        assertThat(shown(due.slots())).isEqualTo(slots);
        assertThat(shown(due.next().stream().toList())).isEqualTo(next);
    }

    @Test
    void aBacklogOfYearsIsWorkedOffInPiecesAndEachSlotOnce() throws ScheduleException {
        Trigger trigger = new Trigger(Schedule.cron("* * * * * *", ZoneOffset.UTC), at("10:00"));
        Instant now = at("10:00").plus(Duration.ofDays(3650));
        assertThat(CatchUp.due(trigger, null, now, false, 1, 0).slots()).containsExactly(now);
        Instant last = null;
        for (int i = 0; i < 5; i++) {
            List<Instant> slots = CatchUp.due(trigger, last, now, true, 10, 0).slots();
            assertThat(slots).hasSize(10);
            assertThat(slots.get(0)).isEqualTo((last == null ? at("10:00") : last).plusSeconds(1));
            last = slots.get(9);
        }
    }

    @Test
    void theNextFiveFireTimesStayInTheWindow() throws ScheduleException {
        Schedule schedule = schedule("cron");
        assertThat(shown(ScheduleTimes.next(schedule, at("10:05"), 5))).isEqualTo("10:10,10:20,10:30,10:40,10:50");
        assertThat(ScheduleTimes.next(schedule, at("10:05"), 0)).isEmpty();
        Trigger trigger = new Trigger(schedule, at("10:00"), at("10:30"), at("10:55"), null);
        assertThat(shown(ScheduleTimes.next(trigger, null, at("10:00"), 5))).isEqualTo("10:40,10:50");
        assertThat(shown(ScheduleTimes.next(trigger, at("10:40"), at("10:45"), 5))).isEqualTo("10:50");
        assertThat(ScheduleTimes.next(trigger, null, at("11:00"), 5)).isEmpty();
        assertThat(ScheduleTimes.next(schedule("feb"), at("10:00"), 5)).isEmpty();
    }

    @Test
    void theNextFireTimesOfAnIntervalKeepItsRhythmAndLeaveOutWhatWasMissed() throws ScheduleException {
        Trigger trigger = new Trigger(schedule("i60"), at("10:00:20"));
        assertThat(shown(ScheduleTimes.next(trigger, null, at("10:05"), 2))).isEqualTo("10:05:20,10:06:20");
        assertThat(shown(ScheduleTimes.next(trigger, at("10:04:50"), at("10:05"), 2))).isEqualTo("10:05:50,10:06:50");
    }

    private static Schedule schedule(String name) throws ScheduleException {
        return switch (name) {
            case "i60" -> Schedule.interval(Duration.ofSeconds(60));
            case "cron" -> Schedule.cron("0 */10 * * * *", ZoneOffset.UTC);
            case "evry" -> Schedule.cron("@every 10m", ZoneOffset.UTC);
            default -> Schedule.cron("0 0 0 30 2 *", ZoneOffset.UTC);
        };
    }

    private static Instant at(String time) {
        return time.equals("-") ? null : Instant.parse("2026-01-05T" + time + (time.length() == 5 ? ":00Z" : "Z"));
    }

    private static String shown(List<Instant> times) {
        String text = times.stream().map(time -> time.toString().substring(11, 19).replaceFirst(":00$", "")).collect(Collectors.joining(","));
        return Optional.of(text).filter(t -> !t.isEmpty()).orElse("-");
    }
}
