package io.jenkins.plugins.kubeflow.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.kubeflow.engine.task.TaskInputs;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of conditions over {@link Samples#INPUTS}; {@code $x} stands for {@code inputs.parameter_values['x']}. */
class ConditionTest {
    static String expand(String cel) {
        return cel.replaceAll("\\$([a-z]+)", "inputs.parameter_values['$1']");
    }

    @Test
    void whatItReadsIsExplained() {
        TaskInputs inputs = new TaskInputs(Map.of("lr", DoubleNode.valueOf(0.5), "kind", TextNode.valueOf("fast")), Map.of());
        String cel = "inputs.parameter_values['lr'] > 1.0 && 'x' != inputs.parameter_values.kind && has(inputs.parameter_values.none)";
        assertThat(Condition.parameters(cel)).containsExactly("lr", "kind");
        assertThat(Condition.explain(cel, inputs)).isEqualTo("‘lr’ is 0.5, ‘kind’ is \"fast\"");
        assertThat(Condition.explain("true", inputs)).isEmpty();
        assertThat(Condition.explain("not CEL (", inputs)).isEmpty();
    }

    private static void check(String cel, boolean expected) throws ExpressionException {
        assertThat(Condition.evaluate(expand(cel), Samples.INPUTS)).as(cel).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            inputs.parameter_values['pipelinechannel--flip-coin-op-Output'] == 'heads'; true
            inputs.parameter_values['pipelinechannel--flip-coin-op-Output'] == 'tails'; false
            inputs.parameter_values['pipelinechannel--flip-coin-op-Output'] != 'tails'; true
            !(inputs.parameter_values['pipelinechannel--flip-coin-op-Output'] == 'heads'); false
            !(inputs.parameter_values['pipelinechannel--flip-coin-op-Output'] == 'tails'); true
            !($text == 'slow') && $text == 'fast'; true
            !($text == 'slow') && !($text == 'fast'); false
            int(inputs.parameter_values['pipelinechannel--rand-10-Output']) > 5; true
            int(inputs.parameter_values['pipelinechannel--rand-10-Output']) <= 5; false
            int(inputs.parameter_values["pipelinechannel--rand-10-Output"]) == 7; true
            double(int($n)) > 6.5; true
            $d < 0.6; true
            $d >= 0.5; true
            $yes == true; true
            $no == false; true
            true == $no; false
            $yes; true
            $no; false
            $n == 7; true
            $n == 7.0; true
            $n == '7'; false
            '7' == string($n); true
            int($one) == int($one); true
            inputs.artifacts['model'].artifacts[0].metadata['accuracy']*100.0 > 90.0; true
            inputs.artifacts['model'].artifacts[0].metadata.accuracy * 100 > 95; false
            inputs.artifacts.model.artifacts[0].uri == 's3://b/model'; true
            inputs.artifacts.model.artifacts[0].name == 'model'; true
            inputs.artifacts.model.artifacts[0].type.schema_title == 'system.Model'; true
            size(inputs.artifacts['models'].artifacts) == 2; true
            inputs.artifacts['models'].artifacts[1].metadata['name'] == 'best'; true
            parseJson($json)["a"][0] == 10; true
            parseJson($json).a[1].b; true
            """)
    void conditionsOfPipelines(String cel, boolean expected) throws ExpressionException {
        check(cel, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            1 == 1; true
            1 == 1.0; true
            1.0 == 1; true
            1u == 1; true
            1 == 2; false
            0x1F == 31; true
            0XfF == 255; true
            -0x10 == -16; true
            007 == 7; true
            1e3 == 1000; true
            1.5e-1 == 0.15; true
            1E+2 == 100; true
            .5 == 0.5; true
            -.5 == -0.5; true
            -9223372036854775808 < -9223372036854775807; true
            9223372036854775807 > 0; true
            $big == 9007199254740993; true
            $big == 9007199254740992; false
            $big == 9007199254740992.0; false
            9007199254740993 > 9007199254740992.0; true
            9007199254740992 == 9007199254740992.0; true
            'a' == "a"; true
            'a' == 'A'; false
            '' == ""; true
            'a' == 1; false
            true == 1; false
            null == null; true
            null == 0; false
            null == ''; false
            $nothing == null; true
            [] == []; true
            [1, 2] == [1.0, 2u]; true
            [1, 2] == [2, 1]; false
            [1] == [1, 2]; false
            [[1], ['a']] == [[1], ['a']]; true
            {} == {}; true
            {'a': 1} == {'a': 1.0}; true
            {'a': 1} == {'b': 1}; false
            {'a': 1, 'b': [2]} == {'b': [2], 'a': 1}; true
            {1: 'x'} == {1: 'x'}; true
            [] == {}; false
            1 != 2; true
            'a' != 'a'; false
            null != 1; true
            double('NaN') == double('NaN'); false
            double('NaN') != double('NaN'); true
            double('NaN') < 1.0; false
            double('NaN') > 1.0; false
            double('NaN') <= 1.0; false
            double('NaN') >= 1.0; false
            0.0 == -0.0; true
            """)
    void equality(String cel, boolean expected) throws ExpressionException {
        check(cel, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            1 < 2; true
            2 < 1; false
            1 < 1; false
            1 <= 1; true
            1 > 0.5; true
            0.5 > 1; false
            1 >= 1.0; true
            -1 < 0; true
            'a' < 'b'; true
            'a' < 'B'; false
            '' < 'a'; true
            'abc' >= 'abd'; false
            '10' < '9'; true
            '\\uFFFF' < '\\U0001F600'; true
            false < true; true
            true <= true; true
            true > true; false
            1 + 2 == 3; true
            1 + 2 * 3 == 7; true
            (1 + 2) * 3 == 9; true
            7 - 2 - 1 == 4; true
            7 / 2 == 3; true
            -7 / 2 == -3; true
            7.0 / 2 == 3.5; true
            $one / $two == 0.5; true
            int($one) / int($two) == 0; true
            $n / 2 == 3.5; true
            7 % 4 == 3; true
            -7 % 4 == -3; true
            $n % 2 == 1; true
            int($n) % 2 == 1; true
            12 / 2 / 3 == 2; true
            2 * 3 % 4 == 2; true
            1 / 0.0 > 9223372036854775807; true
            0.1 + 0.2 > 0.3; true
            1 + 0.5 == 1.5; true
            'a' + 'b' == 'ab'; true
            'a' + string(1) == 'a1'; true
            [1] + [2] == [1, 2]; true
            -(-1) == 1; true
            - -1 == 1; true
            --1 == 1; true
            -$minus == 3; true
            !true == false; true
            !!true; true
            !!!true; false
            1 - -1 == 2; true
            1-1 == 0; true
            1 + 1 < 3 == true; true
            1 < 2 && 2 < 3; true
            """)
    void orderAndArithmetic(String cel, boolean expected) throws ExpressionException {
        check(cel, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            true && true; true
            true && false; false
            false && true; false
            false || true; true
            true || false; true
            false || false; false
            true || true && false; true
            (true || true) && false; false
            false && true || true; true
            false && $missing; false
            $missing && false; false
            true || $missing; true
            $missing || true; true
            1/0 == 1 || true; true
            1/0 == 1 && false; false
            'x' && false; false
            1 || true; true
            true ? true : false; true
            false ? true : false; false
            false ? $missing : true; true
            true ? true : $missing; true
            (true ? 1 : 2) == 1; true
            false ? false : false ? false : true; true
            true ? false ? false : true : false; true
            1 < 2 ? 3 < 4 : 5 < 4; true
            1 in [1, 2]; true
            1.0 in [1, 2]; true
            3 in [1, 2]; false
            1 in []; false
            'a' in ['a']; true
            [1] in [[1]]; true
            'n' in inputs.parameter_values; true
            'missing' in inputs.parameter_values; false
            null in inputs.parameter_values; false
            null in inputs; false
            'parameter_values' in inputs; true
            'model' in inputs.artifacts; true
            'b' in $list; true
            'k' in $map; true
            1 in {1: 2}; true
            $one in {1: 2}; true
            !('x' in $map); true
            $word in ['x', 'y'] && $n in [7]; true
            """)
    void logicChoiceAndMembership(String cel, boolean expected) throws ExpressionException {
        check(cel, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            int('42') == 42; true
            int(' 42 ') == 42; true
            int('-7') == -7; true
            int(2.9) == 2; true
            int(-2.9) == -2; true
            int(3) == 3; true
            uint(3) == 3u; true
            int($number) + 1 == 43; true
            double('2.5') == 2.5; true
            double($real) * 2 == 5; true
            double(2) == 2.0; true
            double('1e3') == 1000; true
            string(1) == '1'; true
            string(1.0) == '1'; true
            string(1.5) == '1.5'; true
            string($n) == '7'; true
            string($d) == '0.5'; true
            string($big) == '9007199254740993'; true
            string(true) == 'true'; true
            string('x') == 'x'; true
            bool('true'); true
            bool('True'); true
            bool('1'); true
            bool('f'); false
            bool(false); false
            size('abc') == 3; true
            size('') == 0; true
            size($emoji) == 2; true
            'abc'.size() == 3; true
            size([1, 2]) == 2; true
            $list.size() == 3; true
            size($none) == 0; true
            size($map) == 3; true
            size({}) == 0; true
            $text.startsWith('fa'); true
            $text.startsWith('st'); false
            $text.startsWith(''); true
            $text.endsWith('st'); true
            $text.contains('as'); true
            $text.contains('z'); false
            'a.b'.contains('.'); true
            $text.matches('^f.*t$'); true
            $text.matches('as'); true
            $text.matches('^as'); false
            'x-12'.matches('-[0-9]{2}$'); true
            '1b4e28ba-2fa1-11d2-883f-b9a761bde3fb'.matches('^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'); true
            has(inputs.parameter_values); true
            has(inputs.parameter_values.n); true
            has(inputs.parameter_values.missing); false
            has($map.k); true
            has($map.n.m); true
            has($map.n.x); false
            parseJson('{"a": 1}').a == 1; true
            parseJson('[1, 2]')[1] == 2; true
            parseJson('1.5') == 1.5; true
            parseJson('null') == null; true
            parseJson('"x"') == 'x'; true
            parseJson('{}') == {}; true
            """)
    void functions(String cel, boolean expected) throws ExpressionException {
        check(cel, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            $map.k == 'v'; true
            $map['k'] == 'v'; true
            $map['n']['m'] == 3; true
            $map.n.m == 3; true
            $map['a b'] == 1; true
            $list[0] == 1; true
            $list[1] == 'b'; true
            $list[2][0] == 2.5; true
            $list[0.0] == 1; true
            $list[$one] == 'b'; true
            $list[int($one)] == 'b'; true
            [10, 20][1] == 20; true
            {'a': 1}.a == 1; true
            {'a': {'b': [5]}}.a.b[0] == 5; true
            {1: 'x'}[1] == 'x'; true
            {1: 'x'}[1.0] == 'x'; true
            {true: 'x'}[true] == 'x'; true
            {'a': 1,}.a == 1; true
            [1, 2,] == [1, 2]; true
            (inputs).parameter_values.n == 7; true
            inputs['parameter_values']['n'] == 7; true
            $it == "it's"; true
            $it == 'it\\'s'; true
            $it == '''it's'''; true
            $empty == ''; true
            '\\n' == "\\x0a"; true
            '\\t' == '\\u0009'; true
            '\\101' == 'A'; true
            '\\\\' == r'\\'; true
            r'\\n' == '\\\\n'; true
            R"a'b" == 'a\\'b'; true
            '\\a\\b\\f\\v\\r'.size() == 5; true
            \"""a"b\""" == 'a"b'; true
            \"""\""" == ''; true
            $emoji == 'a\\U0001F600'; true
            true // a comment; true
            """)
    void accessAndLiterals(String cel, boolean expected) throws ExpressionException {
        check(cel, expected);
    }

    @Test
    void aTripledStringMayHoldLinesAndACommentEndsWithItsLine() throws ExpressionException {
        check("'''a\nb''' == 'a\\nb' // first\n && true", true);
    }

    @Test
    void aConditionMayBeSpreadOverLines() throws ExpressionException {
        check(" inputs . parameter_values [ 'n' ]\n\t== 7 \r\n", true);
    }

    @Test
    void aNameOfAnArtifactThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> Condition.evaluate("inputs.artifacts['x'].artifacts[0].uri == ''", Samples.INPUTS))
                .isInstanceOf(ExpressionException.class).hasMessageContaining("there is no ‘x’; there is ");
    }
}
