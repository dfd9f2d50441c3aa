package io.jenkins.plugins.kubeflow.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The rows of an experiment's runs, in memory and in a file of one line per change. The file is only a copy of what the runs'
 * directories say: when it is missing or a line of it cannot be read, {@code source} makes it anew. It is rewritten when most of its
 * lines are out of date. Any thread may call; nothing of Jenkins is needed.
 */
public final class RunIndex {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SLACK = 1000;
    /** Names of columns are looked for in so many of the newest runs. */
    private static final int LOOKED_AT = 500;

    private final Supplier<Path> file;
    private final Source source;
    private Map<String, RunRow> rows;
    /** The same rows; null when something has changed since. */
    private List<RunRow> newestFirst;
    private int lines;

    /** Finds all rows by looking at what the runs have left on disk; slow. */
    @FunctionalInterface
    public interface Source {
        Collection<RunRow> read() throws IOException;
    }

    /** A page of a table, and how many rows there are on all pages. */
    public record Page(List<RunRow> rows, int total) {}

    /** {@code file} is asked each time: the folder may move. */
    public RunIndex(Supplier<Path> file, Source source) {
        this.file = file;
        this.source = source;
    }

    public Page find(RunQuery query) throws IOException {
        return find(query, row -> true);
    }

    /** {@code visible}: what the person who asks may see; everything else is as if it were not there. */
    public synchronized Page find(RunQuery query, Predicate<RunRow> visible) throws IOException {
        load();
        Predicate<RunRow> filter = query.filter().and(visible);
        long now = System.currentTimeMillis();
        int size = Math.max(1, query.size());
        int wanted = Math.max(0, query.page()) * size + size;
        Comparator<RunQuery.Keyed> order = query.order();
        // only the best rows up to the page's end are kept; the last of them on top, ready to be replaced
        PriorityQueue<RunQuery.Keyed> best = new PriorityQueue<>(order.reversed());
        int total = 0;
        List<RunRow> all = newestFirst();
        for (RunRow row : all) {
            if (!filter.test(row)) {
                continue;
            }
            total++;
            RunQuery.Keyed keyed = query.keyed(row, now);
            if (best.size() < wanted) {
                best.add(keyed);
            } else if (order.compare(keyed, best.peek()) < 0) {
                best.poll();
                best.add(keyed);
            }
        }
        List<RunQuery.Keyed> sorted = new ArrayList<>(best);
        sorted.sort(order);
        int from = Math.min(sorted.size(), wanted - size);
        return new Page(sorted.subList(from, sorted.size()).stream().map(RunQuery.Keyed::row).toList(), total);
    }

    private List<RunRow> newestFirst() {
        if (newestFirst == null) {
            List<RunRow> all = new ArrayList<>(rows.values());
            Collections.reverse(all);
            all.sort(Comparator.comparingLong(RunRow::created).reversed());
            newestFirst = all;
        }
        return newestFirst;
    }

    /** The run's row, or null. */
    public synchronized RunRow get(String runId) throws IOException {
        load();
        return rows.get(runId);
    }

    /** Names of parameters, of metrics and of tags that the newest runs have. */
    public synchronized Names names(Predicate<RunRow> visible) throws IOException {
        load();
        Names names = new Names(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        newestFirst().stream().filter(visible).limit(LOOKED_AT).forEach(row -> {
            names.parameters.addAll(row.parameters().keySet());
            names.metrics.addAll(row.metrics().keySet());
            names.tags.addAll(row.tags());
        });
        return names;
    }

    public record Names(Collection<String> parameters, Collection<String> metrics, Collection<String> tags) {}

    public void put(RunRow row) throws IOException {
        putAll(List.of(row));
    }

    public synchronized void putAll(Collection<RunRow> changed) throws IOException {
        load();
        newestFirst = null;
        StringBuilder text = new StringBuilder();
        for (RunRow row : changed) {
            if (!row.equals(rows.put(row.runId(), row))) {
                text.append(JSON.writeValueAsString(row.json())).append('\n');
                lines++;
            }
        }
        append(text);
    }

    public synchronized void remove(String runId) throws IOException {
        load();
        newestFirst = null;
        if (rows.remove(runId) != null) {
            lines++;
            append(new StringBuilder(JSON.writeValueAsString(JSON.createObjectNode().put("removed", runId))).append('\n'));
        }
    }

    /** Removes all runs of a job. @return what was removed */
    public synchronized List<RunRow> removeJob(String job) throws IOException {
        load();
        List<RunRow> removed = rows.values().stream().filter(row -> row.job().equals(job)).toList();
        newestFirst = null;
        if (!removed.isEmpty()) {
            removed.forEach(row -> rows.remove(row.runId()));
            rewrite();
        }
        return removed;
    }

    /** Looks at the runs' directories anew. */
    public synchronized void rebuild() throws IOException {
        Map<String, RunRow> found = new LinkedHashMap<>();
        source.read().forEach(row -> found.put(row.runId(), row));
        rows = found;
        newestFirst = null;
        rewrite();
    }

    private void load() throws IOException {
        if (rows != null) {
            return;
        }
        Path from = file.get();
        if (!Files.exists(from)) {
            rebuild();
            return;
        }
        Map<String, RunRow> read = new LinkedHashMap<>();
        int count = 0;
        try (MappingIterator<JsonNode> changes = JSON.readerFor(JsonNode.class).readValues(from.toFile())) {
            RunRow.Reader reader = new RunRow.Reader();
            while (changes.hasNextValue()) {
                JsonNode json = changes.nextValue();
                count++;
                if (json.hasNonNull("removed")) {
                    read.remove(json.get("removed").asText());
                } else {
                    RunRow row = reader.read(json);
                    read.put(row.runId(), row);
                }
            }
        } catch (JsonProcessingException | CharConversionException damaged) {
            rebuild();
            return;
        }
        rows = read;
        lines = count;
    }

    private void append(CharSequence text) throws IOException {
        if (lines > 2 * rows.size() + SLACK) {
            rewrite();
        } else if (text.length() > 0) {
            Files.createDirectories(file.get().getParent());
            Files.writeString(file.get(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    private void rewrite() throws IOException {
        Path to = file.get();
        Files.createDirectories(to.getParent());
        Path fresh = to.resolveSibling(to.getFileName() + ".new");
        try (BufferedWriter out = Files.newBufferedWriter(fresh, StandardCharsets.UTF_8)) {
            for (RunRow row : rows.values()) {
                out.write(JSON.writeValueAsString(row.json()));
                out.write('\n');
            }
        }
        Files.move(fresh, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        lines = rows.size();
    }
}
