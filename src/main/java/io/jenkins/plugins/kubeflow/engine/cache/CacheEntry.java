package io.jenkins.plugins.kubeflow.engine.cache;

import io.jenkins.plugins.kubeflow.engine.task.TaskOutputs;
import java.time.Instant;
import java.util.Map;

/** What is remembered of an execution: its outputs, where and when it happened, and what its artifacts' content was. */
public record CacheEntry(
        String key,
        String pipeline,
        String task,
        String runId,
        String path,
        String directory,
        Instant at,
        Map<String, Fingerprint.Part> parts,
        TaskOutputs outputs,
        Map<String, String> contents) {}
