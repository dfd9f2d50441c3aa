package io.jenkins.plugins.kubeflow.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.kubeflow.engine.ir.ParameterType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class FingerprintTest {
    private static Fingerprint of(Consumer<Launches> change) {
        Launches launches = new Launches();
        change.accept(launches);
        return Fingerprint.of(launches.launch(), null, new ContentIdentity());
    }

    @TestFactory
    Stream<DynamicTest> everyPartChangesTheKeyAndIsNamed() {
        Map<String, Consumer<Launches>> changes = new LinkedHashMap<>();
        changes.put("input ‘lr’ changed from 0.1 to 0.2", l -> l.parameters = "{\"lr\":0.2,\"name\":\"a\"}");
        changes.put("input ‘name’ changed from \"a\" to \"b\"", l -> l.parameters = "{\"lr\":0.1,\"name\":\"b\"}");
        changes.put("input ‘name’ is gone (was \"a\")", l -> l.parameters = "{\"lr\":0.1}");
        changes.put("input ‘more’ is new: [1]", l -> l.parameters = "{\"lr\":0.1,\"name\":\"a\",\"more\":[1.0]}");
        changes.put("artifact ‘data’ has other content", l -> l.data = List.of(Launches.artifact("data", "gs://bucket/other", "{}")));
        changes.put("artifact ‘data’ has other content ", l -> l.data = List.of(Launches.artifact("data", "gs://bucket/data", "{\"v\":2}")));
        changes.put("artifact ‘data’ has other content  ", l -> l.data = List.of());
        changes.put("image changed from python:3.11 to python:3.12", l -> l.image = "python:3.12");
        changes.put("command changed from sh -c to sh -ec", l -> l.command = List.of("sh", "-ec"));
        changes.put("arguments changed from {{$.inputs.parameters['lr']}} to x", l -> l.args = List.of("x"));
        changes.put("environment variable ‘A’ changed from 1 to 2", l -> l.env = Map.of("A", "2"));
        changes.put("outputs changed from {\"out\":\"STRING\",\"model\":\"system.Model|null|false|{}\"} to {\"out\":\"LIST\",\"model\":\"system.Model|null|false|{}\"}",
                l -> l.output = ParameterType.LIST);
        changes.put("volumes is new: {\"pvcName\":\"x\"}", l -> l.platform = "{\"pvcMount\":[{\"pvcName\":\"x\"}]}");
        Fingerprint before = of(l -> {});
        return changes.entrySet().stream().map(change -> DynamicTest.dynamicTest(change.getKey(), () -> {
            Fingerprint after = of(change.getValue());
            assertThat(after.key()).isNotEqualTo(before.key());
            assertThat(after.differences(before.parts())).containsExactly(change.getKey().strip());
        }));
    }

    @Test
    void wordsDoNotRunIntoEachOther() {
        assertThat(of(l -> l.command = List.of("a b")).key()).isNotEqualTo(of(l -> l.command = List.of("a", "b")).key());
        assertThat(of(l -> l.command = List.of("a", "")).key()).isNotEqualTo(of(l -> l.command = List.of("a")).key());
        assertThat(of(l -> l.command = List.of()).key()).isNotEqualTo(of(l -> l.command = List.of("")).key());
    }

    @Test
    void nothingOfTheRunIsInIt() {
        Fingerprint before = of(l -> {});
        assertThat(of(l -> l.runId = "run-2").key()).isEqualTo(before.key());
        assertThat(of(l -> l.path = "loop[7]/train").key()).isEqualTo(before.key());
        assertThat(of(l -> l.parameters = "{\"name\":\"a\",\"lr\":0.10}").key()).isEqualTo(before.key());
        assertThat(before.task()).isEqualTo("loop[]/train");
        assertThat(before.pipeline()).isEqualTo("iris");
        assertThat(before.differences(of(l -> l.runId = "run-2").parts())).isEmpty();
    }

    @Test
    void aKeyOfItsOwnIsMadeAsKfpMakesIt() {
        assertThat(Fingerprint.custom("my-component", "my-custom-cache-key")).startsWith("ad05e747");
        assertThat(Fingerprint.custom("other-component", "my-custom-cache-key")).startsWith("3b3a067c");
        Launches launches = new Launches();
        Fingerprint before = Fingerprint.of(launches.launch(), "k", new ContentIdentity());
        launches.image = "other";
        launches.parameters = "{}";
        assertThat(Fingerprint.of(launches.launch(), "k", new ContentIdentity()).key()).isEqualTo(before.key());
        launches.component = "comp-other";
        assertThat(Fingerprint.of(launches.launch(), "k", new ContentIdentity()).key()).isNotEqualTo(before.key());
    }
}
