package io.jenkins.plugins.kubeflow.engine.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code mlpipeline-ui-metadata} and {@code mlpipeline-metrics} of KFP v1. */
class LegacyViewsTest {
    @TempDir
    Path path;

    private List<ArtifactView> views(String json) throws Exception {
        Path file = Files.writeString(path.resolve("mlpipeline-ui-metadata"), json);
        return ArtifactViews.of(new Artifact("a", "system.Artifact", null, "", file.toString(), Json.MAPPER.createObjectNode(), null));
    }

    private List<ArtifactView> output(String fields, String source) throws Exception {
        return views("{\"outputs\": [{" + fields + ", \"source\": " + Json.MAPPER.writeValueAsString(source) + "}]}");
    }

    @Test
    void everyInlineForm() throws Exception {
        assertThat(output("\"type\": \"markdown\", \"storage\": \"inline\"", "*x*<b>")).containsExactly(
                new ArtifactView.Markdown("<p><em>x</em>&lt;b&gt;</p>\n", 6, false));
        assertThat(output("\"type\": \"web-app\", \"storage\": \"inline\"", "<b>x</b>")).containsExactly(new ArtifactView.Html("<b>x</b>", 8, false));
        assertThat(output("\"type\": \"table\", \"storage\": \"inline\", \"header\": [\"a\", \"b\"]", "1,2\n3,4")).containsExactly(
                new ArtifactView.Table(List.of("a", "b"), List.of(List.of("1", "2"), List.of("3", "4")), false));
        assertThat(output("\"type\": \"table\", \"storage\": \"inline\"", "a,b\n3,4")).containsExactly(
                new ArtifactView.Table(List.of("a", "b"), List.of(List.of("3", "4")), false));
        assertThat(output("\"type\": \"confusion_matrix\", \"storage\": \"inline\", \"labels\": [\"x\", \"y\"]", "x,x,3\ny,x,1\ny,y,5")).containsExactly(
                new ArtifactView.ConfusionMatrix(List.of("x", "y"), List.of(List.of(3.0, 0.0), List.of(1.0, 5.0))));
        assertThat(output("\"type\": \"roc\", \"storage\": \"inline\"", "0,0,inf\n0.5,1,0.25".replace("inf", "Infinity"))).containsExactly(
                new ArtifactView.Roc(List.of(new ArtifactView.RocPoint(null, 0, 0), new ArtifactView.RocPoint(0.25, 0.5, 1))));
        assertThat(output("\"type\": \"tensorboard\"", "gs://logs")).containsExactly(new ArtifactView.Link("gs://logs"));
    }

    @Test
    void aLongTableSaysThatItHasMore() throws Exception {
        ArtifactView.Table table = (ArtifactView.Table) output(
                "\"type\": \"table\", \"storage\": \"inline\", \"header\": [\"a\"]", "1\n".repeat(1001)).get(0);
        assertThat(table.rows()).hasSize(1000);
        assertThat(table.truncated()).isTrue();
        Path csv = Files.writeString(path.resolve("long.csv"), "x".repeat(300).concat("\n").repeat(900));
        ArtifactView.Table cut = (ArtifactView.Table) output("\"type\": \"table\", \"header\": [\"a\"]", csv.toString()).get(0);
        assertThat(cut.truncated()).isTrue();
        assertThat(cut.rows()).hasSizeBetween(800, 899).allSatisfy(row -> assertThat(row.get(0)).hasSize(300));
    }

    @Test
    void aSourceInAFileOfTheRun() throws Exception {
        Path csv = Files.writeString(path.resolve("data.csv"), "a,b\n1,2\n");
        assertThat(output("\"type\": \"table\"", csv.toString())).singleElement().isInstanceOf(ArtifactView.Table.class);
        assertThat(ArtifactViews.ofFile(Files.writeString(path.resolve("m"),
                        "{\"outputs\": [{\"type\": \"web-app\", \"source\": \"" + csv + "\"}]}"), "", uri -> null))
                .containsExactly(new ArtifactView.Problem("‘web-app’ of mlpipeline-ui-metadata cannot be read: ‘" + csv + "’ is not a file here"));
    }

    @Test
    void metrics() throws Exception {
        assertThat(ArtifactViews.json(views("{\"metrics\": [{\"name\": \"auc\", \"numberValue\": 0.9, \"format\": \"RAW\"}]}")).toString())
                .isEqualTo("[{\"kind\":\"scalarMetrics\",\"metrics\":[{\"name\":\"auc\",\"value\":0.9}]}]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "dance            | x       | unknown type ‘dance’",
        "confusion_matrix | x,y     | rows of target, predicted, count",
        "confusion_matrix | x,y,z   | cannot be read",
        "roc              | 1       | rows of fpr, tpr, threshold",
        "roc              | a,b,c   | cannot be read",
    })
    void whatIsWrongIsSaid(String type, String source, String problem) throws Exception {
        assertThat(output("\"storage\": \"inline\", \"type\": \"" + type + "\"", source)).singleElement().isInstanceOfSatisfying(
                ArtifactView.Problem.class, view -> assertThat(view.sentence()).contains(problem));
    }

    @Test
    void aMatrixOfTooManyClassesIsNotDrawn() throws Exception {
        String csv = IntStream.range(0, 10_000).mapToObj(i -> "a" + i + ",b" + i + ",1").collect(Collectors.joining("\n"));
        assertThat(output("\"type\": \"confusion_matrix\", \"storage\": \"inline\"", csv)).containsExactly(
                new ArtifactView.Problem("a confusion matrix of 20000 classes is too large to show; at most 500"));
    }
}
