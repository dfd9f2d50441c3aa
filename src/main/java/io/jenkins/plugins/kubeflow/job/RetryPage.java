package io.jenkins.plugins.kubeflow.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Action;
import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.ParameterDefinition;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.TransientActionFactory;
import net.sf.json.JSONObject;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * The page {@code retry} of a run that failed or was stopped: run it again from there, with parameters or - for those who may configure
 * the job - the pipeline changed.
 */
@Restricted(NoExternalUse.class)
public final class RetryPage implements Action, StaplerProxy {
    private static final Logger LOGGER = Logger.getLogger(RetryPage.class.getName());

    private final PipelineRun run;
    private RefusedForm refused;

    RetryPage(PipelineRun run) {
        this.run = run;
    }

    public PipelineRun getRun() {
        return run;
    }

    @Override
    public String getIconFileName() {
        try {
            return run.getParent().hasPermission(Item.BUILD) && RunStarter.retryProblem(run) == null ? "symbol-refresh" : null;
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "record of " + run);
            return null;
        }
    }

    @Override
    public String getDisplayName() {
        return Messages.RetryPage_displayName();
    }

    @Override
    public String getUrlName() {
        return "retry";
    }

    /** For all of it: a run that cannot be retried has a sentence instead. */
    @Override
    public Object getTarget() {
        run.getParent().checkPermission(Item.BUILD);
        String problem;
        try {
            problem = RunStarter.retryProblem(run);
        } catch (IOException e) {
            problem = e.getMessage();
        }
        if (problem != null) {
            throw new Failure(problem);
        }
        return this;
    }

    private RunRecord record() throws IOException {
        return run.record();
    }

    /** What was sent and refused, or null. */
    @CheckForNull
    public RefusedForm getRefused() {
        return refused;
    }

    public List<ParameterDefinition> getFields() throws IOException {
        RunRecord record = record();
        if (refused != null) {
            return ParameterForm.fields(run.getParent(), record.spec(run.directory()), refused);
        }
        return ParameterForm.fields(run.getParent(), record.spec(run.directory()), record.parameters());
    }

    /** The text that the form shows: the pipeline's, or as somebody changed it. */
    @CheckForNull
    public String getShownText() throws IOException {
        String own = getText();
        return own == null || refused == null ? own : refused.typed("text");
    }

    /** The pipeline's text for editing; null when it is a package, or not for this user. */
    @CheckForNull
    String getText() throws IOException {
        Path file = run.directory().path().resolve(record().specFile());
        boolean text = file.toString().endsWith(".yaml") || file.toString().endsWith(".json");
        return text && run.getParent().hasPermission(Item.CONFIGURE) ? Files.readString(file) : null;
    }

    @RequirePOST
    public HttpResponse doSubmit(StaplerRequest2 request) throws ServletException, IOException {
        run.getParent().checkPermission(Item.BUILD);
        JSONObject form = SubmittedForm.of(request);
        String text = Util.fixEmptyAndTrim(form.optString("text"));
        String own = getText();
        String changed = text == null || own != null && text.lines().toList().equals(own.strip().lines().toList()) ? null : text;
        if (changed != null) {
            run.getParent().checkPermission(Item.CONFIGURE);
        }
        try {
            run.retry(changed, ParameterForm.texts(form));
        } catch (RunStart.Refused e) {
            refused = new RefusedForm(form, e.problems);
            return new RefusedAnswer(this, "index.jelly");
        }
        return HttpResponses.redirectTo("../graph/");
    }

    /** Shown when the run can be retried. */
    @Extension
    public static final class Factory extends TransientActionFactory<PipelineRun> {
        @Override
        public Class<PipelineRun> type() {
            return PipelineRun.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull PipelineRun run) {
            return List.of(new RetryPage(run));
        }
    }
}
