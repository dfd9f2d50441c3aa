package io.jenkins.plugins.kubeflow.recurring;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Api;
import hudson.model.Descriptor;
import hudson.model.Item;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.ParameterTexts;
import io.jenkins.plugins.kubeflow.job.RefusedAnswer;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.model.TransientActionFactory;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The page {@code recurring-runs} of a job: all of them with their next times; readers look, those who may configure the job change. */
@ExportedBean
@Restricted(NoExternalUse.class)
public final class RecurringRunsPage implements Action, StaplerProxy {
    private final KubeflowPipeline job;
    private RecurringRun refused;
    private List<String> refusals = List.of();

    RecurringRunsPage(KubeflowPipeline job) {
        this.job = job;
    }

    public KubeflowPipeline getJob() {
        return job;
    }

    @Override
    public String getIconFileName() {
        return job.hasPermission(Item.READ) ? "symbol-calendar-outline plugin-ionicons-api" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.RecurringRuns_displayName();
    }

    @Override
    public String getUrlName() {
        return "recurring-runs";
    }

    @Override
    public Object getTarget() {
        job.checkPermission(Item.READ);
        return this;
    }

    public boolean isChangeable() {
        return job.hasPermission(Item.CONFIGURE);
    }

    public boolean isStartable() {
        return job.hasPermission(Item.BUILD) && job.isBuildable();
    }

    public Api getApi() {
        return new Api(this);
    }

    @Exported(name = "recurringRuns")
    public List<RecurringRunPage> getRows() {
        return RecurringRuns.of(job).stream().map(run -> new RecurringRunPage(job, run)).toList();
    }

    /** What the form for a new one begins with: what was sent and refused, or a line for each input that must be given. */
    public RecurringRun getBlank() {
        if (refused != null) {
            return refused;
        }
        RecurringRun blank = new RecurringRun("", null);
        blank.setParameters(ParameterTexts.required(job).stream().map(name -> new RecurringParameter(name, "")).toList());
        return blank;
    }

    /** Why what was sent is refused, a line each; empty when nothing was. */
    public List<String> getRefusals() {
        return refusals;
    }

    public Descriptor<?> getRunDescriptor() {
        return Jenkins.get().getDescriptorOrDie(RecurringRun.class);
    }

    /** Below {@code run/ID/}; null (404) for an id that the job does not have. */
    @CheckForNull
    public RecurringRunPage getRun(String id) {
        RecurringRun run = RecurringRuns.find(job, id);
        return run == null ? null : new RecurringRunPage(job, run);
    }

    @RequirePOST
    public HttpResponse doAdd(StaplerRequest2 request) throws IOException, ServletException {
        job.checkPermission(Item.CONFIGURE);
        RecurringRun run = RecurringRunPage.submitted(request, null);
        String problem = RecurringCheck.problem(job, job.getDefinition(), run, null);
        if (problem != null) {
            refused = run;
            refusals = problem.lines().toList();
            return new RefusedAnswer(this, "new.jelly");
        }
        RecurringRuns.put(job, run);
        return HttpResponses.redirectTo(".");
    }

    /** Every job has the page. */
    @Extension
    public static final class Factory extends TransientActionFactory<KubeflowPipeline> {
        @Override
        public Class<KubeflowPipeline> type() {
            return KubeflowPipeline.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull KubeflowPipeline job) {
            return List.of(new RecurringRunsPage(job));
        }
    }
}
