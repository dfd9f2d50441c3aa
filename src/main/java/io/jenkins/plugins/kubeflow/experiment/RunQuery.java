package io.jenkins.plugins.kubeflow.experiment;

import java.util.Comparator;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which runs of an experiment to show and in what order. {@code text} is what a person typed: words that must all be found in the
 * run's name, id, job, pipeline, tags or starter, or, of the form {@code name=value}, {@code name<3}, {@code name>0.5}, in its
 * parameters and metrics. {@code sort}: a column ({@code started}, {@code name}, {@code state}, {@code duration}, {@code job},
 * {@code pipeline}, {@code parameter:NAME}, {@code metric:NAME}); unknown ones count as {@code started}. Null where nothing is asked.
 */
public record RunQuery(String text, String state, String tag, String job, boolean archived, String sort, boolean descending, int page, int size) {
    private static final Pattern COMPARISON = Pattern.compile("([^=<>]+)([=<>])(.*)");

    public static final RunQuery NEWEST = new RunQuery(null, null, null, null, false, "started", true, 0, 20);

    public RunQuery withSize(int rows) {
        return new RunQuery(text, state, tag, job, archived, sort, descending, page, rows);
    }

    Predicate<RunRow> filter() {
        Predicate<RunRow> filter = row -> row.archived() == archived;
        if (state != null && !state.isEmpty()) {
            filter = filter.and(row -> row.state().equals(state));
        }
        if (tag != null && !tag.isEmpty()) {
            filter = filter.and(row -> row.tags().contains(tag));
        }
        if (job != null && !job.isEmpty()) {
            filter = filter.and(row -> row.job().equals(job));
        }
        if (text != null) {
            for (String word : text.trim().split("\\s+")) {
                if (!word.isEmpty()) {
                    filter = filter.and(word(word));
                }
            }
        }
        return filter;
    }

    private static Predicate<RunRow> word(String word) {
        Matcher comparison = COMPARISON.matcher(word);
        if (comparison.matches()) {
            return comparison(comparison.group(1), comparison.group(2).charAt(0), comparison.group(3));
        }
        String small = word.toLowerCase(Locale.ROOT);
        return row -> has(row.name(), small) || has(row.runId(), small) || has(row.job(), small) || has(row.pipeline(), small)
                || has(row.startedBy(), small) || row.tags().stream().anyMatch(tag -> has(tag, small));
    }

    private static Predicate<RunRow> comparison(String name, char operator, String value) {
        Double wanted = number(value);
        return row -> {
            String text = row.parameters().get(name);
            Double metric = row.metrics().get(name);
            if (operator == '=') {
                return value.equals(text) || metric != null && metric.equals(wanted);
            }
            Double actual = metric != null ? metric : text == null ? null : number(text);
            return actual != null && wanted != null && (operator == '<' ? actual < wanted : actual > wanted);
        };
    }

    private static Double number(String text) {
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException words) {
            return null;
        }
    }

    /** {@code small} is in lower case. */
    private static boolean has(String text, String small) {
        if (text == null) {
            return false;
        }
        for (int i = 0; i + small.length() <= text.length(); i++) {
            if (text.regionMatches(true, i, small, 0, small.length())) {
                return true;
            }
        }
        return false;
    }

    /** A row with what it is sorted by, worked out once; null when it has no such value. */
    record Keyed(RunRow row, Comparable<?> key) {}

    Keyed keyed(RunRow row, long now) {
        String column = sort == null ? "" : sort;
        return new Keyed(row, switch (column) {
            case "name" -> row.name();
            case "state" -> row.state();
            case "job" -> row.job();
            case "pipeline" -> row.pipeline();
            case "duration" -> row.duration(now);
            default -> {
                if (column.startsWith("parameter:")) {
                    yield Parameter.of(row.parameters().get(column.substring("parameter:".length())));
                }
                yield column.startsWith("metric:") ? row.metrics().get(column.substring("metric:".length())) : (Comparable<?>) row.created();
            }
        });
    }

    /** A total order: rows that are equal in the column stand with the newest first. Rows without a value come last. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    Comparator<Keyed> order() {
        Comparator<Comparable> natural = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
        return Comparator.comparing((Keyed keyed) -> (Comparable) keyed.key(), Comparator.nullsLast(natural))
                .thenComparing(keyed -> keyed.row().created(), Comparator.reverseOrder())
                .thenComparing(keyed -> keyed.row().runId());
    }

    /** Numbers as numbers, before everything else. */
    private record Parameter(Double number, String text) implements Comparable<Parameter> {
        private static final Comparator<Parameter> ORDER = Comparator.comparing(Parameter::number, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(Parameter::text);

        static Parameter of(String text) {
            return text == null ? null : new Parameter(RunQuery.number(text), text);
        }

        @Override
        public int compareTo(Parameter other) {
            return ORDER.compare(this, other);
        }
    }
}
