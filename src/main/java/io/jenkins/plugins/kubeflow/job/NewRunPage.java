package io.jenkins.plugins.kubeflow.job;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Action;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Item;
import hudson.model.ParameterDefinition;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import jenkins.model.TransientActionFactory;
import net.sf.json.JSONObject;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * The page {@code new-run} of a job: name, parameters, plan, start. {@code ?from=N} begins with the values of run N, {@code &pipeline=own}
 * also has its pipeline, which is the rule where that came with the run; {@code &pipeline=job} has the job's.
 */
@Restricted(NoExternalUse.class)
public final class NewRunPage implements Action, StaplerProxy {
    private static final int MOST_PROBLEMS = 20;

    private final KubeflowPipeline job;
    private RefusedForm refused;

    NewRunPage(KubeflowPipeline job) {
        this.job = job;
    }

    public KubeflowPipeline getJob() {
        return job;
    }

    @Override
    public String getIconFileName() {
        return job.hasPermission(Item.BUILD) && job.isBuildable() ? "symbol-rocket-outline plugin-ionicons-api" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.NewRunPage_displayName();
    }

    @Override
    public String getUrlName() {
        return "new-run";
    }

    @Override
    public Object getTarget() {
        job.checkPermission(Item.BUILD);
        return this;
    }

    /** The run that is cloned, or null. */
    public PipelineRun getFrom() {
        return run(job, Stapler.getCurrentRequest2().getParameter("from"));
    }

    /** Null when there is no such run. */
    @CheckForNull
    static PipelineRun run(KubeflowPipeline job, @CheckForNull String number) {
        return number == null || !number.matches("\\d{1,9}") ? null : job.getBuildByNumber(Integer.parseInt(number));
    }

    /** Whether the pipeline is that of the run that is cloned and not the job's: so it is when it came with that run, or is asked for. */
    public boolean isOwn() throws IOException {
        PipelineRun from = getFrom();
        if (from == null || from.record() == null) {
            return false;
        }
        String pipeline = Stapler.getCurrentRequest2().getParameter("pipeline");
        GivenPipeline given = from.getAction(GivenPipeline.class);
        return job.getDefinition() == null
                || (pipeline == null ? given != null && given.hasPipeline() : pipeline.equals("own"));
    }

    /** Whether a clone can have either pipeline. */
    public boolean isChoice() throws IOException {
        PipelineRun from = getFrom();
        return from != null && from.record() != null && job.getDefinition() != null;
    }

    /** What was sent and refused, or null. */
    @CheckForNull
    public RefusedForm getRefused() {
        return refused;
    }

    public List<ParameterDefinition> getFields() throws IOException {
        PipelineRun from = getFrom();
        if (refused != null) {
            return ParameterForm.fields(job, isOwn() ? from.record().spec(from.directory()) : job.currentSpec(), refused);
        }
        RunRecord record = from == null ? null : from.record();
        Map<String, JsonNode> values = record == null ? Map.of() : record.parameters();
        return ParameterForm.fields(job, isOwn() ? record.spec(from.directory()) : job.currentSpec(), values);
    }

    /** Why no run can be started now; empty when one can. */
    public List<String> getProblems() throws IOException {
        String closed = RunStarter.closed(job);
        if (closed != null) {
            return List.of(closed);
        }
        return isOwn() ? List.of() : getPipelineProblems();
    }

    /** Why no run of the job's own pipeline can start; empty when one can, or when only a run can tell. */
    public List<String> getPipelineProblems() {
        try {
            KnownPipeline.of(job, null);
            return List.of();
        } catch (AbortException e) {
            return e.getMessage().lines().limit(MOST_PROBLEMS).toList();
        }
    }

    /** Whether the pipeline's inputs are not known before its first run. */
    public boolean isUnread() throws IOException {
        try {
            return !isOwn() && KnownPipeline.of(job, null).spec() == null;
        } catch (AbortException e) {
            return false;
        }
    }

    @RequirePOST
    public HttpResponse doStart(StaplerRequest2 request) throws ServletException {
        job.checkPermission(Item.BUILD);
        JSONObject form = SubmittedForm.of(request);
        Map<String, String> texts = ParameterForm.texts(form);
        List<Action> actions = List.of(
                new CauseAction(new Cause.UserIdCause()),
                new RunRequest()
                        .name(Util.fixEmptyAndTrim(form.optString("name")))
                        .description(Util.fixEmptyAndTrim(form.optString("description")))
                        .cache(form.optBoolean("cache", true)));
        try {
            refuseWrong(texts);
            if (isOwn()) {
                PipelineRun from = getFrom();
                RunStarter.again(from, from.record(), texts, actions);
            } else {
                RunStarter.start(job, texts, actions);
            }
        } catch (IOException e) {
            return refuse(form, e.getMessage());
        }
        return HttpResponses.redirectTo("..");
    }

    /** @throws AbortException with a line for each field */
    private void refuseWrong(Map<String, String> texts) throws IOException {
        List<String> problems = RunStarter.closed(job) == null ? ParameterTexts.formProblems(job, isOwn() ? getFrom() : null, texts) : List.of();
        if (!problems.isEmpty()) {
            throw new AbortException(String.join("\n", problems));
        }
    }

    private HttpResponse refuse(JSONObject form, String problems) {
        refused = new RefusedForm(form, List.of(problems));
        return new RefusedAnswer(this, "index.jelly");
    }

    /** Shows what {@link #doStart} would do with the same form. */
    @RequirePOST
    public HttpResponse doPlan(StaplerRequest2 request) throws ServletException {
        job.checkPermission(Item.BUILD);
        JSONObject form = SubmittedForm.of(request);
        Map<String, String> texts = ParameterForm.texts(form);
        boolean cache = form.optBoolean("cache", true);
        try {
            refuseWrong(texts);
            request.setAttribute("plan", isOwn() ? RunPlan.again(getFrom(), texts, cache) : RunPlan.of(job, texts, cache));
        } catch (IOException | RunStart.Refused e) {
            return refuse(form, e.getMessage());
        }
        request.setAttribute("texts", texts);
        request.setAttribute("form", form);
        return HttpResponses.forwardToView(this, "plan.jelly");
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
            return List.of(new NewRunPage(job));
        }
    }
}
