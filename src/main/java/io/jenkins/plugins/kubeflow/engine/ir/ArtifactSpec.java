package io.jenkins.plugins.kubeflow.engine.ir;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A declared input or output artifact. Either {@code schemaTitle} or {@code instanceSchema} is set; {@code metadata} is never null. */
public record ArtifactSpec(
        String schemaTitle,
        String instanceSchema,
        String schemaVersion,
        boolean list,
        boolean optional,
        ObjectNode metadata,
        String description) {}
