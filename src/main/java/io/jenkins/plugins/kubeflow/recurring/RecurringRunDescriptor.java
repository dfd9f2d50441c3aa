package io.jenkins.plugins.kubeflow.recurring;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AutoCompletionCandidates;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.kubeflow.engine.schedule.CatchUp;
import io.jenkins.plugins.kubeflow.engine.schedule.ScheduleException;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Form of a recurring run. The checks that look at nothing but what was typed ask for no permission. */
@Extension
@Symbol("recurringRun")
public final class RecurringRunDescriptor extends Descriptor<RecurringRun> {
    public RecurringRunDescriptor() {
        super(RecurringRun.class);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.RecurringRun_displayName();
    }

    /** For the form. */
    public List<Descriptor<RecurringSchedule>> getScheduleDescriptors() {
        return Jenkins.get().getDescriptorList(RecurringSchedule.class);
    }

    public int getDefaultMaxConcurrency() {
        return CatchUp.MAX_CONCURRENCY;
    }

    @POST
    public AutoCompletionCandidates doAutoCompleteTimeZone(@QueryParameter String value) {
        String typed = value.strip().toLowerCase(Locale.ROOT);
        AutoCompletionCandidates candidates = new AutoCompletionCandidates();
        new TreeSet<>(ZoneId.getAvailableZoneIds())
                .stream().filter(id -> id.toLowerCase(Locale.ROOT).contains(typed)).limit(20).forEach(candidates::add);
        return candidates;
    }

    @POST
    public FormValidation doCheckName(@QueryParameter String value) {
        return value == null || value.isBlank() ? FormValidation.error("give it a name") : FormValidation.ok();
    }

    @POST
    public FormValidation doCheckTimeZone(@QueryParameter String value) {
        try {
            return value == null || value.isBlank()
                    ? FormValidation.ok("the zone of Jenkins: " + ZoneId.systemDefault())
                    : FormValidation.ok(Moments.zone(value.strip()).getRules().isFixedOffset() ? "without summer time" : null);
        } catch (ScheduleException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    @POST
    public FormValidation doCheckStart(@QueryParameter String value, @QueryParameter String timeZone) {
        return moment(value, timeZone);
    }

    /** One that has passed may stay, so it is no error here. */
    @POST
    public FormValidation doCheckEnd(@QueryParameter String value, @QueryParameter String timeZone) {
        try {
            Instant end = Moments.parse(value, Moments.zone(timeZone));
            return end == null || end.isAfter(RecurringRunClock.get().now())
                    ? FormValidation.ok() : FormValidation.warning("this has passed: the recurring run is over");
        } catch (ScheduleException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** {@code item} is the job; nothing is told to those who may not configure it. */
    @POST
    public FormValidation doCheckVersion(@AncestorInPath Item item, @QueryParameter String value) {
        if (!(item instanceof KubeflowPipeline job) || !item.hasPermission(Item.CONFIGURE)) {
            return FormValidation.ok();
        }
        String problem = RecurringCheck.versionProblem(job, job.getDefinition(), Util.fixEmptyAndTrim(value));
        return problem == null ? FormValidation.ok() : FormValidation.error(problem);
    }

    @POST
    public FormValidation doCheckMaxConcurrency(@QueryParameter String value) {
        return FormValidation.validateIntegerInRange(value, CatchUp.MIN_CONCURRENCY, CatchUp.MAX_CONCURRENCY);
    }

    private static FormValidation moment(String value, String timeZone) {
        try {
            Moments.parse(value, Moments.zone(timeZone));
            return FormValidation.ok();
        } catch (ScheduleException e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
