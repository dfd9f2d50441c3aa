package io.jenkins.plugins.kubeflow.engine.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Metrics that live in an artifact's metadata (kfp.md 5.4); values may be wrapped in {@code struct} and {@code list} objects. */
final class MetricsViews {
    private static final Set<String> HIDDEN = Set.of("display_name", "store_session_info");

    private MetricsViews() {}

    static ArtifactView scalars(ObjectNode metadata) {
        List<ArtifactView.Metric> metrics = new ArrayList<>();
        metadata.fields().forEachRemaining(field -> {
            JsonNode value = unwrap(field.getValue());
            if (!HIDDEN.contains(field.getKey()) && value.isValueNode()) {
                metrics.add(new ArtifactView.Metric(field.getKey(), value));
            }
        });
        return new ArtifactView.ScalarMetrics(metrics);
    }

    static List<ArtifactView> classification(ObjectNode metadata) {
        List<ArtifactView> views = new ArrayList<>();
        if (metadata.has("confusionMatrix")) {
            views.add(confusion(unwrap(metadata.get("confusionMatrix"))));
        }
        if (metadata.has("confidenceMetrics")) {
            views.add(roc(unwrap(metadata.get("confidenceMetrics"))));
        }
        return views;
    }

    static ArtifactView sliced(ObjectNode metadata) {
        JsonNode slices = unwrap(metadata.path("evaluationSlices"));
        if (!slices.isArray()) {
            return new ArtifactView.Problem("sliced metrics without ‘evaluationSlices’ in their metadata");
        }
        List<ArtifactView.Slice> list = new ArrayList<>();
        for (JsonNode slice : slices) {
            ObjectNode metrics = unwrap(unwrap(slice).path("sliceClassificationMetrics")) instanceof ObjectNode object
                    ? object
                    : com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
            ArtifactView.ConfusionMatrix matrix = null;
            ArtifactView.Roc roc = null;
            for (ArtifactView view : classification(metrics)) {
                if (view instanceof ArtifactView.ConfusionMatrix m) {
                    matrix = m;
                } else if (view instanceof ArtifactView.Roc r) {
                    roc = r;
                }
            }
            list.add(new ArtifactView.Slice(
                    unwrap(slice).path("slice").asText(),
                    ((ArtifactView.ScalarMetrics) scalars(metrics)).metrics(),
                    matrix,
                    roc));
        }
        return new ArtifactView.SlicedMetrics(list);
    }

    private static ArtifactView confusion(JsonNode matrix) {
        List<String> labels = new ArrayList<>();
        unwrap(matrix.path("annotationSpecs")).forEach(spec -> labels.add(unwrap(spec).path("displayName").asText()));
        List<List<Double>> rows = new ArrayList<>();
        for (JsonNode row : unwrap(matrix.path("rows"))) {
            List<Double> cells = new ArrayList<>();
            JsonNode values = unwrap(row);
            (values.isArray() ? values : unwrap(values.path("row"))).forEach(cell -> cells.add(cell.asDouble()));
            rows.add(cells);
        }
        if (labels.isEmpty() || rows.size() != labels.size() || rows.stream().anyMatch(row -> row.size() != labels.size())) {
            return new ArtifactView.Problem("a confusion matrix of " + labels.size() + " classes needs as many rows and columns, has "
                    + rows.size() + " rows");
        }
        return new ArtifactView.ConfusionMatrix(labels, rows);
    }

    private static ArtifactView roc(JsonNode list) {
        if (!list.isArray()) {
            return new ArtifactView.Problem("‘confidenceMetrics’ is not a list");
        }
        List<ArtifactView.RocPoint> points = new ArrayList<>();
        for (JsonNode entry : list) {
            JsonNode point = unwrap(entry);
            double threshold = point.path("confidenceThreshold").asDouble(Double.NaN);
            points.add(new ArtifactView.RocPoint(
                    Double.isFinite(threshold) ? (Double) threshold : null,
                    point.path("falsePositiveRate").asDouble(),
                    point.path("recall").asDouble()));
        }
        return new ArtifactView.Roc(points);
    }

    private static JsonNode unwrap(JsonNode value) {
        if (value.isObject() && value.size() == 1) {
            String only = value.fieldNames().next();
            if (only.equals("struct") || only.equals("list")) {
                return value.get(only);
            }
        }
        return value;
    }
}
