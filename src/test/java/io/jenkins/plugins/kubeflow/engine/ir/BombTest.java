package io.jenkins.plugins.kubeflow.engine.ir;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Documents that are small and mean to be large. Each is refused; none takes memory or time worth mentioning. */
class BombTest {

    @TestFactory
    Stream<DynamicTest> bombs() {
        Map<String, String> bombs = new LinkedHashMap<>();
        StringBuilder laughs = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++) {
            laughs.append("a").append(i).append(": &a").append(i).append(" [").append(("*a" + (i - 1) + ",").repeat(9)).append("]\n");
        }
        bombs.put("aliases of aliases", laughs.toString());
        bombs.put("many aliases", "a: &a [x]\nb: [" + "*a,".repeat(100_000) + "]\n");
        bombs.put("lists in lists", "a: " + "[".repeat(100_000) + "]".repeat(100_000));
        bombs.put("objects in objects", "{\"a\":".repeat(50_000) + "1" + "}".repeat(50_000));
        bombs.put("indented", Stream.iterate(0, i -> i + 1).limit(1_000).map(i -> " ".repeat(i) + "a:\n").reduce("", String::concat));
        bombs.put("many values", "a: [" + "1,".repeat(3_000_001) + "]");
        bombs.put("a number without end", "a: " + "9".repeat(1_000_000));
        bombs.put("a number in sixties", "a: 1" + ":1".repeat(200_000));
        bombs.put("too large", " ".repeat(PackageFile.LARGEST + 1));
        bombs.put("a key without end", "? " + "k".repeat(2_000_000) + "\n: 1");
        bombs.put("a deep expression", "pipelineInfo: {name: a}\nschemaVersion: 2.1.0\ncomponents: {c: {executorLabel: e}}\n"
                + "deploymentSpec: {executors: {e: {container: {image: a}}}}\nroot: {dag: {tasks: {t: {componentRef: {name: c}, triggerPolicy: {condition: \""
                + "(".repeat(100_000) + "\"}}}}}\n");
        return bombs.entrySet().stream().map(bomb -> DynamicTest.dynamicTest(bomb.getKey(), () -> {
            ReadResult result = SpecReader.read(bomb.getValue().getBytes(StandardCharsets.UTF_8), "bomb.yaml");
            assertThat(result.spec()).isNull();
            assertThat(result.problems()).isNotEmpty().allSatisfy(p -> assertThat(p.toString().length()).isLessThan(1_000));
        }));
    }
}
