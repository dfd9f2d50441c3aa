package io.jenkins.plugins.kubeflow.engine.task;

import static io.jenkins.plugins.kubeflow.engine.task.Sample.artifact;
import static io.jenkins.plugins.kubeflow.engine.task.Sample.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExecutorInputTest {

    @Test
    void theMessage() {
        Artifact custom = new Artifact("c", "", "title: X", null, "s3://b/c", (ObjectNode) json("{\"n\":2.0}"), "/own/place");
        ExecutorInput input = new ExecutorInput(
                Sample.inputs("{\"a\":1.0,\"s\":\"ü\\n\\\"\",\"n\":null,\"l\":[1.0]}", artifact("data", "gs://b/d", "{}"), custom),
                Sample.outputs(Map.of("out", "/tmp/out"), artifact("model", "/m", "{\"k\":\"v\"}")));
        assertThat(json(input.json())).isEqualTo(json("{\"inputs\":{\"parameterValues\":{\"a\":1,\"s\":\"ü\\n\\\"\",\"n\":null,\"l\":[1]},\"artifacts\":{"
                + "\"data\":{\"artifacts\":[{\"name\":\"data\",\"type\":{\"schemaTitle\":\"system.Dataset\",\"schemaVersion\":\"0.0.1\"},\"uri\":\"gs://b/d\",\"metadata\":{}}]},"
                + "\"c\":{\"artifacts\":[{\"name\":\"c\",\"type\":{\"instanceSchema\":\"title: X\"},\"uri\":\"s3://b/c\",\"metadata\":{\"n\":2},\"customPath\":\"/own/place\"}]}}},"
                + "\"outputs\":{\"parameters\":{\"out\":{\"outputFile\":\"/tmp/out\"}},\"artifacts\":{\"model\":{\"artifacts\":[{\"name\":\"model\","
                + "\"type\":{\"schemaTitle\":\"system.Dataset\",\"schemaVersion\":\"0.0.1\"},\"uri\":\"/m\",\"metadata\":{\"k\":\"v\"}}]}},"
                + "\"outputFile\":\"/tmp/out/executor_output.json\"}}"));
    }

    @Test
    void infinitiesAreWrittenAsPythonReadsThem() {
        ExecutorInput input = new ExecutorInput(
                Sample.inputs("{\"a\":Infinity,\"l\":[NaN,-Infinity]}", artifact("roc", "/r", "{\"threshold\":Infinity}")), Sample.outputs(Map.of()));
        assertThat(input.json()).contains("\"a\":Infinity", "[NaN,-Infinity]", "{\"threshold\":Infinity}");
    }

    @Test
    void aFileIsGivenAsThePathThatTheSdkOpens() {
        ExecutorInput input = new ExecutorInput(Sample.inputs("{}", artifact("data", "file:///d/x.csv", "{}")), Sample.outputs(Map.of()));
        assertThat(input.json()).contains("\"uri\":\"/d/x.csv\"").doesNotContain("file:");
    }

    @Test
    void anEmptyListOfArtifacts() {
        ExecutorInput input = new ExecutorInput(new TaskInputs(Map.of(), Map.of("list", List.of())), Sample.outputs(Map.of()));
        assertThat(json(input.json()).at("/inputs/artifacts/list")).isEqualTo(json("{\"artifacts\":[]}"));
    }

    @ParameterizedTest
    @CsvSource({
        "gs://b/x, /gcs/b/x", "s3://b/x, /s3/b/x", "minio://b/x, /minio/b/x", "oci://host/image:1, /oci/host_image:1/models", "file:///a/b, /a/b",
        "file://a/b, /a/b", "/plain/path, /plain/path", "https://x/y, https://x/y", "gs:/b, gs:/b", "GS://b, GS://b"})
    void pathOfAUri(String uri, String path) {
        assertThat(ArtifactPaths.path(uri)).isEqualTo(path);
        assertThat(ArtifactPaths.path(artifact("a", uri, "{}"), Sample.RUN)).isEqualTo(path);
    }

    @Test
    void workspaceAndCustomPathsCount() {
        assertThat(ArtifactPaths.path(artifact("a", "gs://b/x", "{\"_kfp_workspace\":true}"), Sample.RUN)).isEqualTo("/kfp-workspace/.artifacts/gcs/b/x");
        Artifact custom = new Artifact("a", "", null, null, "gs://b/x", (ObjectNode) json("{}"), "/own");
        assertThat(ArtifactPaths.path(custom, Sample.RUN)).isEqualTo("/own");
    }
}
