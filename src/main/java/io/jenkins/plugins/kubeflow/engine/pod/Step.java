package io.jenkins.plugins.kubeflow.engine.pod;

import io.jenkins.plugins.kubeflow.engine.task.OutputPlan;
import java.util.List;

/**
 * An attempt ready to become a pod: its resolved command, the files it needs, where its outputs go, and the plan that was chosen.
 *
 * @param objects what comes from an object store and goes there
 * @param podYaml the final manifest, as kept for the task's page
 */
record Step(
        String podName,
        PodPlan plan,
        PodPaths paths,
        OutputPlan outputs,
        List<InputFile> files,
        StepObjects objects,
        io.fabric8.kubernetes.api.model.Pod pod) {}
