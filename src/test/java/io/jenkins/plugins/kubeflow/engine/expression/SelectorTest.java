package io.jenkins.plugins.kubeflow.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Selectors: selector; value as JSON; result as JSON, or what the error says. */
class SelectorTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            parseJson(string_value)["a"]; {"a": 1}; 1
            parseJson(string_value)["a"]; {"a": 1.0}; 1
            parseJson(string_value)["a"]; {"a": 1.5}; 1.5
            parseJson(string_value)["a"]; {"a": "x"}; "x"
            parseJson(string_value)["a"]; {"a": "1"}; "1"
            parseJson(string_value)["a"]; {"a": ""}; ""
            parseJson(string_value)["a"]; {"a": true}; true
            parseJson(string_value)["a"]; {"a": null}; null
            parseJson(string_value)["a"]; {"a": [1, {"b": 2.5}]}; [1,{"b":2.5}]
            parseJson(string_value)["a"]; {"a": {"z": 1, "b": {}}}; {"z":1,"b":{}}
            parseJson(string_value)["a"]; {"a": 9007199254740993}; 9007199254740993
            parseJson(string_value)["a"]; {"a": -0.25}; -0.25
            parseJson(string_value)["a"]; {"a": "ü\\u2028\\"'"}; "ü\\u2028\\"'"
            parseJson(string_value)["a"]; "{\\"a\\": 1}"; 1
            parseJson(string_value)["a b-c"]; {"a b-c": 1}; 1
            parseJson(string_value)['a']; {"a": 1}; 1
            parseJson(string_value).a; {"a": 1}; 1
            parseJson(string_value)["a"]["b"]; {"a": {"b": 2}}; 2
            parseJson(string_value)["a"].b[1]; {"a": {"b": [1, 2]}}; 2
            parseJson(string_value)[0]; [5, 6]; 5
            parseJson(string_value)[1]["k"]; [5, {"k": "v"}]; "v"
            parseJson(string_value)[0][0]; [[true]]; true
            parseJson(string_value); {"a": [1]}; {"a":[1]}
            parseJson(string_value); 5; 5
            parseJson(string_value); true; true
            string_value; "text"; "text"
            string_value; 5; "5"
            string_value; 1.0; "1"
            string_value; true; "true"
            string_value; null; ""
            string_value; [1, 2.0]; "[1,2]"
            int(string_value) + 1; "41"; 42
            parseJson(string_value)["n"] > 3 ? "big" : "small"; {"n": 4}; "big"
            """)
    void selects(String selector, String value, String expected) throws ExpressionException {
        assertThat(Selector.select(selector, Samples.json(value)).toString()).isEqualTo(Samples.json(expected).toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            parseJson(string_value)["k"]; {"a": 1}; there is no ‘k’; there is ‘a’
            parseJson(string_value)["k"]; {}; there is no ‘k’
            parseJson(string_value)["k"]; [1]; a list needs an int as index, got string
            parseJson(string_value)["k"]; 5; cannot take ‘k’ of double
            parseJson(string_value)["k"]; "plain"; not JSON: plain
            parseJson(string_value)["k"]; null; not JSON: an empty text
            parseJson(string_value)[2]; [1]; index 2 is outside a list of 1
            parseJson(inputs)["k"]; {}; ‘inputs’ is not known
            parseJson(string_value)["k"; {}; ends too early
            """)
    void refuses(String selector, String value, String message) {
        assertThatThrownBy(() -> Selector.select(selector, Samples.json(value))).isInstanceOf(ExpressionException.class)
                .hasMessageStartingWith("expression ‘").hasMessageContaining(message);
    }
}
