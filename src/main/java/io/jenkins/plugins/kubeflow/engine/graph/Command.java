package io.jenkins.plugins.kubeflow.engine.graph;

import java.time.Duration;

/** What the graph wants done. Carrying a command out is the run engine's business; what comes of it returns as an {@link Event}. */
public sealed interface Command {

    /** Run this attempt of a container task, or take its outputs from the cache. Its inputs are on the task. */
    record Launch(String path, int attempt) implements Command {}

    /** Carry out an importer task; it ends with {@link Event.AttemptEnded} of attempt 1. */
    record Import(String path) implements Command {}

    /** Send {@link Event.RetryDue} after the delay. */
    record Delay(String path, int attempt, Duration delay) implements Command {}

    /** Stop a launched attempt; it still ends with {@link Event.AttemptEnded}. */
    record Stop(String path, int attempt, String handle, boolean force) implements Command {}

    /** Everything is final. Comes once, last. */
    record Finish(RunState state, String error) implements Command {}

    /** Only from {@link RunGraph#outstanding()}: an attempt that had been launched before a restart. {@code reference} may be null. */
    record Adopt(String path, int attempt, String handle, String reference) implements Command {}
}
