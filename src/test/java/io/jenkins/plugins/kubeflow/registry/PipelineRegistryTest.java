package io.jenkins.plugins.kubeflow.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The registry's files: what is kept, what is refused, and what is left after a crash. */
class PipelineRegistryTest {
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

    @TempDir
    Path directory;

    private PipelineRegistry registry;
    private byte[] document;

    @BeforeEach
    void open() throws IOException {
        registry = PipelineRegistry.open(directory);
        document = Files.readAllBytes(Path.of("src/test/pipelines/containers.yaml"));
    }

    private Submission submission(String version) {
        return new Submission(version, "", "", "", "p.yaml", document);
    }

    private RegisteredPipeline create(String name) throws Exception {
        return registry.create(name, "", "", submission(""), "alice", NOW);
    }

    private RegisteredPipeline reopened(String name) throws IOException {
        return PipelineRegistry.open(directory).find(name);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void aPipelineIsTheSameAfterTheFilesAreReadAgain() throws Exception {
        Submission first = new Submission("1.0", "first", "https://example.org/c", "x", "p.yaml", document);
        registry.create(" Iris training ", "what it is\nfor", "b, a,b,", first, "alice", NOW);
        registry.add(registry.find("Iris training"), submission(""), null, NOW.plusSeconds(1));
        RegisteredPipeline pipeline = registry.find("Iris training");
        assertThat(pipeline.tags()).containsExactly("a", "b");
        assertThat(pipeline.versions()).extracting(PipelineVersion::name).containsExactly("v2", "1.0");
        assertThat(reopened("Iris training")).isEqualTo(pipeline);
        assertThat(registry.document(pipeline, pipeline.latest())).isEqualTo(document);
        assertThat(files()).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A.b-c (2)_+", "Übung", "模型 训练", "v1..2"})
    void namesThatAreTaken(String name) throws Exception {
        create(name);
        assertThat(reopened(name).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "../x", "a/b", "a\\b", "a\nb", ".", ".hidden", "a.", "<b>", "a?b", "a#b", "a%2fb", "a;b", "x\u202Ey", "a\"b"})
    void namesThatAreRefused(String name) throws IOException {
        RegistryRefusal refusal = catchThrowableOfType(RegistryRefusal.class, () -> create(name));
        assertThat(refusal.problems()).containsOnlyKeys("name");
        assertThat(files()).isEmpty();
        assertThat(registry.pipelines()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "version, latest",
        "version, Default",
        "version, a/b",
        "codeUrl, javascript:alert(1)",
        "codeUrl, ftp://example.org/x",
        "codeUrl, not a link",
        "codeUrl, https:nohost",
        "tags, 1234567890123456789012345678901234567890123456789012345678901234567890",
        "document, ''",
        "document, 'pipelineInfo: {name: x}'",
        "document, 'a: ['",
    })
    void submissionsThatAreRefused(String field, String value) throws IOException {
        Submission bad = new Submission(
                field.equals("version") ? value : "",
                "",
                field.equals("codeUrl") ? value : "",
                field.equals("tags") ? value : "",
                "p.yaml",
                field.equals("document") ? value.getBytes(StandardCharsets.UTF_8) : document);
        RegistryRefusal refusal = catchThrowableOfType(RegistryRefusal.class, () -> registry.create("x", "", "", bad, null, NOW));
        assertThat(refusal.problems()).containsOnlyKeys(field);
        assertThat(files()).isEmpty();
    }

    @Test
    void allProblemsAreToldAtOnce() throws Exception {
        create("x");
        Submission bad = new Submission("latest", "", "ftp://x", "", "bad.yaml", "a: [".getBytes(StandardCharsets.UTF_8));
        RegistryRefusal refusal = catchThrowableOfType(RegistryRefusal.class, () -> registry.create("X", "", "", bad, null, NOW));
        assertThat(refusal.problems()).containsOnlyKeys("name", "version", "codeUrl", "document");
        assertThat(refusal.problems().get("name").get(0)).contains("there is a pipeline ‘x’ already");
        assertThat(refusal.problems().get("document").get(0)).startsWith("bad.yaml");
    }

    @Test
    void aPackageIsUnpackedAndKeptAsText() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("../../pipeline.yaml"));
            zip.write(document);
        }
        Submission zipped = new Submission("", "", "", "", "p.zip", bytes.toByteArray());
        RegisteredPipeline pipeline = registry.create("zipped", "", "", zipped, null, NOW);
        assertThat(registry.document(pipeline, pipeline.latest())).isEqualTo(document);
    }

    @Test
    void versionsNeverChange() throws Exception {
        RegisteredPipeline pipeline = create("x");
        assertThatThrownBy(() -> registry.add(pipeline, submission("V1"), null, NOW)).hasMessageContaining("versions never change");
        assertThat(registry.find("x").versions()).hasSize(1);
    }

    @Test
    void theDefaultIsTheNewestUntilSomebodyChooses() throws Exception {
        RegisteredPipeline pipeline = create("x");
        registry.add(pipeline, submission("v2"), null, NOW);
        assertThat(registry.find("x").defaultVersion().name()).isEqualTo("v2");
        registry.choose(pipeline, "v1");
        registry.add(pipeline, submission("v3"), null, NOW);
        RegisteredPipeline now = registry.find("x");
        assertThat(now.defaultVersion().name()).isEqualTo("v1");
        assertThat(now.version("latest").name()).isEqualTo("v3");
        assertThat(now.version("default").name()).isEqualTo("v1");
        assertThat(now.version(null).name()).isEqualTo("v3");
        assertThat(now.version("v2").name()).isEqualTo("v2");
        assertThat(now.version("V2")).isNull();
        assertThat(reopened("x")).isEqualTo(now);
        assertThatThrownBy(() -> registry.choose(pipeline, "v9")).hasMessage("pipeline ‘x’ has no version ‘v9’");
        registry.deleteVersion(now, now.version("v1"));
        assertThat(registry.find("x").chosen()).isNull();
        assertThat(reopened("x").defaultVersion().name()).isEqualTo("v3");
    }

    @Test
    void aPipelineWithVersionsGoesOnlyWithThem() throws Exception {
        RegisteredPipeline pipeline = create("x");
        assertThatThrownBy(() -> registry.delete(pipeline, false)).isInstanceOf(RegistryRefusal.class).hasMessageContaining("has 1 version;");
        assertThat(reopened("x")).isEqualTo(pipeline);
        registry.deleteVersion(pipeline, pipeline.latest());
        registry.delete(pipeline, false);
        RegisteredPipeline other = create("x");
        registry.delete(other, true);
        assertThat(registry.pipelines()).isEmpty();
        assertThat(files()).isEmpty();
        assertThatThrownBy(() -> registry.document(other, other.latest())).isInstanceOf(IOException.class).hasMessageContaining("no longer");
        assertThatThrownBy(() -> registry.describe(other, "", "")).hasMessage("pipeline ‘x’ was deleted in the meantime");
    }

    @Test
    void aNumberThatWasDeletedIsNotGivenAgainWhileLaterOnesExist() throws Exception {
        RegisteredPipeline pipeline = create("x");
        registry.add(pipeline, submission(""), null, NOW);
        registry.deleteVersion(pipeline, registry.find("x").version("v1"));
        assertThat(registry.add(pipeline, submission(""), null, NOW).name()).isEqualTo("v3");
    }

    @Test
    void whatACrashLeftIsSweptAndWhatIsDamagedIsLeftAlone() throws Exception {
        RegisteredPipeline pipeline = create("x");
        RegisteredPipeline broken = create("broken");
        Files.createDirectories(directory.resolve(DurableFiles.PASSING + "1").resolve("versions"));
        Files.createDirectories(directory.resolve(pipeline.id()).resolve("versions").resolve(DurableFiles.PASSING + "2"));
        Path record = directory.resolve(broken.id()).resolve("pipeline.json");
        Files.writeString(record, "{");
        Files.createDirectories(directory.resolve(pipeline.id()).resolve("versions").resolve("empty"));
        PipelineRegistry again = PipelineRegistry.open(directory);
        assertThat(again.pipelines()).containsExactly(pipeline);
        assertThat(directory.resolve(DurableFiles.PASSING + "1")).doesNotExist();
        assertThat(record).hasContent("{");
    }
}
