package io.jenkins.plugins.kubeflow.engine.ir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InputArtifactsTest {
    private static final PipelineSpec SPEC = SpecReader.read(("""
            {"pipelineInfo": {"name": "p"}, "schemaVersion": "2.1.0", "root": {"dag": {"tasks": {}}, "inputDefinitions": {"artifacts": {
            "data": {"artifactType": {"schemaTitle": "system.Dataset", "schemaVersion": "0.0.1"}},
            "more": {"isArtifactList": true, "isOptional": true, "artifactType": {"schemaTitle": "system.Model", "schemaVersion": "0.0.1"}}
            }}}}""").getBytes(StandardCharsets.UTF_8), "p.json").spec();

    private static InputArtifacts.Given file(String uri) {
        return new InputArtifacts.Given(uri, null);
    }

    @Test
    void aFileBecomesAnArtifactOfTheDeclaredType() {
        var metadata = JsonNodeFactory.instance.objectNode().put("rows", 3);
        InputArtifacts.Result result = InputArtifacts.resolve(SPEC, Map.of("data", List.of(new InputArtifacts.Given("/a.csv", metadata))));
        assertThat(result.problems()).isEmpty();
        assertThat(result.values()).isEqualTo(Map.of(
                "data", List.of(new Artifact("data", "system.Dataset", null, "0.0.1", "/a.csv", metadata, null))));
    }

    @Test
    void aListTakesAnyNumber() {
        InputArtifacts.Result result = InputArtifacts.resolve(SPEC, Map.of("more", List.of(file("/a"), file("s3://b/c"))));
        assertThat(result.problems()).isEmpty();
        assertThat(result.values().get("more")).extracting(Artifact::uri).containsExactly("/a", "s3://b/c");
    }

    @Test
    void whatDoesNotFitIsNamed() {
        assertThat(InputArtifacts.resolve(SPEC, Map.of("data", List.of(file("/a"), file("/b")))).problems())
                .containsExactly("input artifact ‘data’ is one system.Dataset, got 2");
        assertThat(InputArtifacts.resolve(SPEC, Map.of("dta", List.of(file("/a")))).problems())
                .containsExactly("‘dta’ is not an input artifact of pipeline ‘p’; it has ‘data’, ‘more’");
    }
}
