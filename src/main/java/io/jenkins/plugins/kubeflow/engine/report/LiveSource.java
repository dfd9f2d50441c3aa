package io.jenkins.plugins.kubeflow.engine.report;

import io.jenkins.plugins.kubeflow.engine.graph.Attempt;
import io.jenkins.plugins.kubeflow.engine.graph.RunGraph;
import io.jenkins.plugins.kubeflow.engine.run.RunEngine;
import java.util.function.Function;

/** A run that this process carries out. */
public final class LiveSource extends GraphSource {
    private final RunEngine engine;

    public LiveSource(RunEngine engine, ShownFiles files, OtherRuns others) {
        super(engine.directory(), engine.record(), engine.read(RunGraph::spec), files, others);
        this.engine = engine;
    }

    @Override
    <T> T read(Function<RunGraph, T> reader) {
        return engine.read(reader);
    }

    @Override
    void watched(Attempt attempt) {
        engine.watched(attempt.handle());
    }

    @Override
    String waiting(String path) {
        return engine.waitingFor(path);
    }
}
