package io.jenkins.plugins.kubeflow.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.kubeflow.engine.compare.RunFacts;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What a finished run came to, for the build's own page: its output parameters and scalar metrics, as many as fit a summary. */
@Restricted(NoExternalUse.class)
public record OutputRows(List<Row> rows, int more) {
    private static final int MOST = 12;
    private static final int LONGEST = 120;

    /** A line of the summary. */
    public record Row(String name, String value) {
        public String getName() {
            return name;
        }

        public String getValue() {
            return value;
        }
    }

    static OutputRows of(PipelineRun run) throws IOException {
        if (!Files.exists(run.directory().result())) {
            return new OutputRows(List.of(), 0);
        }
        RunFacts facts = RunFacts.read(run.directory());
        List<Row> rows = new ArrayList<>();
        facts.outputs().forEach((name, value) -> rows.add(new Row(name, text(value))));
        RunFacts.shortNames(List.of(facts)).get(0).forEach((name, value) -> rows.add(new Row(name, number(value))));
        return new OutputRows(rows.subList(0, Math.min(MOST, rows.size())), Math.max(0, rows.size() - MOST));
    }

    private static String text(JsonNode value) {
        String text = value.isValueNode() ? value.asText() : value.toString();
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : new BigDecimal(value, new MathContext(6)).stripTrailingZeros().toString();
    }

    public boolean isAny() {
        return !rows.isEmpty();
    }

    public List<Row> getRows() {
        return rows;
    }

    public int getMore() {
        return more;
    }
}
