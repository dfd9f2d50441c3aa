package io.jenkins.plugins.kubeflow.engine.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What there is to see of an artifact: from its metadata, and from its file when that is local. Never fails: what cannot be read is a
 * {@link ArtifactView.Problem}. Reads files; call on a thread that may.
 */
public final class ArtifactViews {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ArtifactViews() {}

    public static List<ArtifactView> of(Artifact artifact) {
        List<ArtifactView> views = new ArrayList<>();
        try {
            switch (artifact.type()) {
                case "system.Metrics" -> views.add(MetricsViews.scalars(artifact.metadata()));
                case "system.ClassificationMetrics" -> views.addAll(MetricsViews.classification(artifact.metadata()));
                case "system.SlicedClassificationMetrics" -> views.add(MetricsViews.sliced(artifact.metadata()));
                default -> {
                    // the file says what it is
                }
            }
            addFile(artifact, views);
        } catch (IOException | RuntimeException e) {
            views.add(new ArtifactView.Problem("cannot be shown: " + e.getMessage()));
        }
        return views;
    }

    private static void addFile(Artifact artifact, List<ArtifactView> views) throws IOException {
        Path path = LocalFiles.path(artifact.uri());
        if (path == null) {
            views.add(new ArtifactView.Link(artifact.uri()));
        } else if (Files.exists(path)) {
            ArtifactView view = FileViews.of(path, artifact.type());
            List<ArtifactView> legacy = view instanceof ArtifactView.Json json ? LegacyViews.of(json.value()) : null;
            if (legacy != null) {
                views.addAll(legacy);
            } else {
                views.add(view);
            }
        } else if (views.isEmpty() && artifact.metadata().isEmpty()) {
            views.add(new ArtifactView.Problem("the step did not write ‘" + artifact.uri() + "’"));
        }
    }

    /** As {@code [{"kind": …, …}]}. */
    public static ArrayNode json(List<ArtifactView> views) {
        ArrayNode list = JSON.createArrayNode();
        for (ArtifactView view : views) {
            ObjectNode node = list.addObject().put("kind", view.kind());
            JsonNode fields = JSON.valueToTree(view);
            node.setAll((ObjectNode) fields);
        }
        return list;
    }
}
