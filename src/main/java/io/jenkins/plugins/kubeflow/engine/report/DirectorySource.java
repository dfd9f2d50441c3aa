package io.jenkins.plugins.kubeflow.engine.report;

import io.jenkins.plugins.kubeflow.engine.graph.RunGraph;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.run.JournalFollower;
import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import java.io.IOException;
import java.util.function.Function;

/** A run directory: a run that has ended, or one that another process carries on, followed through its journal. */
public final class DirectorySource extends GraphSource {
    private final JournalFollower follower;

    public DirectorySource(RunDirectory directory, RunRecord record, PipelineSpec spec, ShownFiles files, OtherRuns others) {
        super(directory, record, spec, files, others);
        this.follower = new JournalFollower(directory, record, spec);
    }

    @Override
    synchronized <T> T read(Function<RunGraph, T> reader) throws IOException {
        return reader.apply(follower.follow());
    }

    @Override
    String waiting(String path) {
        return null;
    }
}
