package io.jenkins.plugins.kubeflow.step;

import java.io.Serializable;
import java.util.LinkedHashMap;

/** What a step asks for; serialized with the build's program until the run has been scheduled. Texts are as the Jenkinsfile gave them. */
final class StepRequest implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The pipeline or component: the path of a file in the workspace, or its text, or the name of a registered one, or the name of a job. */
    String file;

    String text;
    String pipeline;
    String job;
    String version;
    LinkedHashMap<String, Object> parameters = new LinkedHashMap<>();
    String experiment;
    String cloud;
    String pipelineRoot;
    String name;
    boolean cache = true;
    boolean wait = true;
    boolean propagate = true;
    /** Whether the step returns the outputs alone. */
    boolean outputsOnly;
}
