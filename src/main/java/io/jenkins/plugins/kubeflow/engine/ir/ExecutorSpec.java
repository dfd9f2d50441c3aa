package io.jenkins.plugins.kubeflow.engine.ir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** How a component without a DAG is carried out. */
public sealed interface ExecutorSpec {
    String label();

    /**
     * A container. All strings may hold placeholders. {@code resources} is the IR's resources object as written (empty when absent);
     * {@code document} is the container object as written.
     */
    record Container(
            String label,
            String image,
            List<String> command,
            List<String> args,
            Map<String, String> env,
            ObjectNode resources,
            ObjectNode document)
            implements ExecutorSpec {}

    /**
     * Brings an existing artifact into the run. Exactly one of {@code constantUri} and {@code uriParameter} (the name of an input of
     * the task) is non-null. {@code metadata} may hold placeholders in keys and values.
     */
    record Importer(
            String label,
            String constantUri,
            String uriParameter,
            ArtifactSpec type,
            ObjectNode metadata,
            boolean reimport,
            boolean downloadToWorkspace)
            implements ExecutorSpec {}
}
