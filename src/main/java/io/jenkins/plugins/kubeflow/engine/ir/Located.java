package io.jenkins.plugins.kubeflow.engine.ir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a document together with the line it stands in: a scalar, an object ({@code fields}) or a list ({@code items}). */
final class Located {
    final int line;
    final JsonNode scalar;
    final Map<String, Located> fields;
    final List<Located> items;

    private Located(int line, JsonNode scalar, Map<String, Located> fields, List<Located> items) {
        this.line = line;
        this.scalar = scalar;
        this.fields = fields;
        this.items = items;
    }

    static Located scalar(int line, JsonNode value) {
        return new Located(line, value, null, null);
    }

    static Located object(int line) {
        return new Located(line, null, new LinkedHashMap<>(), null);
    }

    static Located list(int line) {
        return new Located(line, null, null, new ArrayList<>());
    }

    boolean isObject() {
        return fields != null;
    }

    boolean isList() {
        return items != null;
    }

    boolean isNull() {
        return scalar != null && scalar.isNull();
    }

    Located get(String name) {
        return fields == null ? null : fields.get(name);
    }

    /** The plain value. */
    JsonNode json() {
        if (scalar != null) {
            return scalar;
        } else if (fields != null) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            fields.forEach((name, value) -> object.set(name, value.json()));
            return object;
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode(items.size());
        items.forEach(item -> list.add(item.json()));
        return list;
    }

    String kind() {
        return fields != null ? "an object" : items != null ? "a list" : scalar.isTextual() ? "a string" : scalar.isNull() ? "nothing" : scalar.isBoolean() ? "true or false" : "a number";
    }
}
