package io.jenkins.plugins.kubeflow.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionPoint;
import hudson.model.AbstractDescribableImpl;
import hudson.model.TaskListener;
import java.io.IOException;

/** Where a job's pipeline comes from. Persisted with the job; its methods may be called on any thread that may wait for I/O. */
public abstract class PipelineDefinition extends AbstractDescribableImpl<PipelineDefinition> implements ExtensionPoint {

    /** The compiled pipeline as it is now; {@code name} tells its form by its ending, {@code origin} says for people where it was, or is null. */
    public record Source(String name, byte[] bytes, @CheckForNull String origin) {
        public Source(String name, byte[] bytes) {
            this(name, bytes, null);
        }
    }

    /** Who asks: the job, the version it wants (null for the definition's own choice), and where progress is told. */
    public record Request(KubeflowPipeline job, @CheckForNull String version, TaskListener listener) {}

    /** @throws IOException with a sentence when it cannot be had */
    public abstract Source read() throws IOException;

    /** For a run or the job's forms. @throws IOException with a sentence when it cannot be had */
    public Source read(Request request) throws IOException {
        return read();
    }
}
