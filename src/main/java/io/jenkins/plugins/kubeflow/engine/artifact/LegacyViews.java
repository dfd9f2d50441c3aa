package io.jenkins.plugins.kubeflow.engine.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;

/** The files of KFP v1: {@code mlpipeline-ui-metadata} and {@code mlpipeline-metrics} (kfp.md 5.4). */
final class LegacyViews {
    private static final int CLASSES = 500;

    private LegacyViews() {}

    /** Null when the JSON is neither of the two. */
    static List<ArtifactView> of(JsonNode json, Function<String, Path> files) {
        if (json.path("outputs").isArray() && json.path("outputs").path(0).has("type")) {
            List<ArtifactView> views = new ArrayList<>();
            json.get("outputs").forEach(output -> views.add(output(output, files)));
            return views;
        }
        if (json.path("metrics").isArray() && json.path("metrics").path(0).has("numberValue")) {
            List<ArtifactView.Metric> metrics = new ArrayList<>();
            json.get("metrics").forEach(m -> metrics.add(new ArtifactView.Metric(m.path("name").asText(), m.path("numberValue"))));
            return List.of(new ArtifactView.ScalarMetrics(metrics));
        }
        return null;
    }

    private static ArtifactView output(JsonNode output, Function<String, Path> files) {
        String type = output.path("type").asText();
        String source = output.path("source").asText();
        try {
            return switch (type) {
                case "markdown" -> {
                    Content text = content(output, source, files, FileViews.HEAD);
                    yield FileViews.markdown(text.text(), text.size(), text.truncated());
                }
                case "web-app" -> {
                    Content page = content(output, source, files, FileViews.PAGE_HEAD);
                    yield new ArtifactView.Html(page.text(), page.size(), page.truncated());
                }
                case "table" -> table(output, content(output, source, files, FileViews.HEAD));
                case "confusion_matrix" -> confusion(output, content(output, source, files, FileViews.PAGE_HEAD).text());
                case "roc" -> roc(output, content(output, source, files, FileViews.PAGE_HEAD).text());
                case "tensorboard" -> new ArtifactView.Link(source);
                default -> new ArtifactView.Problem("unknown type ‘" + type + "’ in mlpipeline-ui-metadata");
            };
        } catch (IOException | NumberFormatException e) {
            return new ArtifactView.Problem("‘" + type + "’ of mlpipeline-ui-metadata cannot be read: " + e.getMessage());
        }
    }

    /** The text of a file, or its beginning. */
    private record Content(String text, long size, boolean truncated) {}

    private static Content content(JsonNode output, String source, Function<String, Path> files, int most) throws IOException {
        if (output.path("storage").asText().equals("inline")) {
            return new Content(source, source.length(), false);
        }
        Path path = files.apply(source);
        if (path == null || !Files.isRegularFile(path)) {
            throw new IOException("‘" + source + "’ is not a file here");
        }
        try (InputStream in = Files.newInputStream(path)) {
            long size = Files.size(path);
            return new Content(new String(in.readNBytes(most), StandardCharsets.UTF_8), size, size > most);
        }
    }

    private static ArtifactView table(JsonNode output, Content csv) {
        List<String> header = new ArrayList<>();
        output.path("header").forEach(h -> header.add(h.asText()));
        if (header.isEmpty()) {
            return FileViews.table(csv.text(), ',', csv.truncated());
        }
        List<List<String>> rows = Csv.rows(csv.text(), ',', FileViews.ROWS + 1);
        boolean more = rows.size() > FileViews.ROWS;
        int torn = csv.truncated() && !more && !rows.isEmpty() ? 1 : 0;
        return new ArtifactView.Table(header, List.copyOf(rows.subList(0, more ? FileViews.ROWS : rows.size() - torn)), more || csv.truncated());
    }

    /** Rows of target, predicted, count. */
    private static ArtifactView confusion(JsonNode output, String csv) {
        LinkedHashSet<String> labels = new LinkedHashSet<>();
        output.path("labels").forEach(l -> labels.add(l.asText()));
        List<List<String>> rows = Csv.rows(csv, ',', 100_000);
        rows.forEach(row -> {
            labels.add(row.get(0));
            if (row.size() > 1) {
                labels.add(row.get(1));
            }
        });
        if (labels.size() > CLASSES) {
            return new ArtifactView.Problem("a confusion matrix of " + labels.size() + " classes is too large to show; at most " + CLASSES);
        }
        List<String> names = List.copyOf(labels);
        double[][] counts = new double[names.size()][names.size()];
        for (List<String> row : rows) {
            if (row.size() < 3) {
                return new ArtifactView.Problem("a confusion matrix needs rows of target, predicted, count");
            }
            counts[names.indexOf(row.get(0))][names.indexOf(row.get(1))] = Double.parseDouble(row.get(2).trim());
        }
        List<List<Double>> cells = new ArrayList<>();
        for (double[] row : counts) {
            cells.add(java.util.Arrays.stream(row).boxed().toList());
        }
        return new ArtifactView.ConfusionMatrix(names, cells);
    }

    /** Rows of fpr, tpr, threshold. */
    private static ArtifactView roc(JsonNode output, String csv) {
        List<ArtifactView.RocPoint> points = new ArrayList<>();
        for (List<String> row : Csv.rows(csv, ',', 100_000)) {
            if (row.size() < 2) {
                return new ArtifactView.Problem("a ROC curve needs rows of fpr, tpr, threshold");
            }
            double threshold = row.size() > 2 ? Double.parseDouble(row.get(2).trim()) : Double.NaN;
            points.add(new ArtifactView.RocPoint(
                    Double.isFinite(threshold) ? (Double) threshold : null,
                    Double.parseDouble(row.get(0).trim()),
                    Double.parseDouble(row.get(1).trim())));
        }
        return new ArtifactView.Roc(points);
    }
}
