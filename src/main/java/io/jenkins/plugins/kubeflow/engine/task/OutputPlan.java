package io.jenkins.plugins.kubeflow.engine.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.ir.ComponentSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a task's outputs go, decided by the runner before the task starts: a file per output parameter, a URI per output artifact,
 * and the executor's output file.
 */
public record OutputPlan(Map<String, String> parameterFiles, Map<String, List<Artifact>> artifacts, String outputFile) {

    /**
     * @param parameterDirectory directory of the parameters' files
     * @param artifactRoot URI or path below which each artifact gets its own name
     */
    public static OutputPlan provision(
            ComponentSpec component, String parameterDirectory, String artifactRoot, String outputFile) {
        Map<String, String> files = new LinkedHashMap<>();
        component.outputParameters().keySet().forEach(name -> files.put(name, parameterDirectory + "/" + fileName(name)));
        Map<String, List<Artifact>> artifacts = new LinkedHashMap<>();
        component.outputArtifacts().forEach((name, spec) -> artifacts.put(name, spec.list() ? List.of() : List.of(new Artifact(
                name,
                spec.schemaTitle() == null ? "" : spec.schemaTitle(),
                spec.instanceSchema(),
                spec.schemaVersion(),
                artifactRoot + "/" + fileName(name),
                (ObjectNode) spec.metadata().deepCopy(),
                null))));
        return new OutputPlan(files, artifacts, outputFile);
    }

    /** Names come from YAML: none of them may lead out of the directory. */
    static String fileName(String name) {
        String safe = name.replaceAll("[/\\\\\\x00-\\x1f]", "_");
        return safe.equals(".") || safe.equals("..") ? safe.replace('.', '_') : safe;
    }
}
