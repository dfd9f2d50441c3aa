package io.jenkins.plugins.kubeflow.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Prints what an experiment's table costs with 200 000 runs. Run its main method; numbers go to docs/performance.md. */
final class RunIndexBenchmark {
    private static final int RUNS = 200_000;
    private static final int TIMES = 15;

    private RunIndexBenchmark() {}

    public static void main(String[] args) throws Exception {
        Path file = Files.createTempDirectory("runs").resolve("runs.jsonl");
        List<RunRow> rows = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            rows.add(new RunRow(UUID.randomUUID().toString(), "train-" + i % 20, i / 20, i % 50 == 0 ? "run of day " + i : null,
                    i % 7 == 0 ? "FAILED" : "SUCCEEDED", 1_700_000_000_000L + i * 1000L, 1_700_000_000_000L + i * 1000L + i % 90_000, "iris", null,
                    null, "Alice", false, i % 1000 == 0 ? List.of("best") : List.of(), Map.of("lr", "0." + i % 97, "epochs", "" + i % 50),
                    Map.of("auc", (i * 7919 % 10_000) / 10_000.0)));
        }
        new RunIndex(() -> file, List::of).putAll(rows);
        rows = null;
        long before = heap();
        RunIndex index = new RunIndex(() -> file, List::of);
        long begun = System.nanoTime();
        index.find(RunQuery.NEWEST);
        System.out.printf("first page after a start (the index is read)  %5d ms%n", (System.nanoTime() - begun) / 1_000_000);
        System.out.printf("memory                                        %5d MB%n", (heap() - before) >> 20);
        System.out.printf("file                                          %5d MB%n", Files.size(file) >> 20);
        measure(index, "newest 20", RunQuery.NEWEST);
        measure(index, "page 5 000 of the newest", new RunQuery(null, null, null, null, false, "started", true, 5000, 20));
        measure(index, "sorted by a metric", new RunQuery(null, null, null, null, false, "metric:auc", true, 0, 20));
        measure(index, "sorted by a parameter", new RunQuery(null, null, null, null, false, "parameter:lr", false, 0, 20));
        measure(index, "text ‘best train-0’", new RunQuery("best train-0", null, null, null, false, "started", true, 0, 20));
        measure(index, "auc>0.99 of failed runs", new RunQuery("auc>0.99", "FAILED", null, null, false, "started", true, 0, 20));
        measure(index, "names of columns and tags", null);
    }

    private static void measure(RunIndex index, String what, RunQuery query) throws Exception {
        long[] times = new long[TIMES];
        for (int i = 0; i < TIMES; i++) {
            long begun = System.nanoTime();
            if (query == null) {
                index.names(row -> true);
            } else {
                index.find(query, row -> row.job().startsWith("train"));
            }
            times[i] = (System.nanoTime() - begun) / 1_000_000;
        }
        Arrays.sort(times);
        System.out.printf("%-45s %5d ms%n", what, times[TIMES / 2]);
    }

    private static long heap() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(100);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
