package io.jenkins.plugins.kubeflow.recurring;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.kubeflow.engine.schedule.Schedule;
import io.jenkins.plugins.kubeflow.engine.schedule.ScheduleException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Every so many seconds, minutes, hours, days or weeks, at most ten years: {@code 90}, {@code 15m}, {@code 1h 30m}, {@code 1d}, {@code 2w}. */
public final class IntervalRecurrence extends RecurringSchedule {
    private static final Pattern PART = Pattern.compile("\\s*(\\d{1,18})\\s*([smhdw])\\s*");
    private static final Map<String, Long> SECONDS = Map.of("s", 1L, "m", 60L, "h", 3_600L, "d", 86_400L, "w", 604_800L);

    private static final BigInteger LONGEST = BigInteger.valueOf(10 * 366 * 86_400L);

    private final String interval;

    @DataBoundConstructor
    public IntervalRecurrence(String interval) {
        this.interval = Util.fixNull(interval).trim();
    }

    public String getInterval() {
        return interval;
    }

    @Override
    public Schedule schedule(ZoneId zone, String seed) throws ScheduleException {
        String units = interval.matches("\\d+") ? interval + "s" : interval;
        BigInteger seconds = BigInteger.ZERO;
        Matcher part = PART.matcher(units);
        int at = 0;
        for (; at < units.length() && part.find(at) && part.start() == at; at = part.end()) {
            seconds = seconds.add(new BigInteger(part.group(1)).multiply(BigInteger.valueOf(SECONDS.get(part.group(2)))));
        }
        if (seconds.compareTo(LONGEST) > 0) {
            throw new ScheduleException("interval ‘" + interval + "’ is longer than ten years");
        }
        if (at < units.length() || units.isEmpty()) {
            throw new ScheduleException("interval ‘" + interval + "’: write it like 90, 15m, 1h 30m, 1d or 2w; a bare number means seconds");
        }
        return Schedule.interval(Duration.ofSeconds(seconds.longValueExact()));
    }

    @Override
    public String getText() {
        return "every " + interval + (interval.matches("\\d+") ? " s" : "");
    }

    @Extension
    @Symbol("interval")
    public static final class DescriptorImpl extends Descriptor<RecurringSchedule> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.IntervalRecurrence_displayName();
        }

        @POST
        public FormValidation doCheckInterval(@QueryParameter String value) {
            String problem = new IntervalRecurrence(value).problem(ZoneOffset.UTC);
            return problem == null ? FormValidation.ok() : FormValidation.error(problem);
        }
    }
}
