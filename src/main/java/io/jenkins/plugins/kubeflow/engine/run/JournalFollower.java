package io.jenkins.plugins.kubeflow.engine.run;

import io.jenkins.plugins.kubeflow.engine.graph.RunGraph;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * Follows the journal of a run that another process writes: each call takes in what has been added since. When the run has been
 * retried in the meantime (the journal is another file, or shorter than what was read), it starts over. Not thread-safe.
 */
public final class JournalFollower {
    private final RunDirectory directory;
    private final RunRecord record;
    private final PipelineSpec spec;
    private RunGraph graph;
    private Object file;
    private long offset;

    public JournalFollower(RunDirectory directory, RunRecord record, PipelineSpec spec) {
        this.directory = directory;
        this.record = record;
        this.spec = spec;
        this.graph = fresh();
    }

    private RunGraph fresh() {
        return new RunGraph(spec, record.context(), record.inputs(), record.graph());
    }

    /** The state as of the last whole line. */
    public RunGraph follow() throws IOException {
        if (!Files.exists(directory.journal())) {
            return graph;
        }
        BasicFileAttributes journal = Files.readAttributes(directory.journal(), BasicFileAttributes.class);
        if (journal.size() < offset || !Objects.equals(journal.fileKey(), file)) {
            graph = fresh();
            offset = 0;
            file = journal.fileKey();
        }
        offset = Journal.read(directory.journal(), offset, graph::apply);
        return graph;
    }
}
