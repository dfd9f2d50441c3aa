package io.jenkins.plugins.kubeflow.engine.pod.manifest;

import java.util.Locale;

/** Names of volumes: at most 63 characters of a DNS label, while secrets, config maps and claims may have longer ones with dots. */
final class VolumeNames {
    private VolumeNames() {}

    static String of(String name) {
        String label = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-").replaceAll("^-+|-+$", "");
        if (label.equals(name) && name.length() <= 63) {
            return name;
        }
        String digest = Integer.toHexString(name.hashCode());
        return (label.length() > 50 ? label.substring(0, 50) : label.isEmpty() ? "volume" : label) + "-" + digest;
    }
}
