package io.jenkins.plugins.kubeflow.engine.task;

import java.time.Instant;

/**
 * What every task may know of its run. {@code resourceName} is "pipeline-name-suffix"; {@code pipelineRoot} the run's own root
 * (a directory or URI, no trailing slash); {@code workspacePath} what {{$.workspace_path}} stands for where the step runs, or "".
 */
public record RunContext(
        String runId,
        String runName,
        String pipelineName,
        String resourceName,
        String pipelineRoot,
        String workspacePath,
        Instant created,
        Instant scheduled) {}
