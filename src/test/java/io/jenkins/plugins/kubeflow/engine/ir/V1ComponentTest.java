package io.jenkins.plugins.kubeflow.engine.ir;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class V1ComponentTest {
    private static final String COMPONENT = """
            name: Train Model!
            description: Trains.
            inputs:
            - {name: Learning Rate, type: Float, default: '0.5'}
            - {name: Steps, type: Integer}
            - {name: Data Set, type: Dataset}
            - {name: Where, type: GCSPath, optional: true}
            - {name: raw}
            outputs:
            - {name: Model, type: Model}
            - {name: AUC, type: Float}
            implementation:
              container:
                image: python:3.11
                command: [python3, train.py, --lr, {inputValue: Learning Rate}, {concat: [--steps=, {inputValue: Steps}]}]
                args:
                - if:
                    cond: {isPresent: Where}
                    then: [--where, {inputPath: Where}]
                - {inputUri: Data Set}
                - {outputPath: Model}
                - {outputPath: AUC}
                - {outputUri: Model}
                - {executorInput: null}
                env: {A: b}
            """;

    private static ReadResult read(String text) {
        return SpecReader.read(text.getBytes(StandardCharsets.UTF_8), "component.yaml");
    }

    @Test
    void aPipelineOfOneTask() {
        PipelineSpec spec = read(COMPONENT).spec();
        assertThat(spec.name()).isEqualTo("train-model");
        assertThat(spec.displayName()).isEqualTo("Train Model!");
        assertThat(spec.description()).isEqualTo("Trains.");
        assertThat(spec.root().dag().tasks().keySet()).containsExactly("train-model");
        assertThat(spec.root().inputParameters().keySet()).containsExactly("learning_rate", "steps");
        assertThat(spec.root().inputArtifacts().keySet()).containsExactly("data_set", "where", "raw");
        assertThat(spec.root().outputParameters().keySet()).containsExactly("auc");
        assertThat(spec.root().outputArtifacts().get("model").schemaTitle()).isEqualTo("system.Model");
        assertThat(spec.root().inputArtifacts().get("where").schemaTitle()).isEqualTo("system.Artifact");
        assertThat(spec.root().inputParameters().get("learning_rate").defaultValue().doubleValue()).isEqualTo(0.5);
        assertThat(spec.root().inputParameters().get("steps").mayBeAbsent()).isFalse();
        assertThat(spec.root().inputArtifacts().get("where").optional()).isTrue();
    }

    @Test
    void placeholdersOfTheCommand() {
        var container = (ExecutorSpec.Container) read(COMPONENT).spec().executors().values().iterator().next();
        assertThat(container.command()).containsExactly(
                "python3", "train.py", "--lr", "{{$.inputs.parameters['learning_rate']}}", "{\"Concat\": [\"--steps=\",\"{{$.inputs.parameters['steps']}}\"]}");
        assertThat(container.args()).containsExactly(
                "{\"IfPresent\": {\"InputName\":\"where\",\"Then\":[\"--where\",\"{{$.inputs.artifacts['where'].path}}\"]}}",
                "{{$.inputs.artifacts['data_set'].uri}}", "{{$.outputs.artifacts['model'].path}}", "{{$.outputs.parameters['auc'].output_file}}",
                "{{$.outputs.artifacts['model'].uri}}", "{{$}}");
        assertThat(container.env()).containsEntry("A", "b");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "Integer | NUMBER_INTEGER | 3 | 3", "int | NUMBER_INTEGER | '3' | 3", "Double | NUMBER_DOUBLE | 1 | 1", "float | NUMBER_DOUBLE | '.5' | 0.5", "String | STRING | x | \"x\"", "str | STRING | 5 | \"5\"",
        "Text | STRING | '' | \"\"", "Bool | BOOLEAN | 'True' | true", "boolean | BOOLEAN | false | false", "dict | STRUCT | '{\"a\": 1}' | {\"a\":1}", "JsonObject | STRUCT | {a: b} | {\"a\":\"b\"}",
        "List | LIST | '[1]' | [1]", "JsonArray | LIST | [x] | [\"x\"]"})
    void typesAndDefaults(String written, ParameterType type, String text, String value) {
        ParameterSpec input = read("name: c\ninputs: [{name: x, type: " + written + ", default: " + text + "}]\nimplementation: {container: {image: i}}")
                .spec().root().inputParameters().get("x");
        assertThat(input.type()).isEqualTo(type);
        assertThat(input.defaultValue()).hasToString(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "implementation: {graph: {}} | component.yaml:1: the component has no ‘implementation.container’; graph components of v1 must be compiled first",
        "implementation: {container: {}} | component.yaml:1: the container has no image",
        "implementation: {container: {image: i, ports: []}} | component.yaml:1: the container: unknown field ‘ports’",
        "implementation: {container: {image: i, args: [{inputValue: nope}]}} | component.yaml:1: a placeholder names the input parameter ‘nope’, which the component does not have",
        "implementation: {container: {image: i, args: [{outputPath: nope}]}} | component.yaml:1: a placeholder names the output ‘nope’, which the component does not have",
        "implementation: {container: {image: i, args: [{magic: x}]}} | component.yaml:1: unknown placeholder ‘magic’; known are inputValue, inputPath, inputUri, outputPath, outputUri, executorInput, concat, if",
        "implementation: {container: {image: i, args: [{a: 1, b: 2}]}} | component.yaml:1: an argument must be a string or one placeholder",
        "implementation: {container: {image: i, args: [{if: {then: x}}]}} | component.yaml:1: ‘if’ needs ‘cond: {isPresent: NAME}’",
        "{implementation: {container: {image: i}}, inputs: [{type: String}]} | component.yaml:1: an entry of ‘inputs’ has no name",
        "{implementation: {container: {image: i}}, inputs: [{name: n, type: Integer, default: many}]} | component.yaml:1: the default of input ‘n’ is NUMBER_INTEGER, got \"many\"",
        "{implementation: {container: {image: i}}, inputs: [{name: '..', type: String}]} | component.yaml:1: input ‘’ has an empty name",
        "{implementation: {container: {image: i}}, inputs: [{name: A b, type: String}, {name: a_B, type: Integer}]} | component.yaml:1: ‘inputs’ has the name ‘a_b’ twice",
        "{implementation: {container: {image: i}}, spec: 1} | component.yaml:1: the component: unknown field ‘spec’"})
    void problems(String text, String problem) {
        List<String> problems = read(text).problems().stream().map(Problem::toString).toList();
        assertThat(problems).containsExactly(problem);
    }
}
