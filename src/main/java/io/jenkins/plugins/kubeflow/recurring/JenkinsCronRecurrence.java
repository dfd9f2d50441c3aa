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

/** Jenkins' own cron: five fields, {@code H}, several lines. */
public final class JenkinsCronRecurrence extends RecurringSchedule {
    private final String spec;

    @DataBoundConstructor
    public JenkinsCronRecurrence(String spec) {
        this.spec = Util.fixNull(spec).trim();
    }

    public String getSpec() {
        return spec;
    }

    @Override
    public Schedule schedule(ZoneId zone, String seed) throws ScheduleException {
        return JenkinsCronSchedule.parse(spec, zone, seed);
    }

    @Override
    public String getText() {
        return "Jenkins cron " + spec.replaceAll("\\s*\\n\\s*", "; ");
    }

    @Extension
    @Symbol("jenkinsCron")
    public static final class DescriptorImpl extends Descriptor<RecurringSchedule> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.JenkinsCronRecurrence_displayName();
        }

        @POST
        public FormValidation doCheckSpec(@QueryParameter String value) {
            String problem = new JenkinsCronRecurrence(value).problem(ZoneOffset.UTC);
            return problem == null ? FormValidation.ok() : FormValidation.error(problem);
        }
    }
}
