package io.jenkins.plugins.kubeflow.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Action;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/** The runs that the steps of a build have started; shown on the build's page. Persisted with the build. */
public final class ChildRuns extends InvisibleAction {
    private final List<Child> children = new CopyOnWriteArrayList<>();

    /** A run by its job's full name and number. */
    public static final class Child {
        private final String job;
        private final int number;
        private final String runId;

        Child(String job, int number, String runId) {
            this.job = job;
            this.number = number;
            this.runId = runId;
        }
    }

    static void add(Run<?, ?> build, PipelineRun run) throws IOException {
        synchronized (build) {
            ChildRuns runs = build.getAction(ChildRuns.class);
            if (runs == null) {
                runs = new ChildRuns();
                build.addAction(runs);
            }
            runs.children.add(new Child(run.getParent().getFullName(), run.getNumber(), run.getRunId()));
        }
        build.save();
    }

    /** Those that are still there and that the user may see. */
    public List<PipelineRun> getRuns() {
        return children.stream().map(ChildRuns::find).filter(Objects::nonNull).toList();
    }

    @CheckForNull
    private static PipelineRun find(Child child) {
        return StepRuns.named(child.job, child.number, child.runId);
    }

    /** The run of the build with this id; null when its steps started no such run. */
    @CheckForNull
    static PipelineRun find(Run<?, ?> build, String runId) {
        for (Action action : build.getAllActions()) {
            if (action instanceof ChildRuns runs) {
                for (Child child : runs.children) {
                    if (child.runId.equals(runId)) {
                        return find(child);
                    }
                }
            }
        }
        return null;
    }
}
