package io.jenkins.plugins.kubeflow.engine.ir;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One task of a DAG. {@code key} is its identity, {@code displayName} only for people. {@code dependsOn} holds the explicit
 * dependencies and the producers of all inputs, without duplicates.
 */
public record TaskSpec(
        String key,
        String displayName,
        String component,
        Map<String, ParameterInput> parameters,
        Map<String, ArtifactInput> artifacts,
        List<String> dependsOn,
        Trigger trigger,
        Caching caching,
        Retry retry,
        Iterator iterator) {

    /**
     * When the task starts. {@code condition} is CEL or null. {@code allCompleted} is ALL_UPSTREAM_TASKS_COMPLETED: start once
     * every dependency is final in whatever state (exit tasks and ignore_upstream_failure).
     */
    public record Trigger(String condition, boolean allCompleted) {}

    /** {@code key} is a custom cache key or null. */
    public record Caching(boolean enabled, String key) {}

    /** {@code maxRetries} n allows n+1 attempts; the delay before retry i (from 0) is backoff x factor^i, at most maxBackoff. */
    public record Retry(int maxRetries, Duration backoff, double factor, Duration maxBackoff) {
        public static final Retry NONE = new Retry(0, Duration.ZERO, 2.0, Duration.ofHours(1));
    }

    /** A source of a parameter value; {@code selector} is a parameterExpressionSelector or null. */
    public sealed interface ParameterInput {
        String selector();

        record Constant(JsonNode value, String selector) implements ParameterInput {}

        record ParentInput(String name, String selector) implements ParameterInput {}

        record TaskOutput(String task, String key, String selector) implements ParameterInput {}

        record FinalStatus(String task, String selector) implements ParameterInput {}
    }

    /** A source of an artifact. */
    public sealed interface ArtifactInput {
        record ParentInput(String name) implements ArtifactInput {}

        record TaskOutput(String task, String key) implements ArtifactInput {}
    }

    /** A loop: what it runs over, under which input an iteration finds its item, and how many may run at once (0 = any number). */
    public sealed interface Iterator {
        String itemInput();

        int parallelismLimit();

        /** Over constant items: {@code items} is a JSON array. */
        record Items(JsonNode items, String itemInput, int parallelismLimit) implements Iterator {}

        /** Over the list in one of the task's own input parameters. */
        record Parameter(String inputParameter, String itemInput, int parallelismLimit) implements Iterator {}

        /** Over the artifacts in one of the task's own input artifacts. */
        record Artifacts(String inputArtifact, String itemInput, int parallelismLimit) implements Iterator {}
    }
}
