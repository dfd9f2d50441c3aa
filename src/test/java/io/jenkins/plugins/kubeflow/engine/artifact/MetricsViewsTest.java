package io.jenkins.plugins.kubeflow.engine.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Metrics have no file: all there is to see is in the metadata, which any step may write as it likes. */
class MetricsViewsTest {
    private static List<ArtifactView> views(String type, String metadata) throws Exception {
        ObjectNode json = (ObjectNode) new ObjectMapper().readTree(metadata);
        return ArtifactViews.of(new Artifact("m", type, null, "0.0.1", "/nowhere/at/all", json, null));
    }

    private static String json(String type, String metadata) throws Exception {
        return ArtifactViews.json(views(type, metadata)).toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"auc\": 0.5}                          | [{\"name\":\"auc\",\"value\":0.5}]",
        "{\"auc\": 1, \"note\": \"good\"}        | [{\"name\":\"auc\",\"value\":1},{\"name\":\"note\",\"value\":\"good\"}]",
        "{\"display_name\": \"m\", \"auc\": 1}   | [{\"name\":\"auc\",\"value\":1}]",
        "{\"store_session_info\": 1, \"a\": 1}   | [{\"name\":\"a\",\"value\":1}]",
        "{\"nested\": {\"a\": 1, \"b\": 2}, \"a\": true} | [{\"name\":\"a\",\"value\":true}]",
        "{\"a\": null}                           | [{\"name\":\"a\",\"value\":null}]",
        "{\"<b>\": \"<script>\"}                 | [{\"name\":\"<b>\",\"value\":\"<script>\"}]",
    })
    void scalars(String metadata, String metrics) throws Exception {
        assertThat(json("system.Metrics", metadata)).isEqualTo("[{\"kind\":\"scalarMetrics\",\"metrics\":" + metrics + "}]");
    }

    @Test
    void confusionMatrixAndRoc() throws Exception {
        String metadata = "{\"confusionMatrix\": {\"annotationSpecs\": [{\"displayName\": \"cat\"}, {\"displayName\": \"dog\"}],"
                + " \"rows\": [{\"row\": [3, 1]}, {\"row\": [0, 4]}]},"
                + " \"confidenceMetrics\": [{\"confidenceThreshold\": \"Infinity\", \"falsePositiveRate\": 0, \"recall\": 0},"
                + " {\"confidenceThreshold\": 0.5, \"falsePositiveRate\": 0.25, \"recall\": 1}]}";
        assertThat(views("system.ClassificationMetrics", metadata)).containsExactly(
                new ArtifactView.ConfusionMatrix(List.of("cat", "dog"), List.of(List.of(3.0, 1.0), List.of(0.0, 4.0))),
                new ArtifactView.Roc(List.of(new ArtifactView.RocPoint(null, 0, 0), new ArtifactView.RocPoint(0.5, 0.25, 1))));
    }

    /** The SDK wraps values on some ways in {@code struct} and {@code list}. */
    @Test
    void wrappedValues() throws Exception {
        String metadata = "{\"confusionMatrix\": {\"struct\": {\"annotationSpecs\": {\"list\": [{\"displayName\": \"a\"}]}, \"rows\": [{\"row\": {\"list\": [7]}}]}},"
                + " \"confidenceMetrics\": {\"list\": [{\"struct\": {\"confidenceThreshold\": 0.1, \"recall\": 0.2}}]}}";
        assertThat(views("system.ClassificationMetrics", metadata)).containsExactly(
                new ArtifactView.ConfusionMatrix(List.of("a"), List.of(List.of(7.0))),
                new ArtifactView.Roc(List.of(new ArtifactView.RocPoint(0.1, 0, 0.2))));
    }

    @Test
    void slices() throws Exception {
        String metadata = "{\"evaluationSlices\": [{\"slice\": \"young\", \"sliceClassificationMetrics\": {\"precision\": 0.5,"
                + " \"confusionMatrix\": {\"annotationSpecs\": [{\"displayName\": \"a\"}], \"rows\": [{\"row\": [1]}]}}}, {\"slice\": \"old\"}]}";
        assertThat(views("system.SlicedClassificationMetrics", metadata)).singleElement().isInstanceOfSatisfying(ArtifactView.SlicedMetrics.class, view -> {
            assertThat(view.slices()).extracting(ArtifactView.Slice::slice).containsExactly("young", "old");
            assertThat(view.slices().get(0).confusionMatrix().labels()).containsExactly("a");
            assertThat(view.slices().get(0).metrics()).extracting(ArtifactView.Metric::name).containsExactly("precision");
            assertThat(view.slices().get(1).metrics()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "system.ClassificationMetrics | {\"confusionMatrix\": 1} | a confusion matrix of 0 classes",
        "system.ClassificationMetrics | {\"confusionMatrix\": {\"annotationSpecs\": [{\"displayName\": \"a\"}], \"rows\": []}} | has 0 rows",
        "system.ClassificationMetrics | {\"confusionMatrix\": {\"annotationSpecs\": [{\"displayName\": \"a\"}], \"rows\": [{\"row\": [1, 2]}]}} | as many rows and columns",
        "system.ClassificationMetrics | {\"confusionMatrix\": {\"annotationSpecs\": \"x\", \"rows\": {\"a\": null}}} | a confusion matrix of 0 classes",
        "system.ClassificationMetrics | {\"confidenceMetrics\": \"x\"} | is not a list",
        "system.SlicedClassificationMetrics | {\"evaluationSlices\": {}} | sliced metrics without ‘evaluationSlices’",
        "system.SlicedClassificationMetrics | {} | sliced metrics without ‘evaluationSlices’",
        "system.Model | {} | the step did not write ‘/nowhere/at/all’",
    })
    void whatIsWrongIsSaid(String type, String metadata, String problem) throws Exception {
        assertThat(views(type, metadata)).singleElement().isInstanceOfSatisfying(
                ArtifactView.Problem.class, view -> assertThat(view.sentence()).contains(problem));
    }
}
