package io.jenkins.plugins.kubeflow.recurring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecurringRecordsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path directory;

    @Test
    void whatIsWrittenComesBack() throws Exception {
        RecurringRecords records = new RecurringRecords();
        records.byId().put("one", new RecurringRecord("n", NOW, true, NOW.plusSeconds(1), "r", NOW.plusSeconds(2), 7,
                List.of(new RecurringRecord.Pending("run", NOW, 7, 3))));
        records.byId().put("two", RecurringRecord.create(new RecurringRun("m", new IntervalRecurrence("1h")), false, NOW));
        records.write(directory.resolve("f.json"));
        assertThat(RecurringRecords.read(directory.resolve("f.json")).byId()).isEqualTo(records.byId());
        assertThat(RecurringRecords.read(directory.resolve("none.json")).byId()).isEmpty();
        assertThat(records.idOf("m")).isEqualTo("two");
        Files.writeString(directory.resolve("f.json"), "{\"recurringRuns\":{\"x\":{}}}");
        assertThatThrownBy(() -> RecurringRecords.read(directory.resolve("f.json"))).isInstanceOf(IOException.class);
    }

    @Test
    void aRunIsPendingUntilItBegins() {
        RecurringRecord record = RecurringRecord.create(new RecurringRun("m", new IntervalRecurrence("1h")), true, NOW);
        RecurringRecord fired = record.fired("run", NOW, 1, true);
        assertThat(fired.index()).isEqualTo(1);
        assertThat(fired.last()).isEqualTo(NOW);
        assertThat(fired.begun("other")).isSameAs(fired);
        assertThat(fired.begun("run").pending()).isEmpty();
        assertThat(record.fired("by hand", NOW, 1, false).last()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"2026-03-01,2026-02-28T23:00:00Z", "2026-03-01 09:00,2026-03-01T08:00:00Z", "2026-03-01T09:00:30,2026-03-01T08:00:30Z",
        "2026-03-01T09:00:00Z,2026-03-01T09:00:00Z", "2026-03-01 09:00+02:00,2026-03-01T07:00:00Z", "2026-07-01 09:00,2026-07-01T07:00:00Z"})
    void moments(String text, String instant) throws Exception {
        assertThat(Moments.parse(text, Moments.zone("Europe/Vienna"))).isEqualTo(Instant.parse(instant));
    }

    @ParameterizedTest
    @CsvSource({"90,90", "15m,900", "1h 30m,5400", "1d,86400", "2w,1209600"})
    void intervals(String text, long seconds) throws Exception {
        Instant next = new IntervalRecurrence(text).schedule(Moments.zone("UTC"), "").next(NOW).orElseThrow();
        assertThat(next).isEqualTo(NOW.plusSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"''", "0", "-1", "1y", "h", "1h x"})
    void noIntervals(String text) throws Exception {
        assertThat(new IntervalRecurrence(text).problem(Moments.zone("UTC"))).startsWith("interval ‘");
    }

    @ParameterizedTest
    @CsvSource({
        "0 9 * * *,2026-03-28T12:00:00Z,2026-03-29T07:00:00Z",
        "*/15 * * * *,2026-03-29T00:50:00Z,2026-03-29T01:00:00Z",
        "30 2 * * *,2026-03-27T12:00:00Z,2026-03-28T01:30:00Z"
    })
    void jenkinsCron(String cron, String after, String next) throws Exception {
        assertThat(new JenkinsCronRecurrence(cron).schedule(Moments.zone("Europe/Vienna"), "").next(Instant.parse(after)))
                .contains(Instant.parse(next));
    }

    @Test
    void jenkinsCronHashesByTheIdAndTakesSeveralLines() throws Exception {
        JenkinsCronRecurrence nightly = new JenkinsCronRecurrence("# night\nH H(0-6) * * *\n");
        assertThat(nightly.schedule(Moments.zone("UTC"), "a").next(NOW)).isEqualTo(nightly.schedule(Moments.zone("UTC"), "a").next(NOW));
        assertThat(new JenkinsCronRecurrence("0 5 * * *\n0 4 * * *").schedule(Moments.zone("UTC"), "").next(NOW))
                .contains(Instant.parse("2026-01-01T04:00:00Z"));
        assertThat(new JenkinsCronRecurrence("TZ=UTC\n0 4 * * *").problem(Moments.zone("UTC"))).contains("field of its own");
        assertThat(new JenkinsCronRecurrence("0 25 * * *").problem(Moments.zone("UTC"))).startsWith("cron ‘0 25 * * *’");
        assertThat(new JenkinsCronRecurrence("0 0 31 2 *").schedule(Moments.zone("UTC"), "").next(NOW)).isEmpty();
    }
}
