package io.jenkins.plugins.kubeflow.engine.report;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * How a file of strangers goes over HTTP: a few kinds of images as such, everything else as a download, and never as a page of the
 * server that it comes from.
 */
public record ServedFile(String contentType, String disposition) {
    /** For both: sandboxed without scripts, forms and an origin, should a browser open it by itself after all. */
    public static final String POLICY = "sandbox; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'";

    /** What cannot carry scripts; SVG can and is let in only because of the policy, for {@code <img>}, which runs none. */
    private static final Map<String, String> IMAGES = Map.of(
            "png", "image/png", "jpg", "image/jpeg", "jpeg", "image/jpeg", "gif", "image/gif", "webp", "image/webp", "svg", "image/svg+xml");

    /** @param image whether the page asks for it as the source of an image */
    public static ServedFile of(Path file, boolean image) {
        String name = file.getFileName().toString();
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (image) {
            return new ServedFile(IMAGES.getOrDefault(ending, "image/png"), "inline");
        }
        return new ServedFile("application/octet-stream", "attachment; filename=\"" + name.replaceAll("[^A-Za-z0-9._-]", "_") + "\"");
    }
}
