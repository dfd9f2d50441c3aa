package io.jenkins.plugins.kubeflow.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code kubeflowArtifact}: copies an artifact of a run that this build has started into the workspace. */
public class KubeflowArtifactStep extends Step {
    private final String run;
    private final String name;
    private String task;
    private String target;

    @DataBoundConstructor
    public KubeflowArtifactStep(String run, String name) {
        this.run = run;
        this.name = name;
    }

    /** The run's id. */
    public String getRun() {
        return run;
    }

    public String getName() {
        return name;
    }

    /** Null for an output of the pipeline itself. */
    @CheckForNull
    public String getTask() {
        return task;
    }

    @DataBoundSetter
    public void setTask(String path) {
        task = Util.fixEmptyAndTrim(path);
    }

    /** A path in the workspace; null for the artifact's name. */
    @CheckForNull
    public String getTarget() {
        return target;
    }

    @DataBoundSetter
    public void setTarget(String path) {
        target = Util.fixEmptyAndTrim(path);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, run, task, name, target == null ? name : target);
    }

    /** Copies on Jenkins' pool, after a restart once more from the start; the result is the path. */
    private static final class Execution extends StepExecution {
        private static final long serialVersionUID = 1L;
        private final String runId;
        private final String task;
        private final String name;
        private final String target;
        private StepUser user;
        private transient volatile Future<?> copying;

        Execution(StepContext context, String runId, String task, String name, String target) {
            super(context);
            this.runId = runId;
            this.task = task;
            this.name = name;
            this.target = target;
        }

        @Override
        public boolean start() {
            user = StepUser.current();
            begin();
            return false;
        }

        private void begin() {
            copying = Computer.threadPoolForRemoting.submit(this::copy);
        }

        @Override
        public void onResume() {
            begin();
        }

        @Override
        public void stop(@NonNull Throwable cause) {
            Future<?> current = copying;
            if (current != null) {
                current.cancel(true);
            }
            getContext().onFailure(cause);
        }

        private void copy() {
            try (ACLContext context = ACL.as2(user.authentication())) {
                PipelineRun source = ChildRuns.find(getContext().get(Run.class), runId);
                if (source == null) {
                    throw new AbortException("the steps of this build have started no run ‘" + runId + "’, or it has been deleted");
                }
                FilePath to = getContext().get(FilePath.class).child(target);
                bring(source, to);
                getContext().get(TaskListener.class).getLogger().println("artifact ‘" + name + "’ of " + source.getFullDisplayName() + " is " + to.getRemote());
                getContext().onSuccess(target);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                getContext().onFailure(e);
            } catch (IOException | RuntimeException e) {
                getContext().onFailure(e);
            }
        }

        private void bring(PipelineRun source, FilePath to) throws IOException, InterruptedException {
            Path scratch = Files.createTempDirectory("kubeflow-artifact");
            try {
                Path artifact = RunArtifacts.find(source, task, name).fetch(scratch);
                if (Files.isDirectory(artifact)) {
                    new FilePath(artifact.toFile()).copyRecursiveTo(to);
                } else {
                    to.copyFrom(new FilePath(artifact.toFile()));
                }
            } finally {
                new FilePath(scratch.toFile()).deleteRecursive();
            }
        }
    }

    @Extension
    public static class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "kubeflowArtifact";
        }

        @Override
        public String getDisplayName() {
            return Messages.KubeflowArtifactStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FilePath.class);
        }

        @Override
        public String argumentsToString(Map<String, Object> arguments) {
            return arguments.get("name") instanceof String text ? text : null;
        }
    }
}
