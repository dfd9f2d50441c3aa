package io.jenkins.plugins.kubeflow.engine.report;

import io.jenkins.plugins.kubeflow.engine.compare.RunFacts;
import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which other runs a run's page knows of: for how long tasks usually take, and for what became of artifacts. Called on request threads. */
@FunctionalInterface
public interface OtherRuns {
    /** Of more runs than this nobody asks. */
    int MOST = 50;

    /** {@code url} is the run's page for a link, or null where it has none. */
    record Other(String label, String url, RunFacts facts) {}

    /** At most {@link #MOST}, the newest first, without the run itself. */
    List<Other> newest() throws IOException;

    /** The run of that id if it is known, else null. */
    default Other find(String runId) throws IOException {
        return newest().stream().filter(other -> other.facts().runId().equals(runId)).findFirst().orElse(null);
    }

    /** Those whose directories lie beside the run's; what cannot be read is left out. */
    static OtherRuns beside(RunDirectory directory) {
        return () -> {
            Path here = directory.path().toAbsolutePath().normalize();
            Map<Path, FileTime> found = new HashMap<>();
            try (Stream<Path> siblings = Files.list(here.getParent())) {
                for (Path sibling : (Iterable<Path>) siblings::iterator) {
                    Path record = new RunDirectory(sibling).record();
                    if (!sibling.equals(here) && Files.isRegularFile(record)) {
                        found.put(sibling, Files.getLastModifiedTime(record));
                    }
                }
            }
            List<Other> runs = new ArrayList<>();
            List<Path> newest = found.entrySet().stream()
                    .sorted(Map.Entry.<Path, FileTime>comparingByValue().reversed())
                    .limit(MOST)
                    .map(Map.Entry::getKey)
                    .toList();
            for (Path sibling : newest) {
                try {
                    runs.add(new Other(sibling.getFileName().toString(), null, RunFacts.read(new RunDirectory(sibling))));
                } catch (IOException damaged) {
                    // it has a page of its own that says so
                }
            }
            return runs;
        };
    }
}
