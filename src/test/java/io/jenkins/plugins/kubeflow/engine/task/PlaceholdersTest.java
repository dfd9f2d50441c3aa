package io.jenkins.plugins.kubeflow.engine.task;

import static io.jenkins.plugins.kubeflow.engine.task.Sample.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceholdersTest {
    private static final String PARAMETERS = "{\"s\":\"text\",\"i\":1,\"d\":0.5,\"b\":true,\"l\":[1,\"x\"],\"o\":{\"k\":\"v\"},\"n\":null,\"big\":1e21,"
            + "\"ref\":\"<{{$.inputs.parameters['s']}}>\",\"deep\":\"{{$.inputs.parameters['ref']}}!\","
            + "\"self\":\"a{{$.inputs.parameters['self']}}b\",\"ping\":\"{{$.inputs.parameters['pong']}}\",\"pong\":\"{{$.inputs.parameters['ping']}}\","
            + "\"a b\":\"space\",\"dollar\":\"$1 \\\\2\",\"quote\":\"\\\"q\\\"\"}";

    private static com.fasterxml.jackson.databind.JsonNode resolve(String value) {
        return Placeholders.resolveInValue(json(value), Sample.inputs(PARAMETERS), Sample.RUN, "train");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "plain | plain", "{{$.pipeline_job_name}} | Run of Monday", "{{$.pipeline_job_resource_name}} | iris-abc", "{{$.pipeline_job_uuid}} | run-1",
        "{{$.pipeline_task_name}} | train", "{{$.pipeline_task_uuid}} | run-1/train", "{{$.pipeline_root}} | s3://bucket/root/iris/run-1",
        "{{$.workspace_path}}/a | /kfp-workspace/a", "{{$.pipeline_job_create_time_utc}} | 2026-01-02T03:04:05Z",
        "{{$.pipeline_job_schedule_time_utc}} | 2026-01-02T03:04:05Z", "{{$.pipeline_google_cloud_location}} | {{$.pipeline_google_cloud_location}}",
        "{{$.json_escape[1]}} | {{$.json_escape[1]}}", "{{$.inputs.parameters['s']}} | text", "x-{{$.inputs.parameters['s']}}-y | x-text-y",
        "{{$.inputs.parameters[''s'']}} | text", "{{$.inputs.parameters[\\\"s\\\"]}} | text", "{{$.inputs.parameters['a b']}} | space",
        "{{$.inputs.parameters['absent']}} | {{$.inputs.parameters['absent']}}", "{{$.inputs.parameters['s'] | {{$.inputs.parameters['s']",
        "{{$.inputs.parameters['i']}}{{$.inputs.parameters['d']}} | 10.5", "<{{$.inputs.parameters['l']}}> | <[1,\"x\"]>",
        "<{{$.inputs.parameters['o']}}> | <{\"k\":\"v\"}>", "<{{$.inputs.parameters['n']}}> | <>", "<{{$.inputs.parameters['b']}}> | <true>",
        "<{{$.inputs.parameters['big']}}> | <1000000000000000000000>", "{{$.inputs.parameters['deep']}} | <text>!",
        "{{$.inputs.parameters['dollar']}}- | $1 \\2-", "{{$.inputs.parameters['quote']}}- | \"q\"-", "{{{$.pipeline_task_name}}} | {train}",
        "{{$}} | {{$}}", "{{ $.pipeline_task_name }} | {{ $.pipeline_task_name }}", "{{{{$.pipeline_task_name}}}} | {{train}}"})
    void partOfAString(String template, String text) {
        assertThat(resolve('"' + template + '"').textValue()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "\"{{$.inputs.parameters['i']}}\" | 1", "\"{{$.inputs.parameters['l']}}\" | [1,\"x\"]", "\"{{$.inputs.parameters['b']}}\" | true",
        "\"{{$.inputs.parameters['o']}}\" | {\"k\":\"v\"}", "[\"{{$.inputs.parameters['i']}}\",{\"x\":\"{{$.inputs.parameters['d']}}\"}] | [1,{\"x\":0.5}]",
        "{\"{{$.inputs.parameters['s']}}-key\":\"{{$.pipeline_task_name}}\"} | {\"text-key\":\"train\"}", "{\"a\":[[\"-{{$.inputs.parameters['s']}}-\"]]} | {\"a\":[[\"-text-\"]]}"})
    void aWholeStringTakesTheValueWithItsType(String value, String expected) {
        assertThat(resolve(value)).isEqualTo(json(expected));
    }

    @Test
    void aCircleStaysAsItIsWritten() {
        assertThat(resolve("\"{{$.inputs.parameters['self']}}\"").textValue()).isEqualTo("a{{$.inputs.parameters['self']}}b");
        assertThat(resolve("\"-{{$.inputs.parameters['ping']}}\"").textValue()).isEqualTo("-{{$.inputs.parameters['ping']}}");
    }

    @Test
    void nothingToResolveGivesTheSameObject() {
        var value = json("{\"a\":[\"b\",1]}");
        assertThat(Placeholders.resolveInValue(value, Sample.inputs("{}"), Sample.RUN, "t")).isSameAs(value);
    }

    @Test
    void referencesThatMultiplyAreBounded() {
        StringBuilder parameters = new StringBuilder("{\"p0\":\"" + "x".repeat(100) + "\"");
        for (int i = 1; i < 60; i++) {
            String up = "{{$.inputs.parameters['p" + (i - 1) + "']}}";
            parameters.append(",\"p").append(i).append("\":\"").append(up).append(up).append('"');
        }
        var inputs = Sample.inputs(parameters.append('}').toString());
        var value = Placeholders.resolveInValue(json("\"{{$.inputs.parameters['p59']}}\""), inputs, Sample.RUN, "t");
        assertThat(value.textValue().length()).isLessThan(100_000_000);
    }

    @Test
    void scheduledTimeWhenThereIsOne() {
        RunContext run = new RunContext("r", "n", "p", "p-1", "/root", "", java.time.Instant.parse("2026-01-02T00:00:00Z"), java.time.Instant.parse("2026-01-01T12:00:00Z"));
        assertThat(Placeholders.ofRun(".pipeline_job_schedule_time_utc", run, "t")).isEqualTo("2026-01-01T12:00:00Z");
    }

    @Test
    void anFStringThatTheSdkCouldNotCompileIsExplained() {
        assertThat(Placeholders.unresolvable("gs://b/{{channel:task=;name=day;type=String;}}/x"))
                .contains("pipeline input ‘day’").contains("build the string in a component");
        assertThat(Placeholders.unresolvable("{{channel:task=make;name=out;type=String;}}")).contains("output of task ‘make’ ‘out’");
        assertThat(Placeholders.unresolvable("gs://bucket/x")).isNull();
    }
}
