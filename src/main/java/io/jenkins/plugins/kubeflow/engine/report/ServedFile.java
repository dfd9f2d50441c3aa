package io.jenkins.plugins.kubeflow.engine.report;

import io.jenkins.plugins.kubeflow.engine.artifact.ArtifactViews;
import java.io.IOException;

/**
 * How a file of strangers goes over HTTP: a few kinds of images as such, everything else as a download, and never as a page of the
 * server that it comes from.
 */
public record ServedFile(String contentType, String disposition) {
    /** For both: sandboxed without scripts, forms and an origin, should a browser open it by itself after all. */
    public static final String POLICY = "sandbox; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'";

    /** @param image whether the page asks for it as the source of an image; SVG is let in because in {@code <img>} it runs no scripts */
    public static ServedFile of(ShownFile file, boolean image) throws IOException {
        String name = file.name();
        String type = image ? ArtifactViews.imageType(name, file.head()) : null;
        if (type != null) {
            return new ServedFile(type, "inline");
        }
        return new ServedFile("application/octet-stream", "attachment; filename=\"" + name.replaceAll("[^A-Za-z0-9._-]", "_") + "\"");
    }
}
