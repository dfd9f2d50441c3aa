package io.jenkins.plugins.kubeflow.engine.task;

import static io.jenkins.plugins.kubeflow.engine.task.Sample.artifact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.kubeflow.engine.ir.ExecutorSpec;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.ir.SpecReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
    private static final ExecutorInput INPUT = new ExecutorInput(
            Sample.inputs(
                    "{\"s\":\"text\",\"i\":3,\"f\":false,\"n\":null,\"l\":[1,2],\"o\":{\"k\":\"v\"},\"braces\":\"{{$.inputs.parameters['s']}}\",\"q\":\"a\\\"b\"}",
                    artifact("data", "gs://bucket/d", "{\"rows\":5,\"nested\":{\"a\":[\"x\",\"y\"]},\"with space\":1.0}")),
            Sample.outputs(Map.of("out", "/tmp/out/p/out"), artifact("model", "/data/model", "{\"framework\":\"torch\"}")));
    private static final CommandLine LINE = new CommandLine(INPUT, Sample.RUN, "train");

    private static List<String> words(String... templates) throws ValueException {
        return LINE.resolve(Sample.container(List.of(), List.of(templates), Map.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{{$.inputs.parameters['s']}} | text", "--x={{$.inputs.parameters['i']}}; | --x=3;", "{{$.inputs.parameters['f']}} | false",
        "{{$.inputs.parameters['n']}} | ``", "{{$.inputs.parameters['absent']}} | null", "{{$.inputs.parameters['l']}} | [1,2]", "{{$.inputs.parameters['o']}} | {\"k\":\"v\"}",
        "{{$.inputs.parameters[''s'']}} | text", "{{$.inputs.parameters[\"s\"]}} | text", "{{$.inputs.artifacts['data'].uri}} | gs://bucket/d",
        "{{$.inputs.artifacts['data'].path}} | /gcs/bucket/d", "{{$.inputs.artifacts['data'].name}} | data", "{{$.inputs.artifacts['data'].metadata['rows']}} | 5",
        "{{$.inputs.artifacts['data'].metadata['nested']['a'][1]}} | y", "{{$.inputs.artifacts['data'].metadata['nested']}} | {\"a\":[\"x\",\"y\"]}",
        "{{$.inputs.artifacts['data'].metadata}} | {\"rows\":5,\"nested\":{\"a\":[\"x\",\"y\"]},\"with space\":1}", "{{$.inputs.artifacts['data'].metadata['with space']}} | 1",
        "{{$.inputs.artifacts['data'].metadata['absent']}} | null", "{{$.inputs.artifacts['data'].properties['rows']}} | 5", "{{$.inputs.artifacts['absent'].uri}} | null",
        "{{$.inputs.artifacts['data']}} | [{\"name\":\"data\",\"type\":{\"schemaTitle\":\"system.Dataset\",\"schemaVersion\":\"0.0.1\"},\"uri\":\"gs://bucket/d\",\"metadata\":{\"rows\":5,\"nested\":{\"a\":[\"x\",\"y\"]},\"with space\":1}}]",
        "{{$.outputs.artifacts['model'].uri}} | /data/model", "{{$.outputs.artifacts['model'].path}} | /data/model", "{{$.outputs.artifacts['model'].metadata['framework']}} | torch",
        "{{$.outputs.parameters['out'].output_file}} | /tmp/out/p/out", "{{$.outputs.output_file}} | /tmp/out/executor_output.json", "{{$.outputMetadataUri}} | /tmp/out/executor_output.json",
        "{{$.pipeline_job_name}} | Run of Monday", "{{$.pipeline_job_uuid}}/{{$.pipeline_task_name}} | run-1/train", "{{$.pipeline_root}} | s3://bucket/root/iris/run-1",
        "{{$.pipeline_google_cloud_location}} | {{$.pipeline_google_cloud_location}}", "{{$.outputs.parameters['nope'].output_file}} | {{$.outputs.parameters['nope'].output_file}}",
        "{{$.inputs.artifacts['data'].bogus}} | {{$.inputs.artifacts['data'].bogus}}", "$(echo) ${HOME} {{x}} | $(echo) ${HOME} {{x}}",
        "{{$.inputs.parameters['braces']}} | {{$.inputs.parameters['s']}}"})
    void everyPlaceholder(String template, String text) throws Exception {
        assertThat(words(template)).containsExactly(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"Concat\": []} | ", "{\"Concat\": [\"a\", \"b\"]} | ab", "{\"Concat\": [\"a-\", \"{{$.inputs.parameters['s']}}\", {\"Concat\": [\"-\", \"{{$.inputs.parameters['i']}}\"]}]} | a-text-3",
        "{\"Concat\": [\"a\", {\"IfPresent\": {\"InputName\": \"absent\", \"Then\": \"x\"}}]} | a", "{\"Concat\": [\"a\", {\"IfPresent\": {\"InputName\": \"s\", \"Then\": \"x\"}}]} | ax",
        "{\"IfPresent\": {\"InputName\": \"s\", \"Then\": \"yes\", \"Else\": \"no\"}} | yes", "{\"IfPresent\": {\"InputName\": \"absent\", \"Then\": \"yes\", \"Else\": \"no\"}} | no",
        "{\"IfPresent\": {\"InputName\": \"n\", \"Then\": \"yes\", \"Else\": \"no\"}} | no", "{\"IfPresent\": {\"InputName\": \"f\", \"Then\": \"yes\", \"Else\": \"no\"}} | yes",
        "{\"IfPresent\": {\"InputName\": \"data\", \"Then\": \"yes\", \"Else\": \"no\"}} | yes", "{\"IfPresent\": {\"InputName\": \"s\", \"Then\": [\"--s\", \"{{$.inputs.parameters['s']}}\"]}} | --s,text",
        "{\"IfPresent\": {\"InputName\": \"absent\", \"Then\": [\"--s\"], \"Else\": [\"--none\", \"1\"]}} | --none,1", "{\"IfPresent\": {\"InputName\": \"s\", \"Then\": {\"Concat\": [\"--s=\", \"{{$.inputs.parameters['s']}}\"]}}} | --s=text",
        "{\"IfPresent\": {\"InputName\": \"s\", \"Then\": [\"--x\", {\"Concat\": [\"p\", \"q\"]}, {\"IfPresent\": {\"InputName\": \"absent\", \"Then\": \"z\"}}]}} | --x,pq",
        "{\"IfPresent\": {\"InputName\": \"absent\", \"Then\": \"x\", \"Else\": {\"IfPresent\": {\"InputName\": \"i\", \"Then\": \"{{$.inputs.parameters['i']}}\"}}}} | 3",
        "{\"concat\": [\"a\"]} | {\"concat\": [\"a\"]}", "prefix {\"Concat\": [\"a\"]} | prefix {\"Concat\": [\"a\"]}"})
    void concatAndIfPresent(String template, String expected) throws Exception {
        assertThat(String.join(",", words(template))).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void anAbsentElseTakesTheArgumentAway() throws Exception {
        assertThat(words("a", "{\"IfPresent\": {\"InputName\": \"absent\", \"Then\": \"x\"}}", "b")).containsExactly("a", "b");
        assertThat(words("{\"Concat\": []}")).containsExactly("");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"Concat\": [\"a\" | has an argument that is not valid JSON: {\"Concat\": [\"a\"",
        "{\"Concat\": [[\"a\"]]} | has a list inside Concat: [\"a\"]",
        "{\"IfPresent\": {\"InputName\": \"s\", \"Then\": 7}} | has an argument that is neither Concat nor IfPresent: 7"})
    void authoringErrorsAreNamed(String template, String message) {
        assertThatThrownBy(() -> words(template)).isInstanceOf(ValueException.class).hasMessage(message);
    }

    @Test
    void theWholeExecutorInputStandsForItselfAndNothingInItIsReplacedAgain() throws Exception {
        List<String> words = words("--executor_input={{$}}");
        assertThat(words.get(0)).startsWith("--executor_input={").contains("{{$.inputs.parameters['s']}}").contains("a\\\"b");
        assertThat(Json.MAPPER.readTree(words.get(0).substring(17))).isEqualTo(Json.MAPPER.readTree(INPUT.json()));
    }

    @Test
    void commandArgumentsEnvironmentAndFields() throws Exception {
        var executor = Sample.container(List.of("sh", "{{$.pipeline_task_name}}"), List.of("{{$.inputs.parameters['i']}}"), Map.of("A", "<{{$.inputs.parameters['s']}}>"));
        assertThat(LINE.command(executor)).containsExactly("sh", "train");
        assertThat(LINE.arguments(executor)).containsExactly("3");
        assertThat(LINE.resolve(executor)).containsExactly("sh", "train", "3");
        assertThat(LINE.environment(executor)).containsExactly(Map.entry("A", "<text>"));
        assertThat(LINE.text("img:{{$.inputs.parameters['s']}}")).isEqualTo("img:text");
        assertThat(LINE.text(null)).isNull();
    }

    @Test
    void commandsOfTheCorpus() throws Exception {
        Path file = Path.of("../shared/conformance/kfp/valid/container_with_concat_placeholder.yaml");
        assumeTrue(Files.exists(file), "the conformance documents are not beside the project");
        PipelineSpec spec = SpecReader.read(file).spec();
        ExecutorInput input = new ExecutorInput(
                Sample.inputs("{\"text1\":\"one\"}"), Sample.outputs(Map.of("output_path", "/o/p"), artifact("text2", "/o/text2", "{}")));
        assertThat(new CommandLine(input, Sample.RUN, "t").resolve((ExecutorSpec.Container) spec.executors().values().iterator().next()))
                .containsExactly("my_program", "prefix-one/o/text2", "--output_path", "/o/p");
    }
}
