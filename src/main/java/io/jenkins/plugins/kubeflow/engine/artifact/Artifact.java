package io.jenkins.plugins.kubeflow.engine.artifact;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One artifact of a run, immutable by convention. {@code type} is the schema title (or "" with an {@code instanceSchema});
 * {@code customPath} is where the step itself wrote it, or null. {@code metadata} is never null and must not be changed.
 */
public record Artifact(
        String name, String type, String instanceSchema, String schemaVersion, String uri, ObjectNode metadata, String customPath) {}
