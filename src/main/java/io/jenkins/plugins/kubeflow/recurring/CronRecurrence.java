package io.jenkins.plugins.kubeflow.recurring;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.kubeflow.engine.schedule.Schedule;
import io.jenkins.plugins.kubeflow.engine.schedule.ScheduleException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The cron of Kubeflow Pipelines: six fields, the second first. */
public final class CronRecurrence extends RecurringSchedule {
    private final String cron;

    @DataBoundConstructor
    public CronRecurrence(String cron) {
        this.cron = Util.fixNull(cron).trim();
    }

    public String getCron() {
        return cron;
    }

    @Override
    public Schedule schedule(ZoneId zone, String seed) throws ScheduleException {
        return Schedule.cron(cron, zone);
    }

    @Override
    public String getText() {
        return "cron " + cron;
    }

    @Extension
    @Symbol("cron")
    public static final class DescriptorImpl extends Descriptor<RecurringSchedule> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.CronRecurrence_displayName();
        }

        @POST
        public FormValidation doCheckCron(@QueryParameter String value) {
            CronRecurrence entered = new CronRecurrence(value);
            String problem = entered.problem(ZoneOffset.UTC);
            if (problem != null) {
                return FormValidation.error(problem);
            }
            return entered.cron.startsWith("@") || entered.cron.split("\\s+").length == 6
                    ? FormValidation.ok()
                    : FormValidation.warning("Five fields: the first is the second, and the day of week is left out."
                            + " Nine o'clock on Mondays is 0 0 9 * * 1.");
        }
    }
}
