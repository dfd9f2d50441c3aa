package io.jenkins.plugins.kubeflow.job;

import hudson.ExtensionPoint;
import hudson.model.AbstractDescribableImpl;
import java.io.IOException;

/** Where a job's pipeline comes from. Persisted with the job. */
public abstract class PipelineDefinition extends AbstractDescribableImpl<PipelineDefinition> implements ExtensionPoint {

    /** The compiled pipeline as it is now; {@code name} tells its form by its ending. */
    public record Source(String name, byte[] bytes) {}

    /** @throws IOException with a sentence when it cannot be had */
    public abstract Source read() throws IOException;
}
