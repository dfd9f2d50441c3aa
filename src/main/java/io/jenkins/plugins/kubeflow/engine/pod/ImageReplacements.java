package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.api.model.Container;
import java.util.List;
import java.util.Map;

/**
 * The administrator's choice of other images: one with the Python packages that components ask for in place of a bare one, a mirror in
 * place of a registry. The key is an image, or ends with {@code *}; a {@code *} at the end of the value takes what the other stood for.
 * The first that matches counts. What a component is cached under does not change.
 */
final class ImageReplacements {
    private ImageReplacements() {}

    static String of(PodOptions options, String image) {
        for (Map.Entry<String, String> entry : options.images().entrySet()) {
            String from = entry.getKey();
            String to = entry.getValue();
            if (from.equals(image)) {
                return to;
            } else if (from.endsWith("*") && image.startsWith(from.substring(0, from.length() - 1))) {
                return to.endsWith("*") ? to.substring(0, to.length() - 1) + image.substring(from.length() - 1) : to;
            }
        }
        return image;
    }

    static void apply(PodOptions options, List<Container> containers) {
        containers.forEach(container -> container.setImage(container.getImage() == null ? null : of(options, container.getImage())));
    }
}
