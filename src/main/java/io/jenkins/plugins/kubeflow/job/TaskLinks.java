package io.jenkins.plugins.kubeflow.job;

import hudson.console.HyperlinkNote;
import io.jenkins.plugins.kubeflow.engine.run.RunLog;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** Makes of a task's path, in the build log, a link to the task on the run's page; the log as plain text shows the path alone. */
final class TaskLinks implements UnaryOperator<String> {
    private final PipelineRun run;

    TaskLinks(PipelineRun run) {
        this.run = run;
    }

    @Override
    public String apply(String path) {
        return HyperlinkNote.encodeTo("/" + run.getUrl() + "graph/#/task/" + fragment(path), RunLog.printable(path));
    }

    /** As encodeURIComponent of the page's script does it. */
    private static String fragment(String path) {
        return URLEncoder.encode(path, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
