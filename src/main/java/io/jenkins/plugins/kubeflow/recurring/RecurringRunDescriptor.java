package io.jenkins.plugins.kubeflow.recurring;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.AutoCompletionCandidates;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.kubeflow.engine.schedule.CatchUp;
import io.jenkins.plugins.kubeflow.engine.schedule.ScheduleException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Form of a recurring run. The checks look at nothing but what was typed, so they ask for no permission. */
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

    @POST
    public FormValidation doCheckEnd(@QueryParameter String value, @QueryParameter String timeZone) {
        return moment(value, timeZone);
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
