package io.jenkins.plugins.kubeflow.engine.pod;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.Yaml;

/** Every row of {@code verdicts.yaml}. */
class PodVerdictTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TestFactory
    Stream<DynamicTest> rows() throws IOException {
        try (InputStream in = PodVerdictTest.class.getResourceAsStream("verdicts.yaml")) {
            JsonNode rows = JSON.valueToTree(new Yaml().load(in));
            return StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> DynamicTest.dynamicTest(row.get("name").asText(), () -> assertThat(PodVerdict.of(pod(row))).isEqualTo(expected(row))))
                    .toList()
                    .stream();
        }
    }

    private static Pod pod(JsonNode row) throws IOException {
        ObjectNode pod = JSON.createObjectNode();
        pod.set("metadata", row.has("metadata") ? row.get("metadata") : JSON.createObjectNode());
        pod.set("spec", row.has("spec") ? row.get("spec") : JSON.readTree("{\"containers\":[{\"name\":\"main\"}]}"));
        pod.set("status", row.get("status"));
        return JSON.treeToValue(pod, Pod.class);
    }

    private static PodVerdict expected(JsonNode row) {
        String message = row.path("message").asText(null);
        return switch (row.get("is").asText()) {
            case "running" -> new PodVerdict.Running();
            case "waiting" -> new PodVerdict.Waiting(message, row.path("stuck").asBoolean(), row.path("userError").asBoolean());
            default -> {
                Outcome outcome = Outcome.valueOf(row.get("is").asText());
                Integer code = row.has("code") ? row.get("code").intValue() : null;
                yield new PodVerdict.Ended(outcome, code, message, termination(row));
            }
        };
    }

    private static String termination(JsonNode row) {
        JsonNode end = row.at("/status/containerStatuses/0/state/terminated");
        boolean own = row.get("is").asText().equals("SUCCEEDED") || row.get("is").asText().equals("USER_FAILED") && !end.path("reason").asText().equals("OOMKilled");
        return own ? end.path("message").asText("").strip() : "";
    }
}
