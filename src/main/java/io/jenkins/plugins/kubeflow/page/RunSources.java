package io.jenkins.plugins.kubeflow.page;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.kubeflow.engine.report.DirectorySource;
import io.jenkins.plugins.kubeflow.engine.report.LiveSource;
import io.jenkins.plugins.kubeflow.engine.report.RunSource;
import io.jenkins.plugins.kubeflow.engine.report.ShownFiles;
import io.jenkins.plugins.kubeflow.engine.run.RunEngine;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import io.jenkins.plugins.kubeflow.job.EngineHost;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jenkins.model.Jenkins;

/** Where the documents of a run come from: its engine while it runs, its directory afterwards (folded once, kept softly). */
final class RunSources {
    private static final Map<String, SoftReference<RunSource>> FINISHED = new ConcurrentHashMap<>();

    private RunSources() {}

    /** Null when the run never got as far as having a directory. */
    @CheckForNull
    static RunSource of(PipelineRun run) throws IOException {
        RunEngine engine = run.engine();
        if (engine != null) {
            return new LiveSource(engine, files(run), new ReadableRuns(run));
        }
        // a job made again under the same name has other runs with the same numbers
        String key = run.directory().path() + " " + run.getRunId();
        SoftReference<RunSource> known = FINISHED.get(key);
        RunSource source = known == null ? null : known.get();
        if (source == null) {
            RunRecord record = run.record();
            if (record == null) {
                return null;
            }
            source = new DirectorySource(run.directory(), record, record.spec(run.directory()), files(run), new ReadableRuns(run));
            FINISHED.values().removeIf(reference -> reference.get() == null);
            FINISHED.put(key, new SoftReference<>(source));
        }
        return source;
    }

    static ShownFiles files(PipelineRun run) {
        return ShownFiles.ofRun(run.directory(), Jenkins.get().getRootDir().toPath()).with(EngineHost.reader(run));
    }
}
