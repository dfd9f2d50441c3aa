package io.jenkins.plugins.kubeflow.engine.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.kubeflow.engine.ir.ParameterType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "null | ``", "true | true", "false | false", "\"a b\" | a b", "\"\" | ``", "1 | 1", "1.0 | 1", "-7.0 | -7", "0.1 | 0.1", "0 | 0",
        "-0.0 | -0", "1e-7 | 0.0000001", "1.5e10 | 15000000000", "1e21 | 1000000000000000000000", "9007199254740993 | 9007199254740993",
        "123456789012345678901234567890 | 123456789012345678901234567890", "NaN | NaN", "Infinity | Infinity", "-Infinity | -Infinity",
        "100.50 | 100.5", "[] | []", "{} | {}", "[1.0,2.5,\"x\"] | [1,2.5,\"x\"]", "{\"b\":1.0,\"a\":[true,null]} | {\"b\":1,\"a\":[true,null]}",
        "\"grüße\" | grüße", "[\"<&>\"] | [\"<&>\"]"})
    void textOfAValue(String json, String text) throws Exception {
        assertThat(Values.text(Json.MAPPER.readTree(json))).isEqualTo(text);
    }

    @Test
    void textOfNothing() {
        assertThat(Values.text(null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "1.0 | 1", "[1.0,[2.0]] | [1,[2]]", "{\"a\":{\"b\":3.0}} | {\"a\":{\"b\":3}}", "1.5 | 1.5", "-0.0 | -0.0", "1e300 | 1.0E300",
        "9007199254740992.0 | 9007199254740992", "\"1.0\" | \"1.0\""})
    void integralDoublesBecomeIntegersAtEveryDepth(String json, String normal) throws Exception {
        assertThat(Values.normalize(Json.MAPPER.readTree(json)).toString()).isEqualTo(normal);
    }

    @Test
    void aValueWithNothingToChangeComesBackAsItIs() throws Exception {
        JsonNode value = Json.MAPPER.readTree("{\"a\":[true,{\"b\":2.5}]}");
        assertThat(Values.normalize(value)).isSameAs(value);
    }

    @Test
    void deepNestingTakesTimeInProportionToItsDepth() {
        JsonNode value = DoubleNode.valueOf(1);
        for (int i = 0; i < 500; i++) {
            value = i % 2 == 0
                    ? JsonNodeFactory.instance.arrayNode().add(value)
                    : JsonNodeFactory.instance.objectNode().set("k", value);
        }
        assertThat(Values.json(value)).contains("[1]").doesNotContain("1.0");
    }

    @Test
    void nestingAtTheLimitOfWhatIsReadDoesNotOverflowTheStack() throws Exception {
        int depth = Json.DEEPEST - 1;
        String text = "[".repeat(depth) + "1.0" + "]".repeat(depth);
        assertThat(Values.json(Values.parse(ParameterType.LIST, text))).hasSize(2 * depth + 1);
        assertThatThrownBy(() -> Values.parse(ParameterType.LIST, "[".repeat(200_000)))
                .isInstanceOf(ValueException.class)
                .hasMessageStartingWith("is LIST, got \"[[[");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "STRING | \"x\" | \"x\"", "STRING | 1.0 | \"1\"", "STRING | true | \"true\"", "STRING | [1.0] | \"[1]\"", "STRING | null | \"\"",
        "STRING | {\"a\":1} | \"{\\\"a\\\":1}\"", "NUMBER_INTEGER | 3.0 | 3", "NUMBER_INTEGER | 9007199254740993 | 9007199254740993",
        "NUMBER_DOUBLE | 3.0 | 3", "NUMBER_DOUBLE | 3.5 | 3.5", "NUMBER_DOUBLE | 3 | 3", "BOOLEAN | true | true", "LIST | [] | []",
        "STRUCT | {} | {}", "TASK_FINAL_STATUS | {} | {}", "TASK_CONFIG | {} | {}", "UNSPECIFIED | 1.0 | 1", "UNSPECIFIED | null | null"})
    void aValueOfTheRightKindFits(ParameterType type, String json, String expected) throws Exception {
        assertThat(Values.coerce(type, Json.MAPPER.readTree(json))).isEqualTo(Values.normalize(Json.MAPPER.readTree(expected)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "NUMBER_INTEGER | 3.5 | is NUMBER_INTEGER, got 3.5", "NUMBER_INTEGER | \"3\" | is NUMBER_INTEGER, got \"3\"",
        "NUMBER_INTEGER | null | is NUMBER_INTEGER, got null", "NUMBER_INTEGER | true | is NUMBER_INTEGER, got true",
        "NUMBER_DOUBLE | \"fast\" | is NUMBER_DOUBLE, got \"fast\"", "BOOLEAN | 1 | is BOOLEAN, got 1", "BOOLEAN | \"true\" | is BOOLEAN, got \"true\"",
        "LIST | {} | is LIST, got {}", "LIST | \"[]\" | is LIST, got \"[]\"", "STRUCT | [] | is STRUCT, got []", "STRUCT | null | is STRUCT, got null"})
    void aValueOfAnotherKindIsNamed(ParameterType type, String json, String message) throws Exception {
        JsonNode value = Json.MAPPER.readTree(json);
        assertThatThrownBy(() -> Values.coerce(type, value)).isInstanceOf(ValueException.class).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "STRING | ` x ` | \" x \"", "STRING | `` | \"\"", "STRING | 1.0 | \"1.0\"", "NUMBER_INTEGER | ` 42 ` | 42", "NUMBER_INTEGER | -1 | -1", "NUMBER_INTEGER | +1 | 1",
        "NUMBER_INTEGER | 3.0 | 3", "NUMBER_INTEGER | 1e3 | 1000", "NUMBER_INTEGER | 9007199254740993 | 9007199254740993",
        "NUMBER_INTEGER | 9223372036854775808 | 9223372036854775808", "NUMBER_DOUBLE | 1e-3 | 0.001", "NUMBER_DOUBLE | 2.0 | 2",
        "NUMBER_DOUBLE | NaN | NaN", "NUMBER_DOUBLE | inf | Infinity", "NUMBER_DOUBLE | -Infinity | -Infinity", "NUMBER_DOUBLE | +Inf | Infinity", "NUMBER_DOUBLE | -0.0 | -0.0",
        "BOOLEAN | true | true", "BOOLEAN | True | true", "BOOLEAN | ` TRUE ` | true", "BOOLEAN | t | true", "BOOLEAN | 1 | true",
        "BOOLEAN | False | false", "BOOLEAN | F | false", "BOOLEAN | 0 | false", "LIST | ` [1.0, \"a\"] ` | [1,\"a\"]", "STRUCT | {\"a\":NaN} | {\"a\":NaN}"})
    void textOfAFileOrAFormBecomesAValue(ParameterType type, String text, String json) throws Exception {
        assertThat(Values.parse(type, text)).isEqualTo(Values.normalize(Json.MAPPER.readTree(json)));
        assertThat(Values.read(type, text)).isEqualTo(Values.parse(type, text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "NUMBER_INTEGER | ``", "NUMBER_INTEGER | x", "NUMBER_INTEGER | 3.5", "NUMBER_INTEGER | 3f", "NUMBER_INTEGER | 1_000", "NUMBER_INTEGER | 0x10", "NUMBER_INTEGER | NaN",
        "NUMBER_INTEGER | 1 2", "NUMBER_DOUBLE | ``", "NUMBER_DOUBLE | 1,5", "NUMBER_DOUBLE | 3d", "NUMBER_DOUBLE | 0x1p3", "NUMBER_DOUBLE | -", "BOOLEAN | ``", "BOOLEAN | yes",
        "BOOLEAN | 2", "LIST | ``", "LIST | {}", "LIST | [1", "LIST | [1] 2", "LIST | ['a']", "LIST | null", "STRUCT | ``", "STRUCT | []", "STRUCT | {} {}", "STRUCT | {a: 1}", "STRUCT | null"})
    void textOfAnotherTypeIsNamed(ParameterType type, String text) {
        assertThatThrownBy(() -> Values.parse(type, text))
                .isInstanceOf(ValueException.class)
                .hasMessageStartingWith("is " + type + ", got ")
                .message().hasLineCount(1);
    }

    @Test
    void aMessageShowsTheBeginningOfALongValue() {
        assertThat(Values.shown(TextNode.valueOf("x".repeat(1_000_000)))).hasSize(81).endsWith("…");
        assertThat(Values.shown(TextNode.valueOf("a\nb"))).isEqualTo("\"a\\nb\"");
    }
}
