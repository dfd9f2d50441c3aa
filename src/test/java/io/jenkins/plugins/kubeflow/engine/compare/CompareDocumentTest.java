package io.jenkins.plugins.kubeflow.engine.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareDocumentTest {
    private static final String RECORD = """
            {"format": 1, "runId": "%1$s", "name": "run %1$s", "pipeline": "digits", "spec": "pipeline.yaml", "parameters": %2$s,
             "pipelineRoot": "/tmp", "workspacePath": "/tmp", "created": "2026-01-01T00:00:00Z", "scheduled": null, "round": 0, "cache": true,
             "platformRetries": 0, "platformBackoffMillis": 0, "mlmdStates": false, "environment": {}}""";

    @TempDir
    Path folder;

    private CompareDocument.Run run(String id, String parameters, String tasks, String spec) throws IOException {
        RunDirectory directory = new RunDirectory(Files.createDirectories(folder.resolve(id)));
        Files.writeString(directory.record(), RECORD.formatted(id, parameters));
        if (tasks != null) {
            Files.writeString(directory.result(), """
                    {"runId": "%s", "state": "SUCCEEDED", "error": null, "started": "2026-01-01T00:00:00.000Z",
                     "ended": "2026-01-01T00:01:00.000Z", "parameters": %s, "outputs": {"parameters": {}}, "tasks": [%s]}"""
                    .formatted(id, parameters, tasks));
        }
        return new CompareDocument.Run(id, "#" + id, "../" + id + "/graph/", RunFacts.read(directory), null, spec);
    }

    private static String task(String path, String state, String artifacts) {
        return """
                {"path": "%s", "name": "x", "kind": "container", "state": "%s", "started": "2026-01-01T00:00:00.000Z",
                 "ended": "2026-01-01T00:00:02.500Z", "attempts": [], "outputs": {"parameters": {}, "artifacts": {%s}}}"""
                .formatted(path, state, artifacts);
    }

    private static String metrics(String name, String metadata) {
        return "\"%s\": [{\"name\": \"m\", \"type\": \"system.Metrics\", \"uri\": \"file:///x\", \"metadata\": %s}]".formatted(name, metadata);
    }

    private static JsonNode row(JsonNode rows, String name) {
        List<JsonNode> found = new ArrayList<>();
        rows.forEach(row -> {
            if (row.path("name").asText().equals(name)) {
                found.add(row);
            }
        });
        assertThat(found).as(name).hasSize(1);
        return found.get(0);
    }

    @Test
    void artifactsDifferByTheirContent() throws IOException {
        List<CompareDocument.Run> runs = new ArrayList<>();
        for (String id : List.of("1", "2")) {
            Path files = Files.createDirectories(folder.resolve("files" + id + "/data/deep"));
            Files.writeString(files.resolve("same"), "as before");
            Files.writeString(folder.resolve("files" + id + "/model"), "weights " + id);
            Files.writeString(folder.resolve("files" + id + "/report"), "words");
            String artifacts = Stream.of("data", "model", "report", "gone")
                    .map(name -> "\"%s\": [{\"name\": \"x\", \"type\": \"system.Model\", \"uri\": \"%s\", \"metadata\": {}}]".formatted(name, name))
                    .collect(Collectors.joining(","));
            CompareDocument.Run run = run(id, "{}", task("train", "SUCCEEDED", artifacts), null);
            runs.add(new CompareDocument.Run(run.id(), run.label(), run.url(), run.facts(), null, null, (uri, cached) -> folder.resolve("files" + id).resolve(uri)));
        }
        JsonNode rows = CompareDocument.of(runs).path("artifacts");
        assertThat(rows.findValuesAsText("name").get(0)).isEqualTo("train/model");
        assertThat(row(rows, "train/model").path("differs").asBoolean()).isTrue();
        assertThat(row(rows, "train/model").at("/values/0/size").asInt()).isEqualTo(9);
        assertThat(row(rows, "train/report").path("differs").asBoolean()).isFalse();
        assertThat(row(rows, "train/data").path("differs").asBoolean()).isFalse();
        assertThat(row(rows, "train/data").at("/values/0/files").asInt()).isEqualTo(1);
        assertThat(row(rows, "train/gone").at("/values/0").has("digest")).isFalse();
        assertThat(row(rows, "train/model").at("/values/1/output").asText()).isEqualTo("model");
    }

    @Test
    void putsParametersThatDifferFirst() throws IOException {
        JsonNode document = CompareDocument.of(List.of(
                run("1", "{\"same\": 1, \"lr\": 0.1}", "", null), run("2", "{\"same\": 1, \"lr\": 0.2}", "", null), run("3", "{\"same\": 1}", "", null)));
        assertThat(document.path("parameters").findValuesAsText("name")).containsExactly("lr", "same");
        assertThat(row(document.path("parameters"), "lr").path("values").toString()).isEqualTo("[0.1,0.2,null]");
        assertThat(row(document.path("parameters"), "same").path("differs").asBoolean()).isFalse();
    }

    @Test
    void namesMetricsAsShortlyAsItCan() throws IOException {
        String both = task("train", "SUCCEEDED", metrics("m", "{\"auc\": 0.9, \"rows\": 7, \"display_name\": \"hidden\"}")) + ","
                + task("check", "SUCCEEDED", metrics("m", "{\"auc\": 0.8, \"note\": \"text\"}"));
        JsonNode document = CompareDocument.of(List.of(run("1", "{}", both, null), run("2", "{}", task("train", "FAILED", ""), null)));
        assertThat(document.path("metrics").findValuesAsText("name")).containsExactly("train/auc", "rows", "check/auc");
        JsonNode auc = row(document.path("metrics"), "train/auc");
        assertThat(auc.path("direction").asText()).isEqualTo("UP");
        assertThat(auc.path("values").toString()).isEqualTo("[0.9,null]");
    }

    @Test
    void comparesStatesAndTimesOfTasks() throws IOException {
        JsonNode document = CompareDocument.of(
                List.of(run("1", "{}", task("train", "SUCCEEDED", ""), null), run("2", "{}", task("train", "FAILED", ""), null), run("3", "{}", "", null)));
        JsonNode train = row(document.path("tasks"), "train");
        assertThat(train.path("differs").asBoolean()).isTrue();
        assertThat(train.path("values").toString())
                .isEqualTo("[{\"state\":\"SUCCEEDED\",\"seconds\":2.5},{\"state\":\"FAILED\",\"seconds\":2.5},null]");
    }

    @Test
    void takesCurvesAndMatricesFromMetadata() throws IOException {
        String classified = task("train", "SUCCEEDED", """
                "c": [{"name": "c", "type": "system.ClassificationMetrics", "uri": "file:///etc/passwd", "metadata": {
                  "confusionMatrix": {"annotationSpecs": [{"displayName": "a"}, {"displayName": "b"}], "rows": [{"row": [3, 1]}, {"row": [0, 4]}]},
                  "confidenceMetrics": [{"confidenceThreshold": 0.5, "recall": 0.7, "falsePositiveRate": 0.1}]}}]""");
        JsonNode document = CompareDocument.of(List.of(run("1", "{}", classified, null), run("2", "{}", classified, null)));
        assertThat(document.path("matrices")).hasSize(2);
        assertThat(document.path("matrices").path(1).path("run").asInt()).isEqualTo(1);
        assertThat(document.path("matrices").path(0).path("rows").toString()).isEqualTo("[[3.0,1.0],[0.0,4.0]]");
        assertThat(document.path("curves").path(0).path("points").path(0).path("truePositiveRate").asDouble()).isEqualTo(0.7);
        assertThat(row(document.path("artifacts"), "train/c").path("differs").asBoolean()).isFalse();
    }

    @Test
    void showsEachDifferentSpecOnce() throws IOException {
        JsonNode document = CompareDocument.of(List.of(run("1", "{}", "", "a: 1"), run("2", "{}", "", "a: 2"), run("3", "{}", "", "a: 1")));
        assertThat(document.path("specs").toString()).isEqualTo("[{\"runs\":[0,2],\"text\":\"a: 1\"},{\"runs\":[1],\"text\":\"a: 2\"}]");
    }

    @Test
    void aRunThatGoesOnHasItsParameters() throws IOException {
        JsonNode document = CompareDocument.of(List.of(run("1", "{\"lr\": 0.1}", null, null)));
        assertThat(document.path("runs").path(0).path("state").asText()).isEqualTo("RUNNING");
        assertThat(row(document.path("parameters"), "lr").path("values").toString()).isEqualTo("[0.1]");
    }

    @Test
    void saysWhereNoRunIs() {
        assertThatThrownBy(() -> RunFacts.read(new RunDirectory(folder.resolve("none")))).isInstanceOf(IOException.class);
    }
}
