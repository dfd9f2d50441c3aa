package io.jenkins.plugins.kubeflow.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunIndexTest {
    @TempDir
    Path directory;

    private final List<RunRow> onDisk = new ArrayList<>();
    private int rebuilt;
    private RunIndex index;

    @BeforeEach
    void fiveRuns() throws Exception {
        index = fresh();
        index.put(row("a", "train", 1, "SUCCEEDED", 1000, 3000, Map.of("lr", "0.1", "opt", "adam"), Map.of("auc", 0.8), List.of("good")));
        index.put(row("b", "train", 2, "FAILED", 2000, 2500, Map.of("lr", "0.02"), Map.of(), List.of()));
        index.put(row("c", "score", 1, "SUCCEEDED", 3000, 9000, Map.of("lr", "10"), Map.of("auc", 0.95), List.of("good", "best")));
        index.put(row("d", "train", 3, "CANCELED", 4000, 4100, Map.of(), Map.of(), List.of()));
        index.put(row("e", "train", 4, "RUNNING", 5000, 0, Map.of("lr", "0.1"), Map.of(), List.of()));
    }

    private RunIndex fresh() {
        return new RunIndex(() -> directory.resolve("runs.jsonl"), () -> {
            rebuilt++;
            return onDisk;
        });
    }

    private static RunRow row(
            String id, String job, int number, String state, long created, long ended,
            Map<String, String> parameters, Map<String, Double> metrics, List<String> tags) {
        return new RunRow(id, job, number, null, state, created, ended, "iris", null, null, "Alice", false, tags, parameters, metrics);
    }

    private static String ids(RunIndex.Page page) {
        return String.join("", page.rows().stream().map(RunRow::runId).toList());
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        // text, state, tag, job, sort, descending, found in this order
        "-, -, -, -, started, true, edcba",
        "-, -, -, -, started, false, abcde",
        "-, FAILED, -, -, started, true, b",
        "-, -, good, -, started, true, ca",
        "-, -, -, score, started, true, c",
        "TRAIN, -, -, -, started, true, edba",
        "alice best, -, -, -, started, true, c",
        "lr=0.1, -, -, -, started, true, ea",
        "auc>0.9, -, -, -, started, true, c",
        "auc<0.9, -, -, -, started, true, a",
        "auc=0.8, -, -, -, started, true, a",
        "lr>0.05, -, -, -, started, true, eca",
        "opt=adam, -, -, -, started, true, a",
        "nothing, -, -, -, started, true, ''",
        "auc<words, -, -, -, started, true, ''",
        "-, -, -, -, parameter:lr, false, beacd",
        "-, -, -, -, parameter:lr, true, ceabd",
        "-, -, -, -, metric:auc, true, caedb",
        "-, SUCCEEDED, -, -, duration, true, ca",
        "-, -, -, -, state, false, dbeca",
        "-, -, -, -, no such column, true, edcba",
    })
    void filtersAndSorts(String text, String state, String tag, String job, String sort, boolean descending, String found) throws Exception {
        RunIndex.Page page = index.find(new RunQuery(text, state, tag, job, false, sort, descending, 0, 20));
        assertThat(ids(page)).isEqualTo(found);
        assertThat(page.total()).isEqualTo(found.length());
    }

    @Test
    void turnsPages() throws Exception {
        assertThat(ids(index.find(new RunQuery(null, null, null, null, false, "started", true, 0, 2)))).isEqualTo("ed");
        assertThat(ids(index.find(new RunQuery(null, null, null, null, false, "started", true, 1, 2)))).isEqualTo("cb");
        assertThat(ids(index.find(new RunQuery(null, null, null, null, false, "started", true, 2, 2)))).isEqualTo("a");
        RunIndex.Page beyond = index.find(new RunQuery(null, null, null, null, false, "started", true, 7, 2));
        assertThat(beyond.rows()).isEmpty();
        assertThat(beyond.total()).isEqualTo(5);
    }

    @Test
    void whatMayNotBeSeenIsNotThere() throws Exception {
        RunIndex.Page page = index.find(RunQuery.NEWEST, row -> row.job().equals("score"));
        assertThat(ids(page)).isEqualTo("c");
        assertThat(page.total()).isEqualTo(1);
        assertThat(index.names(row -> row.job().equals("score")).tags()).containsExactly("best", "good");
    }

    @Test
    void changesSurviveARestart() throws Exception {
        index.put(row("e", "train", 4, "SUCCEEDED", 5000, 6000, Map.of(), Map.of("auc", 0.5), List.of()));
        index.remove("b");
        index.putAll(index.removeJob("score").stream().map(row -> row.withJob("rank")).toList());
        RunIndex again = fresh();
        assertThat(ids(again.find(RunQuery.NEWEST))).isEqualTo("edca");
        assertThat(again.get("e").state()).isEqualTo("SUCCEEDED");
        assertThat(again.get("e").metrics()).containsEntry("auc", 0.5);
        assertThat(again.get("c").job()).isEqualTo("rank");
        assertThat(again.get("b")).isNull();
        assertThat(again.get("c")).isEqualTo(index.get("c"));
        assertThat(rebuilt).isEqualTo(1);
    }

    @Test
    void aLostOrDamagedFileIsMadeAnew() throws Exception {
        onDisk.add(row("z", "train", 9, "SUCCEEDED", 1, 2, Map.of(), Map.of(), List.of()));
        Files.writeString(directory.resolve("runs.jsonl"), "{\"runId\":\"torn", StandardOpenOption.APPEND);
        assertThat(ids(fresh().find(RunQuery.NEWEST))).isEqualTo("z");
        Files.delete(directory.resolve("runs.jsonl"));
        assertThat(ids(fresh().find(RunQuery.NEWEST))).isEqualTo("z");
        assertThat(ids(fresh().find(RunQuery.NEWEST))).isEqualTo("z");
        assertThat(rebuilt).isEqualTo(3);
    }

    @Test
    void theFileDoesNotGrowWithChanges() throws Exception {
        for (int i = 0; i < 5000; i++) {
            index.put(row("e", "train", 4, "RUNNING", 5000, 0, Map.of("i", Integer.toString(i)), Map.of(), List.of()));
        }
        assertThat(Files.readAllLines(directory.resolve("runs.jsonl")).size()).isLessThan(1100);
        assertThat(fresh().get("e").parameters()).containsEntry("i", "4999");
    }

    @Test
    void archivedRunsStandApart() throws Exception {
        RunRow row = index.get("a");
        index.put(new RunRow(row.runId(), row.job(), row.number(), row.name(), row.state(), row.created(), row.ended(), row.pipeline(),
                row.version(), row.recurringRun(), row.startedBy(), true, row.tags(), row.parameters(), row.metrics()));
        assertThat(ids(index.find(RunQuery.NEWEST))).isEqualTo("edcb");
        assertThat(ids(index.find(new RunQuery(null, null, null, null, true, null, true, 0, 20)))).isEqualTo("a");
    }
}
