package io.jenkins.plugins.kubeflow.experiment;

import hudson.Util;
import hudson.model.TopLevelItem;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerRequest2;

/** What an experiment's page shows: a page of its runs as its address asks for it, and the addresses of the other pages. For one request. */
@Restricted(NoExternalUse.class)
public final class RunTable {
    private static final int LARGEST_PAGE = 200;
    private static final int DOTS = 5;
    /** Metrics that are columns as long as nobody chose. */
    private static final int METRICS = 2;
    /** What an address says for no columns at all. */
    private static final String NONE = "none";

    private final Experiment experiment;
    private final RunQuery query;
    private final List<String> columns;
    private final RunIndex.Page page;
    private final RunIndex.Names names;
    private final List<RunRow> newest;

    /** @param columns null when nobody chose */
    private RunTable(Experiment experiment, RunQuery query, List<String> columns) throws IOException {
        Predicate<RunRow> visible = visible(experiment);
        this.experiment = experiment;
        this.query = query;
        this.page = experiment.runs().find(query, visible);
        this.names = experiment.runs().names(visible);
        this.columns = columns != null ? columns : names.metrics().stream().limit(METRICS).map(name -> "metric:" + name).toList();
        this.newest = experiment.runs().find(
                new RunQuery(null, null, null, null, false, "started", true, 0, DOTS), visible).rows();
    }

    static RunTable of(Experiment experiment, StaplerRequest2 request) throws IOException {
        String[] columns = request.getParameterValues("column");
        return new RunTable(
                experiment, query(request), columns == null ? null : Arrays.stream(columns).filter(RunTable::isColumn).distinct().toList());
    }

    /** What a request asks for, without the table around it. */
    static RunIndex.Page page(Experiment experiment, StaplerRequest2 request) throws IOException {
        return experiment.runs().find(query(request), visible(experiment));
    }

    private static RunQuery query(StaplerRequest2 request) {
        String order = request.getParameter("order");
        return new RunQuery(
                request.getParameter("text"),
                request.getParameter("state"),
                request.getParameter("tag"),
                request.getParameter("job"),
                request.getParameter("archived") != null,
                request.getParameter("sort"),
                !"up".equals(order),
                Math.max(0, number(request.getParameter("page"), 0)),
                Math.min(LARGEST_PAGE, Math.max(1, number(request.getParameter("size"), 20))));
    }

    private static int number(String text, int otherwise) {
        try {
            return text == null ? otherwise : Math.min(Integer.parseInt(text), 1_000_000);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private static boolean isColumn(String column) {
        return column.startsWith("parameter:") || column.startsWith("metric:");
    }

    /** Runs of jobs that may not be read do not exist for whoever asks. */
    static Predicate<RunRow> visible(Experiment experiment) {
        Set<String> readable = experiment.getItems().stream().map(TopLevelItem::getName).collect(Collectors.toSet());
        return row -> readable.contains(row.job());
    }

    public RunQuery getQuery() {
        return query;
    }

    public List<Row> getRows() {
        return page.rows().stream().map(row -> new Row(row, columns)).toList();
    }

    public int getTotal() {
        return page.total();
    }

    public RunIndex.Names getNames() {
        return names;
    }

    public List<String> getColumns() {
        return columns;
    }

    /** All that can be chosen, as their forms send them. */
    public List<String> getChoices() {
        List<String> choices = new ArrayList<>();
        names.parameters().forEach(name -> choices.add("parameter:" + name));
        names.metrics().forEach(name -> choices.add("metric:" + name));
        return choices;
    }

    public static String title(String column) {
        return column.substring(column.indexOf(':') + 1);
    }

    public List<String> getStates() {
        return List.of("RUNNING", "SUCCEEDED", "FAILED", "CANCELED");
    }

    public List<Row> getNewest() {
        return newest.stream().map(row -> new Row(row, List.of())).toList();
    }

    public Collection<KubeflowPipeline> getJobs() {
        return Util.filter(experiment.getItems(), KubeflowPipeline.class);
    }

    public boolean isFiltered() {
        return Util.fixEmptyAndTrim(query.text()) != null || Util.fixEmpty(query.state()) != null || Util.fixEmpty(query.tag()) != null
                || Util.fixEmpty(query.job()) != null || query.archived();
    }

    /** The address of the same table sorted by a column; by the one it is sorted by already, the other way round. */
    public String sortedBy(String column) {
        boolean same = column.equals(query.sort() == null ? "started" : query.sort());
        return address(column, same ? !query.descending() : column.equals("started"), 0);
    }

    /** The arrow beside the column that the table is sorted by. */
    public String arrow(String column) {
        return column.equals(query.sort() == null ? "started" : query.sort()) ? query.descending() ? "↓" : "↑" : "";
    }

    public String getPrevious() {
        return query.page() > 0 ? address(query.sort(), query.descending(), query.page() - 1) : null;
    }

    public String getNext() {
        return (query.page() + 1L) * query.size() < page.total() ? address(query.sort(), query.descending(), query.page() + 1) : null;
    }

    public int getFirst() {
        return page.rows().isEmpty() ? 0 : query.page() * query.size() + 1;
    }

    public int getLast() {
        return query.page() * query.size() + page.rows().size();
    }

    private String address(String sort, boolean descending, int number) {
        StringBuilder address = new StringBuilder("?");
        add(address, "text", query.text());
        add(address, "state", query.state());
        add(address, "tag", query.tag());
        add(address, "job", query.job());
        add(address, "archived", query.archived() ? "on" : null);
        add(address, "sort", sort);
        add(address, "order", descending ? null : "up");
        add(address, "page", number == 0 ? null : Integer.toString(number));
        add(address, "size", query.size() == 20 ? null : Integer.toString(query.size()));
        (columns.isEmpty() ? List.of(NONE) : columns).forEach(column -> add(address, "column", column));
        return address.substring(0, address.length() - 1);
    }

    private static void add(StringBuilder address, String name, String value) {
        if (value != null && !value.isEmpty()) {
            address.append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8)).append('&');
        }
    }

    /** A row as the page shows it. */
    public static final class Row {
        private final RunRow run;
        private final List<String> columns;

        Row(RunRow run, List<String> columns) {
            this.run = run;
            this.columns = columns;
        }

        public RunRow getRun() {
            return run;
        }

        public String getUrl() {
            return "job/" + Util.rawEncode(run.job()) + "/" + run.number() + "/";
        }

        public String getTitle() {
            return run.name() == null ? run.job() + " #" + run.number() : run.name();
        }

        public String getDuration() {
            return Util.getTimeSpanString(run.duration(System.currentTimeMillis()));
        }

        /** In the form that machines read. */
        public String getStarted() {
            return Instant.ofEpochMilli(run.created()).toString();
        }

        public String getAgo() {
            return Util.getTimeSpanString(System.currentTimeMillis() - run.created());
        }

        public String getJobUrl() {
            return "job/" + Util.rawEncode(run.job()) + "/";
        }

        public String getIcon() {
            return switch (run.state()) {
                case "SUCCEEDED" -> "symbol-status-blue";
                case "FAILED" -> "symbol-status-red";
                case "CANCELED" -> "symbol-status-aborted";
                default -> "symbol-status-blue-anime";
            };
        }

        public List<String> getValues() {
            return columns.stream().map(this::value).toList();
        }

        private String value(String column) {
            String name = title(column);
            if (column.startsWith("parameter:")) {
                return run.parameters().getOrDefault(name, "");
            }
            Double metric = run.metrics().get(name);
            return metric == null ? "" : BigDecimal.valueOf(metric).stripTrailingZeros().toPlainString();
        }
    }
}
