package io.jenkins.plugins.kubeflow.engine.schedule;

import java.util.List;
import java.util.Locale;

/** One field of a cron expression: the values it allows, one bit each, and whether it was written with {@code *} or {@code ?}. */
record CronField(long bits, boolean star) {
    /** The fields in their order. */
    enum Kind {
        SECOND("second", 0, 59, List.of()),
        MINUTE("minute", 0, 59, List.of()),
        HOUR("hour", 0, 23, List.of()),
        DAY_OF_MONTH("day of month", 1, 31, List.of()),
        MONTH("month", 1, 12, List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")),
        DAY_OF_WEEK("day of week", 0, 6, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat"));

        private final String title;
        private final int min;
        private final int max;
        private final List<String> names;

        Kind(String title, int min, int max, List<String> names) {
            this.title = title;
            this.min = min;
            this.max = max;
            this.names = names;
        }
    }

    /** The smallest allowed value that is at least {@code from}, or -1. */
    int atLeast(int from) {
        long rest = from > 63 ? 0 : bits >>> from << from;
        return rest == 0 ? -1 : Long.numberOfTrailingZeros(rest);
    }

    boolean allows(int value) {
        return (bits >>> value & 1) != 0;
    }

    int first() {
        return atLeast(0);
    }

    /** The text is a list, with commas, of {@code *}, {@code ?}, {@code N}, {@code N-M}, each with an optional {@code /step}. */
    static CronField parse(Kind kind, String text) throws ScheduleException {
        long bits = 0;
        boolean star = false;
        for (String part : text.split(",")) {
            if (!part.isEmpty()) {
                CronField range = range(kind, part);
                bits |= range.bits;
                star |= range.star;
            }
        }
        if (bits == 0) {
            throw error(kind, text, "is empty");
        }
        return new CronField(bits, star);
    }

    private static CronField range(Kind kind, String part) throws ScheduleException {
        String[] rangeAndStep = part.split("/", -1);
        String[] ends = rangeAndStep[0].split("-", -1);
        if (rangeAndStep.length > 2 || ends.length > 2) {
            throw error(kind, part, "write a range as 1-5 and a step as */5 or 1-30/5");
        }
        boolean star = rangeAndStep[0].equals("*") || rangeAndStep[0].equals("?");
        int from = star ? kind.min : value(kind, part, ends[0]);
        int to = star ? kind.max : ends.length == 2 ? value(kind, part, ends[1]) : rangeAndStep.length == 2 ? kind.max : from;
        int step = rangeAndStep.length == 2 ? number(kind, part, rangeAndStep[1]) : 1;
        if (step < 1) {
            throw error(kind, part, "the step must be at least 1");
        }
        if (from > to) {
            throw error(kind, part, from + " is more than " + to);
        }
        long bits = 0;
        for (int i = from; i <= to; i += step) {
            bits |= 1L << i;
        }
        return new CronField(bits, star);
    }

    private static int value(Kind kind, String part, String text) throws ScheduleException {
        int named = kind.names.indexOf(text.toLowerCase(Locale.ROOT));
        int value = named >= 0 ? kind.min + named : number(kind, part, text);
        if (value < kind.min || value > kind.max) {
            String sunday = kind == Kind.DAY_OF_WEEK && value == 7 ? "; Sunday is 0" : "";
            throw error(kind, part, text + " is not in " + kind.min + "-" + kind.max + sunday);
        }
        return value;
    }

    /** Numbers too long to be anything but wrong become one that no field allows and no step passes over. */
    private static int number(Kind kind, String part, String text) throws ScheduleException {
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            String names = kind.names.isEmpty() ? "" : " or one of " + String.join(", ", kind.names);
            throw error(kind, part, "‘" + text + "’ is not a number" + names);
        }
        return text.length() > 6 ? 1_000_000 : Integer.parseInt(text);
    }

    private static ScheduleException error(Kind kind, String part, String what) {
        return new ScheduleException(kind.title + " ‘" + part + "’: " + what);
    }
}
