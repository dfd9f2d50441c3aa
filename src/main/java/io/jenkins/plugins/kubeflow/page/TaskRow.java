package io.jenkins.plugins.kubeflow.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.kubeflow.engine.report.RunSource;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A line of the task table that works without scripts. */
@Restricted(NoExternalUse.class)
public record TaskRow(String path, int depth, String state, String why, String duration, int attempts) {
    private static final int MOST = 2000;

    /** Empty for a run that has not begun or cannot be read; its log says why. */
    static List<TaskRow> of(PipelineRun run) throws IOException {
        RunSource source = RunSources.of(run);
        List<TaskRow> rows = new ArrayList<>();
        if (source != null) {
            for (JsonNode task : source.state(0).path("tasks")) {
                if (rows.size() == MOST) {
                    break;
                }
                rows.add(row(task));
            }
        }
        return rows;
    }

    private static TaskRow row(JsonNode task) {
        String path = task.path("path").asText();
        String why = task.hasNonNull("message") ? task.get("message").asText() : task.path("waiting").asText("");
        return new TaskRow(
                path,
                (int) path.chars().filter(c -> c == '/').count(),
                task.path("state").asText(),
                why,
                duration(task),
                task.path("attempts").size());
    }

    private static String duration(JsonNode task) {
        if (!task.hasNonNull("started")) {
            return "";
        }
        Instant end = task.hasNonNull("ended") ? Instant.parse(task.get("ended").asText()) : Instant.now();
        return String.format("%.1f s", Duration.between(Instant.parse(task.get("started").asText()), end).toMillis() / 1000.0);
    }

    public String getPath() {
        return path;
    }

    public int getDepth() {
        return depth;
    }

    public String getState() {
        return state;
    }

    public String getWhy() {
        return why;
    }

    public String getDuration() {
        return duration;
    }

    public int getAttempts() {
        return attempts;
    }
}
