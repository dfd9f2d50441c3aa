package io.jenkins.plugins.kubeflow.job;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Action;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.ParameterDefinition;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
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

/** The page {@code new-run} of a job: name, parameters, plan, start; {@code ?from=N} begins with the values of run N. */
@Restricted(NoExternalUse.class)
public final class NewRunPage implements Action, StaplerProxy {
    private final KubeflowPipeline job;

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
        String number = Stapler.getCurrentRequest2().getParameter("from");
        return number == null || !number.matches("\\d{1,9}") ? null : job.getBuildByNumber(Integer.parseInt(number));
    }

    public List<ParameterDefinition> getFields() throws IOException {
        PipelineRun from = getFrom();
        RunRecord record = from == null ? null : from.record();
        Map<String, JsonNode> values = record == null ? Map.of() : record.parameters();
        return ParameterForm.fields(job, job.currentSpec(), values);
    }

    /** Why no run can be started now, or null. */
    public String getProblem() {
        return job.currentSpec() == null ? Messages.NewRunPage_noPipeline() : null;
    }

    @RequirePOST
    public HttpResponse doStart(StaplerRequest2 request) throws ServletException {
        job.checkPermission(Item.BUILD);
        JSONObject form = request.getSubmittedForm();
        Map<String, String> texts = ParameterForm.texts(form);
        try {
            RunPlan.check(job, texts);
        } catch (IOException | RunStart.Refused e) {
            throw new Failure(e.getMessage(), true);
        }
        List<ParameterValue> values = new ArrayList<>();
        texts.forEach((name, text) -> values.add(new StringParameterValue(name, text)));
        job.scheduleBuild2(
                0,
                new CauseAction(new Cause.UserIdCause()),
                new ParametersAction(values, List.copyOf(texts.keySet())),
                new RunRequest()
                        .name(Util.fixEmptyAndTrim(form.optString("name")))
                        .description(Util.fixEmptyAndTrim(form.optString("description")))
                        .cache(form.optBoolean("cache", true)));
        return HttpResponses.redirectTo("..");
    }

    /** Shows what {@link #doStart} would do with the same form. */
    @RequirePOST
    public HttpResponse doPlan(StaplerRequest2 request) throws ServletException {
        job.checkPermission(Item.BUILD);
        JSONObject form = request.getSubmittedForm();
        Map<String, String> texts = ParameterForm.texts(form);
        try {
            request.setAttribute("plan", RunPlan.of(job, texts, form.optBoolean("cache", true)));
        } catch (IOException | RunStart.Refused e) {
            throw new Failure(e.getMessage(), true);
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
