package io.jenkins.plugins.kubeflow.engine.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.kubeflow.engine.ir.ArtifactSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ComponentSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ExecutorSpec;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult;
import io.jenkins.plugins.kubeflow.engine.run.Importing;
import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import io.jenkins.plugins.kubeflow.engine.task.RunContext;
import io.jenkins.plugins.kubeflow.engine.task.TaskInputs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalImportingTest {
    @TempDir
    Path path;

    private String constant;
    private String parameter = "uri";
    private String given;
    private String type = "system.Dataset";
    private ObjectNode metadata = Json.MAPPER.createObjectNode();
    private boolean download;

    private AttemptResult run() {
        ArtifactSpec spec = new ArtifactSpec(type, null, "0.0.1", false, false, Json.MAPPER.createObjectNode(), "");
        Map<String, com.fasterxml.jackson.databind.JsonNode> inputs = given == null ? Map.of() : Map.of("uri", TextNode.valueOf(given));
        return new LocalImporting().run(new Importing.Request(
                new RunContext("id", "run", "pipeline", "pipeline-x", "/root", path.resolve("workspace").toString(), Instant.EPOCH, null),
                "importer", "importer",
                new ComponentSpec("importer", Map.of(), Map.of(), Map.of(), Map.of("artifact", spec), "exec", null, List.of()),
                new ExecutorSpec.Importer("exec", constant, constant == null ? parameter : null, spec, metadata, false, download),
                new TaskInputs(inputs, Map.of()), new RunDirectory(path)));
    }

    private Artifact imported() {
        AttemptResult result = run();
        assertThat(result.message()).isNull();
        return result.outputs().artifacts().get("artifact").get(0);
    }

    @ParameterizedTest
    @CsvSource({"gs://bucket/data", "s3://b/k?x=1", "/local/file", "file:///local/file", "https://example.com/x.csv"})
    void theUriIsTheArtifactAndNothingIsRead(String uri) {
        given = uri;
        assertThat(imported().uri()).isEqualTo(uri);
        constant = uri;
        assertThat(imported()).isEqualTo(new Artifact("artifact", "system.Dataset", null, "0.0.1", uri, metadata, null));
    }

    @Test
    void metadataMayHoldPlaceholders() throws Exception {
        given = "gs://b/v7";
        metadata = (ObjectNode) Json.MAPPER.readTree("{\"from\": \"{{$.inputs.parameters['uri']}}\", \"n\": 3}");
        assertThat(imported().metadata().toString()).isEqualTo("{\"from\":\"gs://b/v7\",\"n\":3}");
    }

    @Test
    void ociIsForModels() {
        given = "oci://registry/model:1";
        assertThat(run().message()).isEqualTo("oci:// URIs can only be imported as system.Model, not as system.Dataset");
        type = "system.Model";
        assertThat(imported().uri()).isEqualTo(given);
    }

    @Test
    void aFileOrFolderIsCopiedIntoTheWorkspace() throws Exception {
        Path folder = Files.createDirectories(path.resolve("data/sub"));
        Files.writeString(folder.resolve("a.csv"), "1");
        download = true;
        given = path.resolve("data").toUri().toString();
        assertThat(imported().metadata().path("_kfp_workspace").asBoolean()).isTrue();
        given = folder.resolve("a.csv").toString();
        imported();
        try (var files = Files.walk(path.resolve("workspace"))) {
            assertThat(files.filter(Files::isRegularFile)).allSatisfy(file -> assertThat(file).hasFileName("a.csv").hasContent("1")).isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", value = {
        "null              | false | has no URI: input ‘uri’ is empty",
        "' '               | false | has no URI: input ‘uri’ is empty",
        "gs://bucket/x     | true  | only local paths and file:// URIs can be read here",
        "/nowhere/x        | true  | there is no such file",
        "file:///%zz       | true  | only local paths",
        "relative          | true  | only local paths",
        "/proc/../../../.. | true  | its path leads out of it",
    })
    void whatCannotBeImportedIsTheUsersFailure(String uri, boolean copy, String message) {
        given = uri;
        download = copy;
        AttemptResult result = run();
        assertThat(result.outcome()).isEqualTo(AttemptResult.Outcome.USER_FAILED);
        assertThat(result.message()).contains(message);
        assertThat(path.resolve("workspace")).doesNotExist();
    }

    @Test
    void whatMayNotBeReadIsNotImported() throws Exception {
        Path secret = Files.writeString(path.resolve("secret"), "hidden");
        try {
            LocalFiles.restrict(real -> !real.endsWith("secret"));
            given = secret.toUri().toString();
            assertThat(run().message()).contains("may not import", "not an artifact of a run within reach");
            given = Files.createSymbolicLink(path.resolve("link"), secret).toString();
            assertThat(run().message()).contains("may not import");
            Path folder = Files.createDirectories(path.resolve("folder"));
            Files.writeString(folder.resolve("open"), "open");
            Files.createSymbolicLink(folder.resolve("inside"), secret);
            given = folder.toString();
            download = true;
            assertThat(run().message()).isNull();
            Path copied = path.resolve("workspace/.artifacts").resolve(folder.toString().substring(1));
            assertThat(copied.resolve("open")).hasContent("open");
            assertThat(copied.resolve("inside")).doesNotExist();
        } finally {
            LocalFiles.restrict(any -> true);
        }
    }
}
