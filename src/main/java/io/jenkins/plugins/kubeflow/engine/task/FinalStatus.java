package io.jenkins.plugins.kubeflow.engine.task;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.graph.TaskState;

/**
 * The PipelineTaskFinalStatus that an exit task receives (kfp.md 2.11). KFP's documentation, SDK and local runner say SUCCEEDED,
 * FAILED, CANCELLED; its server hands over the names of its metadata store (trap 9), which is a choice here.
 */
public final class FinalStatus {
    private FinalStatus() {}

    public static ObjectNode of(TaskState state, String error, String resourceName, String taskName, boolean mlmdNames) {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("state", name(state, mlmdNames));
        ObjectNode details = status.putObject("error");
        if (state == TaskState.FAILED) {
            details.put("code", 9);
            details.put("message", error == null ? "" : error);
        }
        status.put("pipelineJobResourceName", resourceName);
        status.put("pipelineTaskName", taskName);
        return status;
    }

    private static String name(TaskState state, boolean mlmd) {
        return switch (state) {
            case SUCCEEDED -> mlmd ? "COMPLETE" : "SUCCEEDED";
            case CACHED -> mlmd ? "CACHED" : "SUCCEEDED";
            case CANCELED -> mlmd ? "CANCELED" : "CANCELLED";
            case FAILED -> "FAILED";
            case SKIPPED -> mlmd ? "CANCELED" : "SKIPPED";
            case PENDING, WAITING, RUNNING -> "RUNNING";
        };
    }
}
