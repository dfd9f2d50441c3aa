package io.jenkins.plugins.kubeflow.engine.ir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunParametersTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PipelineSpec SPEC = SpecReader.read(("""
            {"pipelineInfo": {"name": "p"}, "schemaVersion": "2.1.0", "root": {"dag": {"tasks": {}}, "inputDefinitions": {"parameters": {
            "name": {"parameterType": "STRING"},
            "lr": {"parameterType": "NUMBER_DOUBLE", "defaultValue": 1.0},
            "n": {"parameterType": "NUMBER_INTEGER", "isOptional": true, "literals": [1.0, 2, 4]},
            "flag": {"parameterType": "BOOLEAN", "defaultValue": false},
            "list": {"parameterType": "LIST", "isOptional": true},
            "status": {"parameterType": "TASK_FINAL_STATUS", "isOptional": true}}}}}""").getBytes(StandardCharsets.UTF_8), "p.json").spec();

    private static RunParameters.Result resolve(String given) throws Exception {
        Map<String, JsonNode> map = new LinkedHashMap<>();
        JSON.readTree(given).properties().forEach(e -> map.put(e.getKey(), e.getValue()));
        return RunParameters.resolve(SPEC, map);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"name\":\"x\"} | {name=\"x\", lr=1, n=null, flag=false, list=null, status=null}",
        "{\"flag\":true,\"name\":\"\",\"n\":2.0,\"lr\":3,\"list\":[1.0]} | {name=\"\", lr=3, n=2, flag=true, list=[1], status=null}",
        "{\"name\":\"x\",\"n\":4,\"lr\":null} | {name=\"x\", lr=null, n=4, flag=false, list=null, status=null}"})
    void values(String given, String values) throws Exception {
        RunParameters.Result result = resolve(given);
        assertThat(result.problems()).isEmpty();
        assertThat(result.values()).hasToString(values);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{} | parameter ‘name’ is required and has no value", "{\"name\":null} | parameter ‘name’ is required and has no value",
        "{\"name\":5} | parameter ‘name’ is STRING, got 5", "{\"name\":\"x\",\"lr\":\"fast\"} | parameter ‘lr’ is NUMBER_DOUBLE, got \"fast\"",
        "{\"name\":\"x\",\"n\":1.5} | parameter ‘n’ is NUMBER_INTEGER, got 1.5", "{\"name\":\"x\",\"n\":3} | parameter ‘n’ must be one of 1, 2, 4, got 3",
        "{\"name\":\"x\",\"flag\":\"true\"} | parameter ‘flag’ is BOOLEAN, got \"true\"", "{\"name\":\"x\",\"list\":{}} | parameter ‘list’ is LIST, got {}",
        "{\"name\":\"x\",\"status\":{}} | parameter ‘status’ is TASK_FINAL_STATUS, which only an exit task can take",
        "{\"name\":\"x\",\"rate\":1} | parameter ‘rate’ is not an input of pipeline ‘p’; it has ‘name’, ‘lr’, ‘n’, ‘flag’, ‘list’, ‘status’"})
    void problems(String given, String problem) throws Exception {
        assertThat(resolve(given).problems()).containsExactly(problem);
    }

    @Test
    void everyProblemIsNamed() throws Exception {
        assertThat(resolve("{\"lr\":\"a\",\"n\":\"b\",\"x\":1}").problems()).hasSize(4);
    }
}
