package io.jenkins.plugins.kubeflow.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionPoint;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Action;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.List;

/** Where a job's pipeline comes from. Persisted with the job; its methods may be called on any thread that may wait for I/O. */
public abstract class PipelineDefinition extends AbstractDescribableImpl<PipelineDefinition> implements ExtensionPoint {

    /**
     * The compiled pipeline as it is now; {@code name} tells its form by its ending, {@code origin} says for people where it was, or is
     * null, and a run keeps {@code recorded}, if there is any, among its actions.
     */
    public record Source(String name, byte[] bytes, @CheckForNull String origin, @CheckForNull Action recorded) {
        public Source(String name, byte[] bytes, @CheckForNull String origin) {
            this(name, bytes, origin, null);
        }

        public Source(String name, byte[] bytes) {
            this(name, bytes, null);
        }
    }

    /**
     * Who asks: the job, the version it wants (null for the definition's own choice), the run that begins (null when a form asks), and
     * where progress is told.
     */
    public record Request(KubeflowPipeline job, @CheckForNull String version, @CheckForNull PipelineRun run, TaskListener listener) {}

    /** @throws IOException with a sentence when it cannot be had */
    public abstract Source read() throws IOException;

    /** For a run or the job's forms. @throws IOException with a sentence when it cannot be had */
    public Source read(Request request) throws IOException {
        return read();
    }

    /**
     * What the job's pages go by, without waiting for anything but the controller's own disk: the pipeline itself, or as it was when
     * {@link #remember} last got it. @throws IOException with a sentence when there is none
     */
    public Source known(KubeflowPipeline job) throws IOException {
        return read(new Request(job, null, null, TaskListener.NULL));
    }

    /**
     * As {@link #known(KubeflowPipeline)}, in a version (null for the definition's own choice); null when only a run can tell, because the
     * pipeline has not been read from where it lies. @throws IOException with a sentence when no run could have it either
     */
    @CheckForNull
    public Source known(KubeflowPipeline job, @CheckForNull String version) throws IOException {
        return read(new Request(job, version, null, TaskListener.NULL));
    }

    /**
     * What is wrong with the pipeline for certain, a line each: no run of it could start, whoever asks and whatever for, so none is even
     * queued. Empty when one could, or when only a run can tell. Cheap after the first time; called under the queue's lock.
     */
    public List<String> problems() {
        return List.of();
    }

    /** Whether a run may find another pipeline than {@link #known(KubeflowPipeline)} says. */
    public boolean isReadByRun() {
        return false;
    }

    /** A run has read a sound pipeline. Called on the run's thread. */
    public void remember(KubeflowPipeline job, Source source) throws IOException {
        // what is at hand needs not be remembered
    }

    /** Changes when what is read changes although the definition does not; cheap, asked at every look at the job's parameters. */
    @CheckForNull
    public Object revision(KubeflowPipeline job) {
        return null;
    }
}
