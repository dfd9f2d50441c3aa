package io.jenkins.plugins.kubeflow.recurring;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.User;
import io.jenkins.plugins.kubeflow.engine.schedule.ScheduleException;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.RefusedAnswer;
import io.jenkins.plugins.kubeflow.job.RunStarter;
import io.jenkins.plugins.kubeflow.job.SubmittedForm;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** One recurring run: a row of the job's page, and what can be done with it below {@code recurring-runs/run/ID/}. */
@ExportedBean(defaultVisibility = 2)
@Restricted(NoExternalUse.class)
public final class RecurringRunPage {
    private static final int SHOWN = 5;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss", Locale.ENGLISH);

    private final KubeflowPipeline job;
    private final RecurringRun run;
    private final RecurringRunStatus status;
    private RecurringRun refused;
    private List<String> refusals = List.of();

    RecurringRunPage(KubeflowPipeline job, RecurringRun run) {
        this.job = job;
        this.run = run;
        this.status = RecurringRunClock.get().status(job, run);
    }

    public KubeflowPipeline getJob() {
        return job;
    }

    public RecurringRun getRun() {
        return run;
    }

    /** The full name of its job. */
    @Exported(name = "job")
    public String getJobName() {
        return job.getFullName();
    }

    @Exported
    public String getId() {
        return run.getId();
    }

    @Exported
    public String getName() {
        return run.getName();
    }

    @Exported
    public boolean isEnabled() {
        return run.isEnabled();
    }

    @Exported(name = "schedule")
    public String getScheduleText() {
        return run.getSchedule() == null ? "" : run.getSchedule().getText();
    }

    /** In the zone of the recurring run. */
    @Exported
    public List<String> getNextTimes() {
        return status == null ? List.of() : status.next(SHOWN).stream().map(this::shown).toList();
    }

    @Exported
    public String getLast() {
        return status == null || status.record().last() == null ? "" : shown(status.record().last());
    }

    @Exported
    public long getCount() {
        return status == null ? 0 : status.record().index();
    }

    @Exported
    public int getActive() {
        return status == null ? 0 : status.active();
    }

    @Exported
    public String getZone() {
        return zone().getId();
    }

    /** Why it does not fire although it is switched on, or null. */
    @CheckForNull
    @Exported
    public String getProblem() {
        return run.problem();
    }

    private ZoneId zone() {
        try {
            return run.zone();
        } catch (ScheduleException e) {
            return ZoneId.systemDefault();
        }
    }

    private String shown(Instant time) {
        return TIME.withZone(zone()).format(time);
    }

    /** What the form shows: the recurring run, or what somebody made of it and was refused. */
    public RecurringRun getShown() {
        return refused == null ? run : refused;
    }

    /** Why what was sent is refused, a line each; empty when nothing was. */
    public List<String> getRefusals() {
        return refusals;
    }

    /** The recurring run of a form; it may be one that could never run. */
    static RecurringRun submitted(StaplerRequest2 request, @CheckForNull RecurringRun before) throws ServletException {
        RecurringRun run = request.bindJSON(RecurringRun.class, SubmittedForm.of(request));
        run.setId(before == null ? null : before.getId());
        return run;
    }

    @RequirePOST
    public HttpResponse doSave(StaplerRequest2 request) throws IOException, ServletException {
        job.checkPermission(Item.CONFIGURE);
        RecurringRun changed = submitted(request, run);
        String problem = RecurringCheck.problem(job, job.getDefinition(), changed, run);
        if (problem != null) {
            refused = changed;
            refusals = problem.lines().toList();
            return new RefusedAnswer(this, "edit.jelly");
        }
        RecurringRuns.put(job, changed);
        return HttpResponses.redirectTo("../..");
    }

    @RequirePOST
    public HttpResponse doEnable() throws IOException {
        job.checkPermission(Item.CONFIGURE);
        RecurringRuns.enable(job, run.getId(), true);
        return HttpResponses.redirectTo("../..");
    }

    @RequirePOST
    public HttpResponse doDisable() throws IOException {
        job.checkPermission(Item.CONFIGURE);
        RecurringRuns.enable(job, run.getId(), false);
        return HttpResponses.redirectTo("../..");
    }

    @RequirePOST
    public HttpResponse doDelete() throws IOException {
        job.checkPermission(Item.CONFIGURE);
        RecurringRuns.remove(job, run.getId());
        return HttpResponses.redirectTo("../..");
    }

    @RequirePOST
    public HttpResponse doRunNow() {
        job.checkPermission(Item.BUILD);
        String closed = RunStarter.closed(job);
        String problem = closed == null ? RecurringCheck.pipelineProblem(job, job.getDefinition(), run) : closed;
        if (problem != null) {
            throw new Failure(problem, true);
        }
        User user = User.current();
        try {
            RecurringRunClock.get().runNow(job, run.getId(), user == null ? null : user.getId());
        } catch (IOException e) {
            throw new Failure(e.getMessage());
        }
        return HttpResponses.redirectTo("../../..");
    }
}
