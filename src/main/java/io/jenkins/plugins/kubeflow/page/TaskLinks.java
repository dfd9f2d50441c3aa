package io.jenkins.plugins.kubeflow.page;

import hudson.Extension;
import hudson.MarkupText;
import hudson.Util;
import hudson.console.ConsoleAnnotator;
import hudson.console.ConsoleAnnotatorFactory;
import io.jenkins.plugins.kubeflow.engine.graph.TaskState;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/**
 * Makes the task at the beginning of each line of a run's log a link to its place on the run's page. Done when the log is shown, so that
 * the log itself stays plain text and small; what looks like such a line and is none leads to a page that says that there is no such task.
 */
@Extension
public final class TaskLinks extends ConsoleAnnotatorFactory<PipelineRun> {
    private static final Pattern LINE = Pattern.compile("^([^\\s:](?:[^:]|:(?! ))*): (?:"
            + Arrays.stream(TaskState.values()).map(Enum::name).collect(Collectors.joining("|")) + ")\\b");

    @Override
    public ConsoleAnnotator<PipelineRun> newInstance(PipelineRun context) {
        return new Links();
    }

    @Override
    public Class<?> type() {
        return PipelineRun.class;
    }

    private static final class Links extends ConsoleAnnotator<PipelineRun> {
        private static final long serialVersionUID = 1L;

        @Override
        public ConsoleAnnotator<PipelineRun> annotate(PipelineRun run, MarkupText text) {
            Matcher line = LINE.matcher(text.getText());
            if (line.find()) {
                String url = Jenkins.get().getRootUrlFromRequest() + run.getUrl() + "graph/#/task/" + Util.rawEncode(line.group(1));
                text.addMarkup(line.start(1), line.end(1), "<a href='" + Util.xmlEscape(url) + "'>", "</a>");
            }
            return this;
        }
    }
}
