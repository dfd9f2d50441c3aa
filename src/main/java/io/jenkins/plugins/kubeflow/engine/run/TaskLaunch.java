package io.jenkins.plugins.kubeflow.engine.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.ir.ComponentSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ExecutorSpec;
import io.jenkins.plugins.kubeflow.engine.task.RunContext;
import io.jenkins.plugins.kubeflow.engine.task.TaskInputs;
import java.nio.file.Path;
import java.util.Map;

/**
 * Everything a runner needs to carry out one attempt of a container task; pure data, made by the run's lane.
 *
 * <p>{@code handle} names the attempt uniquely and deterministically (run, path, attempt): the same after a restart.
 * {@code platform} is the executor's Kubernetes configuration in which every reference to a DAG input or task output has been
 * replaced by {@code {"runtimeValue":{"constant":...}}} (null constants stay: they mean "leave the entry out").
 * {@code directory} is the attempt's own directory below the run directory (not yet created); {@code log} the file its output goes to.
 * {@code environment} comes on top of the executor's own (run id, build URL); the executor's wins.
 */
public record TaskLaunch(
        RunContext run,
        String path,
        String taskKey,
        String displayName,
        int attempt,
        String handle,
        ComponentSpec component,
        ExecutorSpec.Container executor,
        TaskInputs inputs,
        ObjectNode platform,
        ObjectNode pipelinePlatform,
        Map<String, String> environment,
        Path runDirectory,
        Path directory,
        Path log) {}
