package io.jenkins.plugins.kubeflow.engine.task;

import static io.jenkins.plugins.kubeflow.engine.task.Sample.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.ir.ComponentSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ParameterType;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputReaderTest {
    private final Map<String, String> files = new HashMap<>();

    private TaskOutputs read(ComponentSpec component) throws Exception {
        OutputPlan plan = OutputPlan.provision(component, "/p", "/a", "/out.json");
        return new OutputReader(component, plan, path -> {
            String text = files.get(path);
            return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }).read();
    }

    private JsonNode parameter(ParameterType type) throws Exception {
        return read(Sample.component(Map.of("x", type), Map.of())).parameters().get("x");
    }

    private Artifact artifact(String output) throws Exception {
        files.put("/out.json", output);
        List<Artifact> list = read(Sample.component(Map.of(), Map.of("m", false))).artifacts().get("m");
        assertThat(list).hasSize(1);
        return list.get(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "STRING | ` a\n` | \" a\\n\"", "STRING | `` | \"\"", "NUMBER_INTEGER | `7\n` | 7", "NUMBER_DOUBLE | 0.25 | 0.25", "BOOLEAN | `True\n` | true", "LIST | [1, 2] | [1,2]", "STRUCT | {} | {}"})
    void fromAFile(ParameterType type, String text, String value) throws Exception {
        files.put("/p/x", text);
        assertThat(parameter(type)).isEqualTo(Values.normalize(json(value)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "STRING | \"a\" | \"a\"", "STRING | 5 | \"5\"", "NUMBER_INTEGER | 5.0 | 5", "LIST | [1.0] | [1]", "NUMBER_DOUBLE | Infinity | Infinity"})
    void fromTheExecutorsOutput(ParameterType type, String value, String expected) throws Exception {
        files.put("/p/x", "the file loses");
        files.put("/out.json", "{\"parameterValues\":{\"x\":" + value + "}}");
        assertThat(parameter(type)).isEqualTo(Values.normalize(json(expected)));
        files.put("/out.json", "{\"parameter_values\":{\"x\":" + value + "}}");
        assertThat(parameter(type)).isEqualTo(Values.normalize(json(expected)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "NUMBER_INTEGER | `` | {\"parameterValues\":{\"x\":\"a\"}} | output parameter ‘x’ is NUMBER_INTEGER, got \"a\"",
        "NUMBER_INTEGER | abc | `` | output parameter ‘x’ is NUMBER_INTEGER, got \"abc\"",
        "LIST | [1 | `` | output parameter ‘x’ is LIST, got \"[1\"",
        "STRING | - | [] | the executor's output file is not a JSON object",
        "STRING | - | {oops | the executor's output file is not JSON"})
    void aBrokenContractIsNamed(ParameterType type, String file, String output, String message) {
        files.put("/p/x", file);
        if (!output.isEmpty()) {
            files.put("/out.json", output);
        }
        assertThatThrownBy(() -> parameter(type)).isInstanceOf(ValueException.class).hasMessageStartingWith(message).message().hasLineCount(1);
    }

    @Test
    void aMissingParameterIsNamedWithTheRemedy() {
        assertThatThrownBy(() -> parameter(ParameterType.STRING)).isInstanceOf(ValueException.class).hasMessage(
                "output parameter ‘x’ was not written (the step must write it to the file that ‘{{$.outputs.parameters['x'].output_file}}’ stands for)");
    }

    @Test
    void noneOfAnOptionalIsAbsent() throws Exception {
        files.put("/out.json", "{\"parameterValues\":{}}");
        assertThat(parameter(ParameterType.STRING)).isNull();
        files.put("/out.json", "{\"parameterValues\":{\"x\":null}}");
        assertThat(parameter(ParameterType.STRING)).isNull();
        files.put("/out.json", "{}");
        assertThat(parameter(ParameterType.LIST)).isNull();
    }

    @Test
    void anEmptyOutputFileIsNoOutputFile() throws Exception {
        files.put("/out.json", "");
        files.put("/p/x", "v");
        assertThat(parameter(ParameterType.STRING).textValue()).isEqualTo("v");
    }

    @Test
    void anArtifactKeepsWhatIsNotReported() throws Exception {
        Artifact plain = artifact("{}");
        assertThat(plain.uri()).isEqualTo("/a/m");
        assertThat(plain.type()).isEqualTo("system.Model");
        assertThat(plain.metadata()).isEqualTo(json("{\"from\":\"spec\"}"));
        assertThat(artifact("{\"artifacts\":{\"m\":{\"artifacts\":[]}}}")).isEqualTo(plain);
        assertThat(artifact("{\"artifacts\":{\"m\":7,\"other\":{\"artifacts\":[{\"uri\":\"/z\"}]}}}")).isEqualTo(plain);
        assertThat(artifact("{\"artifacts\":{\"m\":{\"artifacts\":[{\"uri\":\"\",\"metadata\":null}]}}}")).isEqualTo(plain);
    }

    @Test
    void whatIsReportedIsMerged() throws Exception {
        Artifact merged = artifact("{\"artifacts\":{\"m\":{\"artifacts\":[{\"uri\":\"/new\",\"metadata\":{\"acc\":1.0,\"t\":Infinity},\"custom_path\":\"/own\"}]}}}");
        assertThat(merged.uri()).isEqualTo("/new");
        assertThat(merged.metadata().toString()).isEqualTo("{\"from\":\"spec\",\"acc\":1,\"t\":\"Infinity\"}");
        assertThat(merged.metadata().get("t").isDouble()).isTrue();
        assertThat(merged.customPath()).isEqualTo("/own");
        assertThat(artifact("{\"artifacts\":{\"m\":{\"artifacts\":[{\"customPath\":\"/own\"}]}}}").customPath()).isEqualTo("/own");
    }

    @Test
    void aListOfArtifactsIsWhatTheStepReports() throws Exception {
        ComponentSpec component = Sample.component(Map.of(), Map.of("m", true));
        assertThat(read(component).artifacts().get("m")).isEmpty();
        files.put("/out.json", "{\"artifacts\":{\"m\":{\"artifacts\":[{\"name\":\"one\",\"uri\":\"/1\"},{\"name\":\"two\",\"uri\":\"/2\",\"metadata\":{\"k\":1}}]}}}");
        assertThat(read(component).artifacts().get("m")).extracting(Artifact::uri).containsExactly("/1", "/2");
    }
}
