package io.jenkins.plugins.kubeflow.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.kubeflow.engine.ir.ParameterType;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputPlanTest {

    @ParameterizedTest
    @ValueSource(strings = {"out", "..", ".", "../x", "../../etc/passwd", "/etc/passwd", "a/b", "a\\b", "a\nb", "a\0b", "ü", "a b", "...", "-rf", "~", "$HOME", "%2e%2e"})
    void noNameLeadsOutOfTheDirectory(String name) {
        OutputPlan plan = OutputPlan.provision(Sample.component(Map.of(name, ParameterType.STRING), Map.of(name, false)), "/base/p", "/base/a", "/base/o");
        assertThat(Path.of(plan.parameterFiles().get(name)).normalize().getParent()).isEqualTo(Path.of("/base/p"));
        assertThat(Path.of(plan.artifacts().get(name).get(0).uri()).normalize().getParent()).isEqualTo(Path.of("/base/a"));
    }

    @Test
    void differentNamesGetDifferentFiles() {
        OutputPlan plan = OutputPlan.provision(
                Sample.component(Map.of("a/b", ParameterType.STRING, "a_b", ParameterType.STRING, "..", ParameterType.STRING, "__", ParameterType.STRING), Map.of()), "/p", "/a", "/o");
        assertThat(plan.parameterFiles().values()).doesNotHaveDuplicates();
    }

    @Test
    void aLongNameFitsAFile() {
        OutputPlan plan = OutputPlan.provision(Sample.component(Map.of("x".repeat(1000), ParameterType.STRING, "x".repeat(1001), ParameterType.STRING), Map.of()), "/p", "/a", "/o");
        assertThat(plan.parameterFiles().values()).doesNotHaveDuplicates().allMatch(file -> file.length() < 255, "shorter than 255");
    }

    @Test
    void aListStartsEmpty() {
        assertThat(OutputPlan.provision(Sample.component(Map.of(), Map.of("l", true)), "/p", "/a", "/o").artifacts().get("l")).isEmpty();
    }
}
