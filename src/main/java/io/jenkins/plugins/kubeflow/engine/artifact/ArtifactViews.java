package io.jenkins.plugins.kubeflow.engine.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.store.ArtifactStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What there is to see of an artifact: from its metadata, and from its file when that is local. Never fails: what cannot be read is a
 * {@link ArtifactView.Problem}. Reads files; call on a thread that may.
 */
public final class ArtifactViews {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ArtifactViews() {}

    public static List<ArtifactView> of(Artifact artifact) {
        return of(artifact, LocalFiles::path);
    }

    /** @param files the local file of a URI, or null for one that must not be read */
    public static List<ArtifactView> of(Artifact artifact, Function<String, Path> files) {
        return of(artifact, files, ArtifactStore.NONE);
    }

    /** @param store what is read besides, over the network */
    public static List<ArtifactView> of(Artifact artifact, Function<String, Path> files, ArtifactStore store) {
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
            addFile(artifact, files, store, views);
        } catch (RuntimeException e) {
            views.add(new ArtifactView.Problem("cannot be shown: " + e.getMessage()));
        }
        return views;
    }

    /** The media type of a file that is shown as a picture, by its name or beginning; null for any other. */
    public static String imageType(String name, byte[] head) {
        return FileViews.image(name.toLowerCase(Locale.ROOT), head);
    }

    /** What there is to see of one file or directory. */
    public static List<ArtifactView> ofFile(Path path, String type, Function<String, Path> files) {
        try {
            return withLegacy(FileViews.of(path, type), files);
        } catch (IOException | RuntimeException e) {
            return List.of(new ArtifactView.Problem("cannot be shown: " + e.getMessage()));
        }
    }

    /** What there is to see of a file or directory of a store. */
    public static List<ArtifactView> ofStored(String uri, String type, Function<String, Path> files, ArtifactStore store) {
        try {
            ArtifactView view = StoredViews.of(uri, type, store);
            return view == null ? List.of() : withLegacy(view, files);
        } catch (IOException | RuntimeException e) {
            return List.of(new ArtifactView.Problem("cannot be shown: " + e.getMessage()));
        }
    }

    private static List<ArtifactView> withLegacy(ArtifactView view, Function<String, Path> files) {
        List<ArtifactView> legacy = view instanceof ArtifactView.Json json ? LegacyViews.of(json.value(), files) : null;
        return legacy == null ? List.of(view) : legacy;
    }

    private static void addFile(Artifact artifact, Function<String, Path> files, ArtifactStore store, List<ArtifactView> views) {
        if (store.holds(artifact.uri())) {
            views.addAll(ofStored(artifact.uri(), artifact.type(), files, store));
            if (views.isEmpty() && artifact.metadata().isEmpty()) {
                views.add(new ArtifactView.Problem("there is nothing at ‘" + artifact.uri() + "’"));
            }
            return;
        }
        Path named = LocalFiles.path(artifact.uri());
        Path path = files.apply(artifact.uri());
        if (named == null) {
            views.add(new ArtifactView.Link(artifact.uri()));
        } else if (path != null && Files.exists(path)) {
            views.addAll(ofFile(path, artifact.type(), files));
        } else if (path == null && Files.exists(named)) {
            views.add(new ArtifactView.Problem("‘" + artifact.uri() + "’ is not a file of a run; it is not shown here"));
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
