package io.jenkins.plugins.kubeflow.engine.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FileViewsTest {
    @TempDir
    Path path;

    private List<ArtifactView> views(Path file, String type) {
        return ArtifactViews.of(new Artifact("a", type, null, "0.0.1", file.toString(), Json.MAPPER.createObjectNode(), null));
    }

    private List<ArtifactView> text(String name, String type, String content) throws Exception {
        return views(Files.writeString(path.resolve(name), content), type);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "out       | system.HTML     | <b>x</b>            | html",
        "page.html | system.Artifact | <b>x</b>            | html",
        "out       | system.Markdown | # x                 | markdown",
        "notes.MD  | system.Artifact | # x                 | markdown",
        "t.csv     | system.Dataset  | a                   | table",
        "t.tsv     | system.Dataset  | a                   | table",
        "t.jsonl   | system.Dataset  | {\"a\": 1}          | table",
        "out       | system.Dataset  | a,b\\n1,2\\n3,4     | table",
        "out       | system.Dataset  | a,b\\n1,\"2,3\"\\n3,4 | table",
        "out       | system.Dataset  | a\tb\\n1\t2\\n3\t4   | table",
        "out       | system.Artifact | <?xml version='1.0'?>\\n<!-- x -->\\n<svg xmlns='x'/> | image",
        "out       | system.Artifact | GIF89a              | image",
        "out       | system.Dataset  | {\"a\":1}\\n{\"a\":2} | table",
        "out       | system.Dataset  | {\"a\":1}           | json",
        "out       | system.Dataset  | [1, 2]              | json",
        "out       | system.Dataset  | {\"a\":             | text",
        "out       | system.Dataset  | {a,b}\\n{c,d}       | text",
        "out       | system.Dataset  | one, two            | text",
        "out       | system.Model    | `                `  | text",
        "x.svg     | system.Artifact | <svg/>              | image",
        "x.PNG     | system.Artifact | not one             | image",
    })
    void knownByTypeNameOrContent(String name, String type, String content, String kind) throws Exception {
        assertThat(text(name, type, content.replace("\\n", "\n"))).singleElement().extracting(ArtifactView::kind).isEqualTo(kind);
    }

    static Stream<byte[]> binaries() {
        return Stream.of(
                new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0}, new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 0}, new byte[] {'P', 'K', 0, 1});
    }

    @ParameterizedTest
    @MethodSource("binaries")
    void binaryContent(byte[] content) throws Exception {
        ArtifactView view = views(Files.write(path.resolve("out"), content), "system.Model").get(0);
        assertThat(view).isIn(
                new ArtifactView.Image("image/png", 9), new ArtifactView.Image("image/jpeg", 4), new ArtifactView.Download(4));
    }

    @Test
    void csvWithQuotesAndLineBreaks() throws Exception {
        assertThat(text("t.csv", "", "\uFEFFname,text\r\n\"Smith, J\",\"two\nlines, \"\"quoted\"\"\"\r\nshort")).containsExactly(new ArtifactView.Table(
                List.of("name", "text"), List.of(List.of("Smith, J", "two\nlines, \"quoted\""), List.of("short")), false));
        assertThat(text("empty.csv", "", "")).containsExactly(new ArtifactView.Table(List.of(), List.of(), false));
    }

    @Test
    void jsonLinesHaveTheColumnsOfAllRows() throws Exception {
        assertThat(text("t.jsonl", "", "{\"a\":1}\n{\"b\":\"x\",\"a\":[1]}\n{\"torn")).containsExactly(
                new ArtifactView.Table(List.of("a", "b"), List.of(List.of("1", ""), List.of("[1]", "x")), false));
    }

    @Test
    void largeFilesAreReadInPart() throws Exception {
        String table = "n\n" + "1\n".repeat(500_000);
        ArtifactView.Table view = (ArtifactView.Table) text("t.csv", "", table).get(0);
        assertThat(view.rows()).hasSize(1000);
        assertThat(view.truncated()).isTrue();
        ArtifactView.Text text = (ArtifactView.Text) text("t.txt", "", "x".repeat(1_000_000)).get(0);
        assertThat(text.text()).hasSize(FileViews.HEAD);
        assertThat(text.size()).isEqualTo(1_000_000);
        assertThat(text("deep", "", "[".repeat(100_000))).singleElement().extracting(ArtifactView::kind).isEqualTo("text");
    }

    @Test
    void pagesAreReadFurtherThanTexts() throws Exception {
        ArtifactView.Html page = (ArtifactView.Html) text("plot", "system.HTML", "<p>".repeat(1_000_000)).get(0);
        assertThat(page.source()).hasSize(3_000_000);
        assertThat(page.truncated()).isFalse();
        ArtifactView.Html cut = (ArtifactView.Html) text("plot.html", "", "<p>".repeat(2_000_000)).get(0);
        assertThat(cut.source()).hasSize(FileViews.PAGE_HEAD);
        assertThat(cut).extracting(ArtifactView.Html::size, ArtifactView.Html::truncated).containsExactly(6_000_000L, true);
        ArtifactView.Markdown note = (ArtifactView.Markdown) text("a.md", "", "word ".repeat(100_000)).get(0);
        assertThat(note).extracting(ArtifactView.Markdown::size, ArtifactView.Markdown::truncated).containsExactly(500_000L, true);
    }

    @Test
    void markdownOfStrangersIsSafe() throws Exception {
        String html = ((ArtifactView.Markdown) text("a.md", "", "# T\n<script>alert(1)</script>\n[x](javascript:alert(1)) ![i](https://x/y.png)\n").get(0)).html();
        assertThat(html).contains("<h1>T</h1>").doesNotContain("<script").doesNotContain("javascript:");
    }

    @Test
    void aDirectoryListsWhatIsInIt() throws Exception {
        Path folder = Files.createDirectories(path.resolve("model/layers")).getParent();
        Files.writeString(folder.resolve("weights"), "12345");
        Files.createSymbolicLink(folder.resolve("dangling"), path.resolve("gone"));
        assertThat(views(folder, "system.Model")).containsExactly(new ArtifactView.Directory(
                List.of(new ArtifactView.Entry("dangling", false, 0), new ArtifactView.Entry("layers", true, 0), new ArtifactView.Entry("weights", false, 5)), false));
    }

    @Test
    void aDirectoryOfVeryManyFilesIsCut() throws Exception {
        for (int i = 0; i < 1_001; i++) {
            Files.createFile(path.resolve("f" + i));
        }
        ArtifactView.Directory view = (ArtifactView.Directory) views(path, "").get(0);
        assertThat(view.entries()).hasSize(1000);
        assertThat(view.truncated()).isTrue();
    }

    @Test
    @Timeout(60)
    void aPipeIsNotWaitedFor() throws Exception {
        Path pipe = path.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
        assertThat(views(pipe, "system.Dataset")).containsExactly(new ArtifactView.Problem("‘pipe’ is neither a file nor a directory"));
    }

    @Test
    void whatIsElsewhereIsALink() {
        for (String uri : List.of("gs://bucket/x", "s3://b/k", "javascript:alert(1)", "relative/path", "")) {
            assertThat(ArtifactViews.of(new Artifact("a", "system.Model", null, "", uri, Json.MAPPER.createObjectNode(), null)))
                    .containsExactly(new ArtifactView.Link(uri));
        }
    }

    @Test
    void aFileThatMustNotBeReadIsNot() throws Exception {
        Path secret = Files.writeString(path.resolve("secret"), "do not show");
        Artifact artifact = new Artifact("a", "system.HTML", null, "", secret.toString(), Json.MAPPER.createObjectNode(), null);
        assertThat(ArtifactViews.json(ArtifactViews.of(artifact, uri -> null)).toString())
                .contains("is not a file of a run").doesNotContain("do not show");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "/a/b                | /a/b",
        "file:///a/b         | /a/b",
        "file:///a%20b       | /a b",
        "file://host/a       | ",
        "file://             | ",
        "file:///a b         | ",
        "gs://a              | ",
        "C:\\x               | ",
    })
    void uris(String uri, Path expected) {
        assertThat(LocalFiles.path(uri)).isEqualTo(expected);
        assertThat(LocalFiles.path("/a\0b")).isNull();
    }

    @Test
    void invalidUtf8IsShownAllTheSame() throws Exception {
        Path file = Files.write(path.resolve("latin"), "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(((ArtifactView.Text) views(file, "").get(0)).text()).isEqualTo("caf\ufffd");
    }
}
