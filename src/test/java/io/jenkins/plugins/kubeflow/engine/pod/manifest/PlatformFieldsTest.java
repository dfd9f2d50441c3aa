package io.jenkins.plugins.kubeflow.engine.pod.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ComponentSpec;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.Yaml;

/**
 * Every row of {@code fields.yaml}: a KubernetesExecutorConfig, resources and environment in; the whole pod spec, labels, annotations and
 * TaskConfig out, or the message.
 */
class PlatformFieldsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TestFactory
    Stream<DynamicTest> rows() throws IOException {
        try (InputStream in = PlatformFieldsTest.class.getResourceAsStream("fields.yaml")) {
            JsonNode rows = JSON.valueToTree(new Yaml().load(in));
            return StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> DynamicTest.dynamicTest(row.get("name").asText(), () -> check(row)))
                    .toList()
                    .stream();
        }
    }

    private static void check(JsonNode row) throws IOException {
        List<ComponentSpec.TaskConfigPassthrough> passthroughs = new ArrayList<>();
        row.path("passthroughs").fields().forEachRemaining(
                field -> passthroughs.add(new ComponentSpec.TaskConfigPassthrough(field.getKey(), field.getValue().asBoolean())));
        ComponentSpec component = new ComponentSpec("comp", Map.of(), Map.of(), Map.of(), Map.of(), "exec", null, passthroughs);
        PodSpec spec = JSON.convertValue(row.path("base").isObject() ? row.get("base") : JSON.createObjectNode(), PodSpec.class);
        Container main = JSON.convertValue(object(row, "baseMain").put("name", "main"), Container.class);
        spec.getContainers().add(main);
        Map<String, String> environment = new LinkedHashMap<>(PlatformValue.map(object(row, "env")));

        AtomicReference<PodDraft> made = new AtomicReference<>();
        Throwable failure = catchThrowable(() -> PlatformFields.apply(
                draft(made, new PodDraft(spec, main, new TaskConfig(component))), object(row, "config"), object(row, "resources"), environment,
                text -> text.replace("{{cpu}}", "250m").replace("{{count}}", "2"), Set.of("main", "kfp-helper", "kfp-inputs")));

        if (row.has("error")) {
            assertThat(failure).isInstanceOf(InvalidPodException.class).hasMessageContaining(row.get("error").asText());
            return;
        }
        assertThat(failure).isNull();
        assertThat(plain(actual(made.get()))).isEqualTo(plain(expected(row)));
    }

    private static PodDraft draft(AtomicReference<PodDraft> kept, PodDraft draft) {
        kept.set(draft);
        return draft;
    }

    /** Through text, since numbers of the same value may be of different types. */
    private static JsonNode plain(JsonNode node) throws IOException {
        return JSON.readTree(JSON.writeValueAsString(node));
    }

    private static ObjectNode actual(PodDraft draft) {
        ObjectNode actual = JSON.createObjectNode();
        actual.set("spec", PodYaml.json(draft.spec()));
        actual.set("labels", JSON.valueToTree(draft.labels()));
        actual.set("annotations", JSON.valueToTree(draft.annotations()));
        actual.set("taskConfig", draft.taskConfig().value());
        return actual;
    }

    private static ObjectNode expected(JsonNode row) {
        ObjectNode expected = JSON.createObjectNode();
        ObjectNode spec = object(row, "spec");
        spec.putArray("containers").add(object(row, "main").put("name", "main"));
        expected.set("spec", spec);
        expected.set("labels", object(row, "labels"));
        expected.set("annotations", object(row, "annotations"));
        expected.set("taskConfig", object(row, "taskConfig"));
        return expected;
    }

    private static ObjectNode object(JsonNode row, String field) {
        return row.path(field).isObject() ? row.get(field).deepCopy() : JSON.createObjectNode();
    }
}
