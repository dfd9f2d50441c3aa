package io.jenkins.plugins.kubeflow.step;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of a Jenkinsfile as values that can be serialized: texts with variables become texts, at every depth. */
final class Plain {
    private Plain() {}

    static LinkedHashMap<String, Object> map(Map<?, ?> values) {
        LinkedHashMap<String, Object> plain = new LinkedHashMap<>();
        values.forEach((key, value) -> plain.put(String.valueOf(key), value(value)));
        return plain;
    }

    static ArrayList<Object> list(List<?> values) {
        ArrayList<Object> plain = new ArrayList<>();
        values.forEach(value -> plain.add(value(value)));
        return plain;
    }

    private static Object value(Object value) {
        if (value instanceof CharSequence) {
            return value.toString();
        }
        return value instanceof Map<?, ?> map ? map(map) : value instanceof List<?> list ? list(list) : value;
    }
}
