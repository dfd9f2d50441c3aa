package io.jenkins.plugins.kubeflow.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.graph.Event;
import io.jenkins.plugins.kubeflow.engine.graph.GraphOptions;
import io.jenkins.plugins.kubeflow.engine.graph.RunGraph;
import io.jenkins.plugins.kubeflow.engine.graph.Specs;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult;
import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import io.jenkins.plugins.kubeflow.engine.task.RunContext;
import io.jenkins.plugins.kubeflow.engine.task.TaskInputs;
import io.jenkins.plugins.kubeflow.engine.task.TaskOutputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run's page says of other runs: how long its tasks take, and what became of its artifacts. */
class OtherRunsTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final String RECORD = """
            {"format": 1, "runId": "%s", "name": "run", "pipeline": "%s", "spec": "pipeline.yaml", "parameters": {},
             "pipelineRoot": "/tmp", "workspacePath": "/tmp", "created": "2026-01-01T00:00:00Z", "scheduled": null, "round": 0, "cache": true,
             "platformRetries": 0, "platformBackoffMillis": 0, "mlmdStates": false, "environment": {}}""";

    @TempDir
    Path folder;

    private void run(String id, String pipeline, String... tasks) throws IOException {
        RunDirectory directory = new RunDirectory(Files.createDirectories(folder.resolve(id)));
        Files.writeString(directory.record(), RECORD.formatted(id, pipeline));
        Files.writeString(directory.result(), """
                {"runId": "%s", "state": "SUCCEEDED", "started": "2026-01-01T00:00:00.000Z", "ended": "2026-01-01T00:01:00.000Z", "tasks": [%s]}"""
                .formatted(id, String.join(",", tasks)));
    }

    private static String task(String path, String state, int seconds, String side, String uri) {
        return """
                {"path": "%s", "name": "x", "kind": "container", "state": "%s", "started": "2026-01-01T00:00:00.000Z",
                 "ended": "2026-01-01T00:00:%02d.000Z", "attempts": [], "%s": {"parameters": {}, "artifacts": {"model": [
                 {"name": "model", "type": "system.Model", "uri": "%s", "metadata": {}}]}}}"""
                .formatted(path, state, seconds, side, uri);
    }

    private OtherRuns others() throws IOException {
        return OtherRuns.beside(new RunDirectory(Files.createDirectories(folder.resolve("this"))));
    }

    @Test
    void tasksUsuallyTakeTheMedianOfEarlierRunsOfThePipeline() throws IOException {
        for (int i = 1; i <= 3; i++) {
            run("r" + i, "train", task("fit", "SUCCEEDED", new int[] {0, 4, 30, 8}[i], "outputs", "/m" + i), task("rare", i == 3 ? "SUCCEEDED" : "SKIPPED", 6, "outputs", "/x"), task("never", "SKIPPED", 9, "outputs", "/y"));
        }
        run("other", "elsewhere", task("fit", "SUCCEEDED", 59, "outputs", "/z"));
        JsonNode expected = ExpectedDocument.of("train", others().newest().stream().map(OtherRuns.Other::facts).toList());
        assertThat(expected.path("runs").asInt()).isEqualTo(3);
        assertThat(expected.path("tasks")).isEqualTo(Json.MAPPER.readTree("{\"fit\": 8.0, \"never\": 0.0, \"rare\": 6.0}"));
    }

    @Test
    void anArtifactsMakersAndUsersAreFoundInThisRunAndInOthers() throws IOException {
        run("maker", "train", task("fit", "SUCCEEDED", 4, "outputs", "/old/model"));
        run("taker", "train", task("fit", "CACHED", 0, "outputs", "/model"), task("check", "SUCCEEDED", 1, "inputs", "/model"));
        Files.createDirectories(folder.resolve("broken"));
        Files.writeString(folder.resolve("broken/run.json"), "{");
        RunGraph graph = graph();
        ObjectNode fit = new Lineage(graph, others().newest()).of(graph.task("fit"), null);
        assertThat(fit.has("origin")).isFalse();
        JsonNode model = fit.path("artifacts").get(0);
        assertThat(model.path("side").asText()).isEqualTo("output");
        assertThat(model.path("made").findValuesAsText("path")).containsExactly("fit");
        assertThat(model.path("used").findValuesAsText("path")).containsExactly("check");
        assertThat(model.path("elsewhere").findValuesAsText("run")).containsExactly("taker", "taker");
        assertThat(model.path("elsewhere").findValuesAsText("how")).containsExactly("cached", "used");
        assertThat(new Lineage(graph, others().newest()).of(graph.task("fit"), null).path("others").asInt()).isEqualTo(2);
        JsonNode input = new Lineage(graph, List.of()).of(graph.task("check"), null).path("artifacts").get(0);
        assertThat(input.path("side").asText()).isEqualTo("input");
        assertThat(input.path("made").findValuesAsText("path")).containsExactly("fit");
    }

    @Test
    void aCachedResultSaysWhichRunItCameFrom() throws IOException {
        run("maker", "train", task("fit", "SUCCEEDED", 4, "outputs", "/model"));
        RunGraph graph = new RunGraph(spec(), context(), TaskInputs.NONE, GraphOptions.DEFAULT);
        graph.apply(new Event.RunStarted(AT));
        graph.apply(new Event.CacheHit(AT, "fit", outputs(), Json.MAPPER.readTree("{\"hit\": true, \"runId\": \"maker\", \"path\": \"fit\"}")));
        OtherRuns.Other origin = others().find(Lineage.originId(graph.task("fit")));
        ObjectNode json = new Lineage(graph, List.of()).of(graph.task("fit"), origin);
        assertThat(json.at("/origin/run").asText()).isEqualTo("maker");
        assertThat(json.at("/origin/path").asText()).isEqualTo("fit");
        assertThat(json.at("/artifacts/0/made/0/how").asText()).isEqualTo("cached");
    }

    private static PipelineSpec spec() {
        return new Specs()
                .component("c", "", "@model")
                .component("d", "@model", "")
                .dag("root").task("fit").of("c").task("check").of("d").artifact("model", "fit.model").end()
                .build();
    }

    private static RunContext context() {
        return new RunRecord("id", "run", "train", "pipeline.yaml", Map.of(), Map.of(), "/run/artifacts", "", AT, null, 0, true, GraphOptions.DEFAULT, Map.of()).context();
    }

    private static TaskOutputs outputs() {
        return new TaskOutputs(Map.of(), Map.of("model", List.of(new Artifact("model", "system.Model", null, "0.0.1", "/model", Json.MAPPER.createObjectNode(), null))));
    }

    private static RunGraph graph() {
        RunGraph graph = new RunGraph(spec(), context(), TaskInputs.NONE, GraphOptions.DEFAULT);
        graph.apply(new Event.RunStarted(AT));
        graph.apply(new Event.Launched(AT, "fit", 1, "h", null));
        graph.apply(new Event.AttemptEnded(AT, "fit", 1, AttemptResult.succeeded(outputs())));
        return graph;
    }
}
