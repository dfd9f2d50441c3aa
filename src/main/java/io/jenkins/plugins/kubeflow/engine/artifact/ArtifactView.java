package io.jenkins.plugins.kubeflow.engine.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** An artifact as data for a page: what to draw, not how. {@code kind} names the form in JSON. */
public sealed interface ArtifactView {
    default String kind() {
        String name = getClass().getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    record Metric(String name, JsonNode value) {}

    record ScalarMetrics(List<Metric> metrics) implements ArtifactView {}

    /** Rows are the true classes, columns the predicted ones. */
    record ConfusionMatrix(List<String> labels, List<List<Double>> rows) implements ArtifactView {}

    /** {@code threshold} is null where it is infinite. */
    record RocPoint(Double threshold, double falsePositiveRate, double truePositiveRate) {}

    record Roc(List<RocPoint> points) implements ArtifactView {}

    record Slice(String slice, List<Metric> metrics, ConfusionMatrix confusionMatrix, Roc roc) {}

    record SlicedMetrics(List<Slice> slices) implements ArtifactView {}

    /** HTML of strangers: only for a sandboxed frame. {@code size} is that of the file. */
    record Html(String source, long size, boolean truncated) implements ArtifactView {}

    /** Rendered from Markdown, safe to show. */
    record Markdown(String html, long size, boolean truncated) implements ArtifactView {}

    record Table(List<String> columns, List<List<String>> rows, boolean truncated) implements ArtifactView {}

    record Json(JsonNode value) implements ArtifactView {}

    record Text(String text, long size, boolean truncated) implements ArtifactView {}

    record Image(String mediaType, long size) implements ArtifactView {}

    record Entry(String name, boolean directory, long size) {}

    record Directory(List<Entry> entries, boolean truncated) implements ArtifactView {}

    record Download(long size) implements ArtifactView {}

    record Link(String uri) implements ArtifactView {}

    /** The artifact is not what it says it is; the sentence says why. */
    record Problem(String sentence) implements ArtifactView {}
}
