package io.jenkins.plugins.kubeflow.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.kubeflow.engine.run.Reuse;
import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import io.jenkins.plugins.kubeflow.engine.task.TaskOutputs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheReuseTest {
    @TempDir
    Path path;

    private final List<String> warnings = new ArrayList<>();

    private CacheReuse reuse() {
        return new CacheReuse(new CacheStore(path.resolve("cache")), warnings::add);
    }

    private Reuse.Question question(Launches launches) {
        return new Reuse.Question(launches.launch(), true, null, new RunDirectory(path));
    }

    private TaskOutputs outputs(Path file) {
        return new TaskOutputs(Map.of(), Map.of("model", List.of(Launches.artifact("model", file.toString(), "{}"))));
    }

    private static String sentence(Reuse.Answer answer) {
        return answer.explanation().path("sentence").asText();
    }

    @Test
    void hit() throws Exception {
        Path file = Files.writeString(path.resolve("model"), "weights");
        assertThat(sentence(reuse().find(question(new Launches())))).isEqualTo("this task has not been run with caching before");
        reuse().store(question(new Launches()), outputs(file), Instant.EPOCH);
        Reuse.Answer answer = reuse().find(question(new Launches()));
        assertThat(answer).isInstanceOf(Reuse.Answer.Cached.class);
        assertThat(sentence(answer)).isEqualTo("outputs of run run-1, task ‘loop[3]/train’, of 1970-01-01T00:00:00Z");
        assertThat(answer.explanation().path("hit").asBoolean()).isTrue();
    }

    @Test
    void aMissSaysWhatIsDifferent() throws Exception {
        reuse().store(question(new Launches()), TaskOutputs.NONE, Instant.EPOCH);
        Launches changed = new Launches();
        changed.image = "python:3.12";
        assertThat(sentence(reuse().find(question(changed)))).isEqualTo("image changed from python:3.11 to python:3.12");
    }

    @Test
    void aFileThatVanishedOrChangedIsAMissThatSaysSo() throws Exception {
        Path file = Files.writeString(path.resolve("model"), "weights");
        CacheReuse reuse = reuse();
        reuse.store(question(new Launches()), outputs(file), Instant.EPOCH);
        Files.writeString(file, "other weights");
        assertThat(sentence(reuse.find(question(new Launches())))).isEqualTo("the earlier output ‘model’ (" + file + ") has changed since");
        Files.delete(file);
        assertThat(sentence(reuse.find(question(new Launches())))).isEqualTo("the earlier output ‘model’ (" + file + ") has vanished");
        Files.createDirectory(file);
        assertThat(sentence(reuse.find(question(new Launches())))).contains("has changed since");
    }

    @Test
    void aFolderIsItsFiles() throws Exception {
        Path folder = Files.createDirectory(path.resolve("model"));
        Files.writeString(folder.resolve("a"), "1");
        CacheReuse reuse = reuse();
        reuse.store(question(new Launches()), outputs(folder), Instant.EPOCH);
        assertThat(reuse.find(question(new Launches()))).isInstanceOf(Reuse.Answer.Cached.class);
        Files.move(folder.resolve("a"), folder.resolve("b"));
        assertThat(sentence(reuse.find(question(new Launches())))).contains("has changed since");
    }

    @Test
    void anInputFileCountsByItsContent() throws Exception {
        Path one = Files.writeString(path.resolve("one"), "data");
        Path two = Files.writeString(path.resolve("two"), "data");
        Launches launches = new Launches();
        launches.data = List.of(Launches.artifact("data", one.toString(), "{}"));
        reuse().store(question(launches), TaskOutputs.NONE, Instant.EPOCH);
        launches.data = List.of(Launches.artifact("data", two.toString(), "{}"));
        assertThat(reuse().find(question(launches))).isInstanceOf(Reuse.Answer.Cached.class);
        Files.writeString(two, "more data");
        assertThat(sentence(reuse().find(question(launches)))).isEqualTo("artifact ‘data’ has other content");
    }

    @Test
    void aStoreThatCannotBeWrittenIsAWarning() throws Exception {
        Files.writeString(path.resolve("cache"), "a file is in the way");
        reuse().store(question(new Launches()), TaskOutputs.NONE, Instant.EPOCH);
        assertThat(warnings).singleElement().asString().startsWith("the result of task ‘loop[3]/train’ could not be cached: ");
    }
}
