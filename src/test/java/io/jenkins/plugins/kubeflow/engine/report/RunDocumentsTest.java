package io.jenkins.plugins.kubeflow.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.graph.Event;
import io.jenkins.plugins.kubeflow.engine.graph.GraphOptions;
import io.jenkins.plugins.kubeflow.engine.graph.RunGraph;
import io.jenkins.plugins.kubeflow.engine.graph.Specs;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult;
import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import io.jenkins.plugins.kubeflow.engine.task.TaskOutputs;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The documents of a page. What the page itself makes of them is tested in the front end. */
class RunDocumentsTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final String HOSTILE = "</script><script>alert(1)</script>";

    private final RunDirectory directory = new RunDirectory(Path.of("/run"));

    private static PipelineSpec loop() {
        return new Specs()
                .component("c", "in:NUMBER_INTEGER", "out")
                .dag("body").inputs("item:NUMBER_INTEGER").task("echo").of("c").in("in", "$item").end()
                .dag("root").task("for-loop-1").of("body").over("[7, 8]", "item", 0).end()
                .build();
    }

    private static RunRecord record(String name) {
        return new RunRecord("id", name, "test", "pipeline.yaml", Map.of(), Map.of(), "/run/artifacts", "", AT, null, 0, true, GraphOptions.DEFAULT, Map.of());
    }

    private static RunGraph graph(PipelineSpec spec, String name) {
        RunRecord record = record(name);
        return new RunGraph(spec, record.context(), record.inputs(), record.graph());
    }

    private ObjectNode state(RunGraph graph, long since) {
        return StateDocument.of(graph, directory, since, path -> "waits for the moon", AT);
    }

    @Test
    void theStateHoldsEveryTaskAndThenWhatChanges() {
        RunGraph graph = graph(loop(), "run");
        graph.apply(new Event.RunStarted(AT));
        ObjectNode whole = state(graph, 0);
        assertThat(whole.path("state").asText()).isEqualTo("RUNNING");
        assertThat(whole.path("tasks").findValuesAsText("path"))
                .containsExactly("for-loop-1", "for-loop-1[0]", "for-loop-1[0]/echo", "for-loop-1[1]", "for-loop-1[1]/echo");
        assertThat(whole.path("tasks").findValuesAsText("kind")).startsWith("loop", "iteration");
        assertThat(whole.at("/tasks/0/iterations").asInt()).isEqualTo(2);
        assertThat(whole.at("/tasks/2/waiting").asText()).isEqualTo("waits for the moon");

        long version = graph.version();
        assertThat(state(graph, version).path("tasks")).isEmpty();
        graph.apply(new Event.Launched(AT, "for-loop-1[1]/echo", 1, "id/0/for-loop-1[1]/echo#1", null));
        graph.apply(new Event.Started(AT, "for-loop-1[1]/echo", 1, "pid"));
        ObjectNode delta = state(graph, version);
        assertThat(delta.path("tasks").findValuesAsText("path")).contains("for-loop-1[1]/echo").doesNotContain("for-loop-1[0]/echo");
        assertThat(delta.path("version").asLong()).isGreaterThan(version);

        for (int i = 0; i < 2; i++) {
            String path = "for-loop-1[" + i + "]/echo";
            graph.apply(new Event.Launched(AT, path, 1, "id/0/" + path + "#1", null));
            graph.apply(new Event.AttemptEnded(AT.plusSeconds(2), path, 1, i == 0
                    ? AttemptResult.succeeded(new TaskOutputs(Map.of("out", Json.MAPPER.getNodeFactory().textNode("x")), Map.of()))
                    : AttemptResult.failed(AttemptResult.Outcome.USER_FAILED, 3, "exit code 3")));
        }
        ObjectNode end = state(graph, version);
        assertThat(end.path("state").asText()).isEqualTo("FAILED");
        assertThat(end.path("error").asText()).contains("exit code 3");
        assertThat(end.path("tasks").findValuesAsText("reason")).contains("USER");
        assertThat(state(graph, 0).at("/tasks/4/attempts/0/exitCode").asInt()).isEqualTo(3);
        assertThat(state(graph, 0).at("/tasks/4/attempts/0/log").asText()).startsWith("logs/").endsWith(".log");
    }

    @Test
    void aTaskHoldsItsValuesAndItsCommand() {
        RunGraph graph = graph(loop(), "run");
        graph.apply(new Event.RunStarted(AT));
        ObjectNode task = TaskDocument.of(graph, directory, "for-loop-1[1]/echo");
        assertThat(task.path("image").asText()).isEqualTo("busybox");
        assertThat(task.path("command")).hasSize(1);
        assertThat(task.path("types").path("in:in").asText()).isEqualTo("NUMBER_INTEGER");
        assertThat(task.path("inputs").toString()).contains("8");
        assertThat(TaskDocument.of(graph, directory, "for-loop-1[2]/echo")).isNull();
        assertThat(TaskDocument.of(graph, directory, "../../etc/passwd")).isNull();
    }

    @Test
    void theGraphHasEveryTaskOfThePipeline() {
        JsonNode document = GraphDocument.of(graph(loop(), "run"), record("run"), "/run");
        assertThat(document.at("/run/name").asText()).isEqualTo("run");
        assertThat(document.toString()).contains("for-loop-1").contains("echo");
    }

    @ParameterizedTest
    @CsvSource({"report.html", "watch"})
    void namesOfStrangersDoNotBecomeMarkup(String page) throws Exception {
        String html = page.equals("watch")
                ? Assets.livePage(HOSTILE)
                : Assets.page(Json.MAPPER.createObjectNode().set("graph", GraphDocument.of(graph(loop(), HOSTILE), record(HOSTILE), "/run")), "1;", "a{}");
        assertThat(html).doesNotContain("<script>alert").doesNotContain(HOSTILE).contains("&lt;/script&gt;");
    }

    @Test
    void aReportAsksTheNetworkForNothing() throws Exception {
        String html = Assets.page(Json.MAPPER.createObjectNode(), "let a = '</script>';", "a{}");
        assertThat(html).contains("default-src 'none'").contains("script-src 'sha256-").doesNotContain(" src=").doesNotContain("<link");
        assertThat(List.of(html.split("</script>"))).hasSize(3);
    }
}
