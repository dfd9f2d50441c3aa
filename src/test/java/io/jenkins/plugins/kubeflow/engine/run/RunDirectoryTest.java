package io.jenkins.plugins.kubeflow.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunDirectoryTest {
    private final RunDirectory directory = new RunDirectory(Path.of("/runs/1"));

    @Test
    void namesPeopleRecognise() {
        assertThat(directory.attempt("for-loop-1[2]/condition-3/train", 0, 1)).hasToString("/runs/1/tasks/for-loop-1[2]/condition-3/train/1");
        assertThat(directory.attemptLog("train", 2, 3)).hasToString("/runs/1/logs/train.2-3.log");
        assertThat(directory.relative(directory.attemptLog("a/b", 0, 1))).isEqualTo("logs/a/b.1.log");
    }

    @Test
    void hostilePathsStayInsideAndApart() {
        Set<Path> seen = new HashSet<>();
        for (String path : List.of("..", "../..", ".", ".hidden", "a b", "a_b", "a\nb", "a\0b", "ü", "ö", "x".repeat(500), "x".repeat(501), "a\\b", "-rf", "A".repeat(119) + "é", "con:", "a*")) {
            Path log = directory.attemptLog(path, 0, 1);
            assertThat(log.normalize().startsWith(Path.of("/runs/1/logs"))).as(path).isTrue();
            assertThat(log.normalize().toString()).isEqualTo(log.toString());
            assertThat(directory.attempt(path, 0, 1).normalize().startsWith(Path.of("/runs/1/tasks"))).as(path).isTrue();
            log.forEach(name -> assertThat(name.toString().length()).isLessThan(200));
            assertThat(seen.add(log)).as(path).isTrue();
        }
    }
}
