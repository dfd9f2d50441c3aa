package io.jenkins.plugins.kubeflow.engine.pod;

import java.util.List;

/** Which images are known to have a shell: patterns in which {@code *} stands for anything, matched with and without registry and digest. */
final class ShellImages {
    static final List<String> DEFAULT = List.of(
            "python", "python:*", "busybox", "busybox:*", "alpine", "alpine:*", "debian", "debian:*", "ubuntu", "ubuntu:*",
            "bash", "bash:*", "bitnami/*", "tensorflow/*", "pytorch/*", "nvidia/cuda*", "jupyter/*", "rocker/*", "r-base", "r-base:*");

    private ShellImages() {}

    static boolean has(List<String> patterns, String image) {
        int digest = image.indexOf('@');
        String name = withoutRegistry(digest < 0 ? image : image.substring(0, digest));
        return patterns.stream().anyMatch(pattern -> Wildcard.matches(pattern, image) || Wildcard.matches(pattern, name));
    }

    private static String withoutRegistry(String image) {
        int slash = image.indexOf('/');
        String first = slash < 0 ? "" : image.substring(0, slash);
        boolean registry = first.contains(".") || first.contains(":") || first.equals("localhost");
        String name = registry ? image.substring(slash + 1) : image;
        return name.startsWith("library/") ? name.substring("library/".length()) : name;
    }
}
