package io.jenkins.plugins.kubeflow.engine.run;

import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.artifact.LocalFiles;
import io.jenkins.plugins.kubeflow.engine.ir.ComponentSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ExecutorSpec;
import io.jenkins.plugins.kubeflow.engine.task.RunContext;
import io.jenkins.plugins.kubeflow.engine.task.TaskInputs;
import java.nio.file.Files;
import java.nio.file.Path;

/** Carries out importer tasks. Called on an I/O thread; may copy files. Never throws for what the user got wrong. */
@FunctionalInterface
public interface Importing {
    AttemptResult run(Request request);

    /** Whether it is known that nothing lies where an imported artifact is said to be. */
    default boolean isAbsent(Artifact artifact) {
        Path local = LocalFiles.path(artifact.uri());
        return local != null && !Files.exists(local);
    }

    record Request(
            RunContext run,
            String path,
            String taskKey,
            ComponentSpec component,
            ExecutorSpec.Importer executor,
            TaskInputs inputs,
            RunDirectory directory) {}
}
