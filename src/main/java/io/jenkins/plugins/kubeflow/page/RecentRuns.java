package io.jenkins.plugins.kubeflow.page;

import io.jenkins.plugins.kubeflow.engine.compare.RunFacts;
import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import java.io.File;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest runs of a job, read from their directories: no build is loaded. A result document is read again only when it has changed;
 * what was read is given up when memory is short.
 */
final class RecentRuns {
    private record Read(FileTime modified, RunFacts facts) {}

    record Recent(int number, RunFacts facts) {}

    private static final Map<Path, SoftReference<Read>> READ = new ConcurrentHashMap<>();

    private RecentRuns() {}

    /** At most {@code most}, the newest first; a run whose files cannot be read, or that never began, is left out. */
    static List<Recent> of(KubeflowPipeline job, int most) {
        List<Recent> recent = new ArrayList<>();
        for (int number : numbers(job)) {
            if (recent.size() == most) {
                break;
            }
            RunFacts facts = read(new RunDirectory(job.getBuildDir().toPath().resolve(number + "/kubeflow")));
            if (facts != null) {
                recent.add(new Recent(number, facts));
            }
        }
        return recent;
    }

    private static List<Integer> numbers(KubeflowPipeline job) {
        String[] names = job.getBuildDir().list((File folder, String name) -> name.matches("[1-9][0-9]{0,8}"));
        return names == null ? List.of() : Arrays.stream(names).map(Integer::valueOf).sorted(Comparator.reverseOrder()).toList();
    }

    /** Null for one that cannot be read, or never began. */
    static RunFacts read(RunDirectory run) {
        Path file = Files.exists(run.result()) ? run.result() : run.record();
        try {
            FileTime modified = Files.getLastModifiedTime(file);
            SoftReference<Read> known = READ.get(run.path());
            Read read = known == null ? null : known.get();
            if (read == null || !read.modified().equals(modified)) {
                read = new Read(modified, RunFacts.read(run));
                READ.values().removeIf(reference -> reference.get() == null);
                READ.put(run.path(), new SoftReference<>(read));
            }
            return read.facts();
        } catch (IOException notBegun) {
            return null;
        }
    }
}
