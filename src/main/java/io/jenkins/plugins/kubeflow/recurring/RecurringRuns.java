package io.jenkins.plugins.kubeflow.recurring;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.BulkChange;
import hudson.Extension;
import hudson.model.Job;
import hudson.model.JobProperty;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.PipelineDefinition;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import jenkins.model.OptionalJobProperty;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.StaplerRequest2;

/** The recurring runs of a job. Persisted in its configuration; replaced as a whole, never changed in place. */
public final class RecurringRuns extends OptionalJobProperty<KubeflowPipeline> {
    private final List<RecurringRun> runs;

    @DataBoundConstructor
    public RecurringRuns(List<RecurringRun> runs) {
        this.runs = runs == null ? new ArrayList<>() : new ArrayList<>(runs);
    }

    public List<RecurringRun> getRuns() {
        return List.copyOf(runs);
    }

    @Override
    protected void setOwner(KubeflowPipeline job) {
        super.setOwner(job);
        RecurringIds.assign(runs, RecurringRecords.file(job.getRootDir().toPath()));
    }

    /** The recurring runs of a job; empty for none. */
    public static List<RecurringRun> of(KubeflowPipeline job) {
        RecurringRuns property = job.getProperty(RecurringRuns.class);
        return property == null ? List.of() : property.getRuns();
    }

    /** The recurring run of a job with an id, or null. */
    @CheckForNull
    public static RecurringRun find(KubeflowPipeline job, String id) {
        return of(job).stream().filter(run -> run.getId().equals(id)).findFirst().orElse(null);
    }

    /** Adds a recurring run, or puts it in the place of the one with its id. Saves the job. */
    public static void put(KubeflowPipeline job, RecurringRun run) throws IOException {
        change(job, runs -> {
            int at = 0;
            while (at < runs.size() && !runs.get(at).getId().equals(run.getId())) {
                at++;
            }
            if (at < runs.size()) {
                runs.set(at, run);
            } else {
                runs.add(run);
            }
            return runs;
        });
    }

    public static void remove(KubeflowPipeline job, String id) throws IOException {
        change(job, runs -> {
            runs.removeIf(run -> run.getId().equals(id));
            return runs;
        });
    }

    /** Slots that pass while it is switched off are never made up for. Saves the job when that changes anything. */
    public static void enable(KubeflowPipeline job, String id, boolean on) throws IOException {
        RecurringRun run = find(job, id);
        if (run != null && run.isEnabled() != on) {
            RecurringRun changed = run.copy();
            changed.setEnabled(on);
            put(job, changed);
        }
    }

    static void change(KubeflowPipeline job, UnaryOperator<List<RecurringRun>> change) throws IOException {
        synchronized (job) {
            List<RecurringRun> changed = change.apply(new ArrayList<>(of(job)));
            try (BulkChange bulk = new BulkChange(job)) {
                job.removeProperty(RecurringRuns.class);
                if (!changed.isEmpty()) {
                    job.addProperty(new RecurringRuns(changed));
                }
                bulk.commit();
            }
        }
    }

    @Extension
    @Symbol("recurringRuns")
    public static final class DescriptorImpl extends OptionalJobPropertyDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RecurringRuns_displayName();
        }

        /** One that could never run is refused before the job has changed; its own page does the same. */
        @Override
        public JobProperty<?> newInstance(StaplerRequest2 request, @NonNull JSONObject form) throws FormException {
            JobProperty<?> made = super.newInstance(request, form);
            if (made instanceof RecurringRuns recurring) {
                KubeflowPipeline job = request == null ? null : request.findAncestorObject(KubeflowPipeline.class);
                for (RecurringRun run : recurring.getRuns()) {
                    String problem = job == null ? run.problem() : RecurringCheck.problem(job, definition(request), run, before(job, run));
                    if (problem != null) {
                        throw new FormException("recurring run ‘" + run.getName() + "’: " + problem, "runs");
                    }
                }
            }
            return made;
        }

        /** What the job gets with the same form. */
        @CheckForNull
        private static PipelineDefinition definition(StaplerRequest2 request) throws FormException {
            try {
                JSONObject definition = request.getSubmittedForm().optJSONObject("definition");
                return definition == null ? null : request.bindJSON(PipelineDefinition.class, definition);
            } catch (ServletException e) {
                throw new FormException(e, "runs");
            }
        }

        @CheckForNull
        private static RecurringRun before(KubeflowPipeline job, RecurringRun run) {
            return run.getId() == null ? null : RecurringRuns.find(job, run.getId());
        }

        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends Job> jobType) {
            return KubeflowPipeline.class.isAssignableFrom(jobType);
        }
    }
}
