package io.jenkins.plugins.kubeflow.engine.task;

import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a step finds an artifact: the SDK's own mapping from URIs to paths (kfp.md 2.6); any other URI is its own path. */
public final class ArtifactPaths {
    private static final Pattern SCHEME = Pattern.compile("^(gs|s3|minio|oci|file)://(.*)$", Pattern.DOTALL);

    private ArtifactPaths() {}

    public static String path(String uri) {
        Matcher scheme = SCHEME.matcher(uri);
        if (!scheme.matches()) {
            return uri;
        }
        String rest = scheme.group(2);
        return switch (scheme.group(1)) {
            case "gs" -> "/gcs/" + rest;
            case "oci" -> "/oci/" + rest.replace('/', '_') + "/models";
            case "file" -> rest.startsWith("/") ? rest : "/" + rest;
            default -> "/" + scheme.group(1) + "/" + rest;
        };
    }

    /** The path of an artifact in a task of this run: workspace and custom paths count. */
    public static String path(Artifact artifact, RunContext run) {
        if (artifact.customPath() != null && !artifact.customPath().isEmpty()) {
            return artifact.customPath();
        }
        if (artifact.metadata().path("_kfp_workspace").asBoolean()) {
            String local = path(artifact.uri());
            return run.workspacePath() + "/.artifacts" + (local.startsWith("/") ? local : "/" + local);
        }
        return path(artifact.uri());
    }
}
