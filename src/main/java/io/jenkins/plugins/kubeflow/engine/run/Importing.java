package io.jenkins.plugins.kubeflow.engine.run;

import io.jenkins.plugins.kubeflow.engine.ir.ComponentSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ExecutorSpec;
import io.jenkins.plugins.kubeflow.engine.task.RunContext;
import io.jenkins.plugins.kubeflow.engine.task.TaskInputs;

/** Carries out importer tasks. Called on an I/O thread; may copy files. Never throws for what the user got wrong. */
@FunctionalInterface
public interface Importing {
    AttemptResult run(Request request);

    record Request(
            RunContext run,
            String path,
            String taskKey,
            ComponentSpec component,
            ExecutorSpec.Importer executor,
            TaskInputs inputs,
            RunDirectory directory) {}
}
