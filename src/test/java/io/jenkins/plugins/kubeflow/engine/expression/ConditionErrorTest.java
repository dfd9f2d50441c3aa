package io.jenkins.plugins.kubeflow.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a condition is said in words; a hostile one ends all the same. */
class ConditionErrorTest {
    private static final String HINT = "the SDK does not escape quotes";

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            ` `; ends too early
            1 ==; ends too early
            == 1; unexpected ‘==’ at character 1
            1 == == 2; unexpected ‘==’ at character 6
            (1 == 1; ends too early
            1 == 1); unexpected ‘)’ at character 7
            [1, 2; ends too early
            [1 2]; unexpected ‘2’ at character 4
            {'a' 1}; unexpected ‘1’ at character 6
            {'a': 1; ends too early
            a.; ends too early
            a.1; unexpected ‘.1’ at character 2
            a['x'; ends too early
            f(1; ends too early
            f(1,,2); unexpected ‘,’ at character 5
            true ? 1; ends too early
            true ? 1 :; ends too early
            1 = 1; unexpected ‘=’ at character 3
            a & b; unexpected ‘&’ at character 3
            a | b; unexpected ‘|’ at character 3
            a ~ b; unexpected ‘~’ at character 3
            a # b; unexpected ‘#’ at character 3
            ${x}; unexpected ‘$’ at character 1
            {{x}}; unexpected
            12abc == 1; unexpected ‘abc’ at character 3
            0x == 1; a number ends without digits at character 3
            1e == 1; a number ends without digits at character 3
            1e+ == 1; a number ends without digits at character 4
            9223372036854775808 == 1; 9223372036854775808 is too large for an integer
            0xFFFFFFFFFFFFFFFFF == 1; is too large for an integer
            b'abc' == 'abc'; bytes are not supported at character 1
            'a\\q' == ''; unknown escape ‘\\q’ at character 4
            'a\\x1' == ''; an escape is not a character at character
            '\\u12' == ''; an escape is not a character at character
            '\\U00110000' == ''; an escape is not a character at character
            '\\; an escape is not complete at character 3
            'abc; a string is not closed
            "abc; a string is not closed
            '''abc'; a string is not closed
            """)
    void cannotBeParsed(String cel, String message) {
        assertThat(Condition.check(cel)).hasValueSatisfying(text ->
                assertThat(text).startsWith("expression ‘").contains(cel.strip()).contains(message));
        assertThatThrownBy(() -> Condition.evaluate(cel, Samples.INPUTS)).isInstanceOf(ExpressionException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "inputs.parameter_values['x'] == 'it's'", "inputs.parameter_values['x'] == 'it's 'ok''", "!(inputs.parameter_values['x'] == ''a'')",
        "inputs.parameter_values['x'] == 'it's' && true"
    })
    void aQuoteThatTheSdkDidNotEscapeIsExplained(String cel) {
        assertThat(Condition.check(cel)).hasValueSatisfying(text -> assertThat(text).contains(cel).contains(HINT).contains("at character"));
    }

    @Test
    void otherMistakesAreNotBlamedOnQuotes() {
        assertThat(Condition.check("inputs.parameter_values['x'] == ")).hasValueSatisfying(text -> assertThat(text).doesNotContain(HINT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "1", "x.y.z(1)[2]", "inputs.parameter_values['it'] == \"it's\"", "unknown(1) == 'a'"})
    void theFormIsFine(String cel) {
        assertThat(Condition.check(cel)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            $missing == 1; there is no ‘missing’; there is ‘pipelinechannel--flip-coin-op-Output’
            inputs.parameters['n'] == 1; there is no ‘parameters’; there is ‘parameter_values’, ‘artifacts’
            outputs.x == 1; ‘outputs’ is not known; there is inputs
            inputs[null] == 1; there is no ‘null’
            $list[3] == 1; index 3 is outside a list of 3
            $list[-1] == 1; index -1 is outside a list of 3
            $list['a'] == 1; a list needs an int as index, got string
            $list[0.5] == 1; a list needs an int as index, got double
            $text.x == 1; cannot take ‘x’ of string
            $text[0] == 'f'; cannot take ‘0’ of string
            $nothing.x == 1; cannot take ‘x’ of null
            $n; is double, not true or false
            1; is int, not true or false
            'true'; is string, not true or false
            null; is null, not true or false
            [true]; is list, not true or false
            $map; is map, not true or false
            1 < 'a'; ‘<’ cannot compare int with string
            null < 1; ‘<’ cannot compare null with int
            [1] < [2]; ‘<’ cannot compare list with list
            true < 1; ‘<’ cannot compare bool with int
            1 + 'a' == 1; ‘+’ cannot be applied to int and string
            'a' * 2 == 1; ‘*’ cannot be applied to string and int
            1.5 % 2 == 1; ‘%’ cannot be applied to double and int
            true + true == 1; ‘+’ cannot be applied to bool and bool
            1 / 0 == 1; division by zero
            1 % 0 == 1; division by zero
            9223372036854775807 + 1 == 0; too large for an integer
            -9223372036854775808 / -1 == 0; too large for an integer
            -(-9223372036854775808) == 0; too large for an integer
            9223372036854775807 * 2 == 0; too large for an integer
            !1; ‘!’ cannot be applied to int
            -'a' == 1; ‘-’ cannot be applied to string
            1 && true; ‘&&’ needs a bool, got int
            false || 'a'; ‘||’ needs a bool, got string
            $missing && true; there is no ‘missing’
            $missing || false; there is no ‘missing’
            1 ? true : false; ‘?:’ needs a bool, got int
            1 in 2; ‘in’ needs a list or a map, got int
            'a' in 'abc'; ‘in’ needs a list or a map, got string
            int('x') == 1; int("x"): not an integer
            int('1.5') == 1; int("1.5"): not an integer
            int('') == 1; int(""): not an integer
            int(1e19) == 1; too large for an integer
            int(double('NaN')) == 1; too large for an integer
            int(true) == 1; int() cannot convert bool
            int(null) == 1; int() cannot convert null
            int($list) == 1; int() cannot convert list
            double('x') == 1; double("x"): not a number
            double(true) == 1; double() cannot convert bool
            string(null) == ''; string() cannot convert null
            string([1]) == ''; string() cannot convert list
            bool('yes'); bool() cannot convert string
            bool(1); bool() cannot convert int
            size(1) == 1; size() cannot measure int
            size(null) == 1; size() cannot measure null
            parseJson('{') == 1; parseJson(): not JSON: {
            parseJson('') == 1; parseJson(): not JSON: an empty text
            parseJson('1 2') == 1; parseJson(): not JSON: 1 2
            parseJson(1) == 1; parseJson() needs a string, got int
            has($n); has() takes a field
            has($text.x); has() needs a map, got string
            '1'.int() == 1; there is no function ‘int’ for string
            foo(1) == 1; there is no function ‘foo’ for int
            startsWith('ab', 'a'); there is no function ‘startsWith’ for string, string
            1.startsWith('a'); there is no function ‘startsWith’ for int, string
            'a'.startsWith(1); there is no function ‘startsWith’ for string, int
            size() == 1; there is no function ‘size’
            {null: 1} == {}; the key of a map is a string, an int or a bool, got null
            {[1]: 1} == {}; the key of a map is a string, an int or a bool, got list
            {1: 1, 1.0: 2} == {}; ‘1’ is twice in the map
            'a'.matches('['); matches(): Unclosed character class in the pattern
            'a'.matches('(){99999999}'); counted repeats of the pattern are too many
            'a'.matches('((a{1000}){1000}){1000}'); counted repeats of the pattern are too many
            'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'.matches('(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)b'); too many steps
            """)
    void cannotBeEvaluated(String cel, String message) {
        String expanded = ConditionTest.expand(cel);
        assertThatThrownBy(() -> Condition.evaluate(expanded, Samples.INPUTS)).as(cel).isInstanceOf(ExpressionException.class)
                .hasMessageStartingWith("expression ‘").hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "(", "[", "{1:", "!", "-", "f(", "a[", "a.b[", "true?", "true?true:", "(1+", "(1*1+1<1&&", "1+", "a.", "x.y.", "1==1&&", "{'a':[(", "- -"
    })
    void hostileDepthNeitherOverflowsTheStackNorHangs(String unit) throws InterruptedException {
        for (int times : new int[] {50, 99, 101, 499, 501, 2_000, 90_000 / unit.length()}) {
            assertThat(onASmallStack(unit.repeat(times) + "1")).as("%s × %s", times, unit)
                    .isInstanceOfAny(Boolean.class, ExpressionException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            50; (; 1; +1+1+1+1+1+1+1+1+1)
            99; (; inputs; .a.a.a.a.a.a.a.a.a.a.a.a)
            99; (1 == 1 && (; true; ) || false)
            90; [; 1; +1+1+1][0]
            """)
    void depthAndRowsTogetherDoNotOverflowEither(int times, String open, String middle, String close) throws InterruptedException {
        assertThat(onASmallStack(open.repeat(times) + middle + close.repeat(times))).isInstanceOfAny(Boolean.class, ExpressionException.class);
    }

    private static Object onASmallStack(String cel) throws InterruptedException {
        Object[] seen = new Object[1];
        Thread thread = new Thread(null, () -> {
            try {
                seen[0] = Condition.evaluate(cel, Samples.INPUTS);
            } catch (ExpressionException e) {
                assertThat(e.getMessage()).hasSizeLessThan(500);
                seen[0] = e;
            }
        }, "small stack", 512 * 1024);
        thread.setUncaughtExceptionHandler((t, e) -> seen[0] = e);
        thread.start();
        thread.join();
        return seen[0];
    }

    @Test
    void lengthIsBounded() {
        assertThat(Condition.check(" ".repeat(100_001))).hasValueSatisfying(text -> assertThat(text).contains("too long"));
    }

    @Test
    void aTextCannotBeMadeToGrowWithoutEnd() {
        String big = "x".repeat(1_000_000);
        String cel = "size(" + "inputs.parameter_values.x + ".repeat(100) + "'') > 0";
        assertThatThrownBy(() -> Condition.evaluate(cel, Samples.inputs("{\"x\": \"" + big + "\"}")))
                .isInstanceOf(ExpressionException.class).hasMessageContaining("too large");
    }

    @Test
    void theLongConditionOfALongElifChainIsFine() throws ExpressionException {
        StringBuilder cel = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            cel.append("!(int(inputs.parameter_values['n']) == ").append(1000 + i).append(") && ");
        }
        assertThat(Condition.evaluate(cel + "int(inputs.parameter_values['n']) == 7", Samples.INPUTS)).isTrue();
    }

    @Test
    void aLongExpressionIsNotQuotedInFull() {
        assertThat(Condition.check("x".repeat(5000) + " =")).hasValueSatisfying(text -> assertThat(text).hasSizeLessThan(300));
    }
}
