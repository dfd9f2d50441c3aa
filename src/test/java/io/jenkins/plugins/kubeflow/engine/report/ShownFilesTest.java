package io.jenkins.plugins.kubeflow.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownFilesTest {
    @TempDir
    Path home;

    private ShownFiles files;

    @BeforeEach
    void lay() throws IOException {
        RunDirectory own = run("jobs/a/builds/1/kubeflow");
        run("jobs/b/builds/7/kubeflow");
        Files.createDirectories(home.resolve("secrets"));
        Files.writeString(home.resolve("secrets/master.key"), "secret");
        Files.createSymbolicLink(own.artifacts().resolve("link"), home.resolve("secrets/master.key"));
        Files.createSymbolicLink(own.artifacts().resolve("out"), home.resolve("secrets"));
        files = ShownFiles.ofRun(own, home);
    }

    private RunDirectory run(String path) throws IOException {
        RunDirectory run = new RunDirectory(home.resolve(path));
        Files.createDirectories(run.artifacts().resolve("folder/deeper"));
        Files.writeString(run.artifacts().resolve("model"), "model");
        Files.writeString(run.artifacts().resolve("folder/deeper/part"), "part");
        Files.writeString(run.record(), "{}");
        Files.writeString(run.journal(), "");
        return run;
    }

    @ParameterizedTest
    @CsvSource({
        "jobs/a/builds/1/kubeflow/artifacts/model,                         true,  true",
        "jobs/a/builds/1/kubeflow/artifacts/folder,                        true,  true",
        "jobs/a/builds/1/kubeflow/artifacts/../run.json,                   false, false",
        "jobs/a/builds/1/kubeflow/artifacts/link,                          false, false",
        "jobs/a/builds/1/kubeflow/artifacts/out/master.key,                false, false",
        "jobs/a/builds/1/kubeflow/artifacts/missing,                       false, false",
        "jobs/b/builds/7/kubeflow/artifacts/model,                         false, true",
        "jobs/b/builds/7/kubeflow/run.json,                                false, false",
        "secrets/master.key,                                               false, false",
        "jobs/a/builds/1/kubeflow/artifacts/../../../../../b/builds/7/kubeflow/artifacts/model, false, true",
    })
    void showsWhatRunsWrote(String path, boolean shown, boolean shownFromTheCache) {
        String uri = "file://" + home.resolve(path);
        assertThat(files.path(uri, false) != null).isEqualTo(shown);
        assertThat(files.path(uri, true) != null).isEqualTo(shownFromTheCache);
    }

    @Test
    void showsEverythingOnAPersonsOwnMachine() {
        Path key = home.resolve("secrets/master.key");
        assertThat(ShownFiles.all().path("file://" + key, false)).isEqualTo(key);
        assertThat(ShownFiles.all().path("s3://bucket/key", false)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "folder/deeper/part, true",
        "folder,             true",
        "../run.json,        false",
        "folder/../../run.json, false",
        "link,               false",
        "/etc/passwd,        false",
        "missing,            false",
    })
    void staysInsideADirectory(String relative, boolean found) {
        Path artifacts = home.resolve("jobs/a/builds/1/kubeflow/artifacts");
        assertThat(ShownFiles.inside(artifacts, relative) != null).isEqualTo(found);
    }
}
