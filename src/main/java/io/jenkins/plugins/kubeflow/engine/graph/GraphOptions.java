package io.jenkins.plugins.kubeflow.engine.graph;

import java.time.Duration;

/**
 * What a run may choose. {@code platformRetries} is the budget of a task for failures that are not its own, apart from its retry
 * policy; {@code platformBackoff} the first delay, doubled each time. {@code mlmdStates} hands PipelineTaskFinalStatus the state
 * names of KFP's metadata store (COMPLETE) instead of the documented ones (SUCCEEDED).
 */
public record GraphOptions(int platformRetries, Duration platformBackoff, boolean mlmdStates) {
    public static final GraphOptions DEFAULT = new GraphOptions(3, Duration.ofSeconds(1), false);
}
