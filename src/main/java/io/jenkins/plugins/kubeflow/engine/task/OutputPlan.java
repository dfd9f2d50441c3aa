package io.jenkins.plugins.kubeflow.engine.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.ir.ComponentSpec;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Where a task's outputs go, decided by the runner before the task starts: a file per output parameter, a URI per output artifact,
 * and the executor's output file.
 */
public record OutputPlan(Map<String, String> parameterFiles, Map<String, List<Artifact>> artifacts, String outputFile) {
    /** Bytes of a file name; file systems end at 255. */
    private static final int LONGEST = 200;

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

    /**
     * Names come from YAML: none of them may lead out of the directory or be too long for a file. A name that had to be changed carries
     * a hash of the whole, so that two names never share a file.
     */
    static String fileName(String name) {
        String safe = name.replaceAll("[/\\\\\\x00-\\x1f]", "_");
        if (safe.equals(".") || safe.equals("..")) {
            safe = safe.replace('.', '_');
        }
        if (safe.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            safe = safe.codePoints().limit(LONGEST / 4).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        }
        return safe.equals(name) ? name : safe + "-" + HexFormat.of().toHexDigits(hash(name));
    }

    private static long hash(String name) {
        CRC32 low = new CRC32();
        low.update(name.getBytes(StandardCharsets.UTF_8));
        return (long) name.hashCode() << 32 | low.getValue();
    }
}
