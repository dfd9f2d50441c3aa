package io.jenkins.plugins.kubeflow.engine.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.kubeflow.engine.task.Values;
import java.util.Map;

/**
 * A parameterExpressionSelector (kfp.md 2.5): an expression over {@code string_value}, the text form of the value, mostly
 * {@code parseJson(string_value)["key"]}. Gives any JSON value; its type is checked by whoever takes it in.
 */
public final class Selector {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Selector() {}

    public static JsonNode select(String selector, JsonNode value) throws ExpressionException {
        Object result = new Evaluator(selector, Map.of("string_value", Values.text(value))).evaluate(Parser.parse(selector));
        return Values.normalize(JSON.valueToTree(result));
    }
}
