package io.jenkins.plugins.kubeflow.engine.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.ir.ArtifactSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ExecutorSpec;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult.Outcome;
import io.jenkins.plugins.kubeflow.engine.run.Importing;
import io.jenkins.plugins.kubeflow.engine.store.ArtifactStore;
import io.jenkins.plugins.kubeflow.engine.store.StoreDownload;
import io.jenkins.plugins.kubeflow.engine.task.ArtifactPaths;
import io.jenkins.plugins.kubeflow.engine.task.Placeholders;
import io.jenkins.plugins.kubeflow.engine.task.TaskOutputs;
import io.jenkins.plugins.kubeflow.engine.task.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Importer tasks (kfp.md 2.13): makes an artifact of a URI, never copies data but into the workspace. A URI that neither this machine nor
 * the store knows is only a reference; asking to copy it into the workspace is an error here. {@code reimport} makes no difference:
 * an artifact is its URI, type and metadata, so an equal one is the same one, and what has changed at the URI shows in what reads it.
 */
public final class LocalImporting implements Importing {
    private final ArtifactStore store;

    public LocalImporting() {
        this(ArtifactStore.NONE);
    }

    /** @param store whose artifacts can be looked for, and copied into a workspace of this machine */
    public LocalImporting(ArtifactStore store) {
        this.store = store;
    }

    @Override
    public boolean isAbsent(Artifact artifact) {
        try {
            return store.holds(artifact.uri()) ? store.find(artifact.uri()) == null : Importing.super.isAbsent(artifact);
        } catch (IOException unknown) {
            return false;
        }
    }

    @Override
    public AttemptResult run(Request request) {
        ExecutorSpec.Importer importer = request.executor();
        String uri = uri(request);
        if (uri == null || uri.isBlank()) {
            return failed("has no URI: input ‘" + importer.uriParameter() + "’ is empty");
        }
        String unresolvable = Placeholders.unresolvable(uri);
        if (unresolvable != null) {
            return failed("its URI " + unresolvable);
        }
        Map.Entry<String, ArtifactSpec> output = output(request);
        ArtifactSpec type = importer.type().schemaTitle() == null || importer.type().schemaTitle().isEmpty() && importer.type().instanceSchema() == null
                ? output.getValue()
                : importer.type();
        if (uri.startsWith("oci://") && !"system.Model".equals(type.schemaTitle())) {
            return failed("oci:// URIs can only be imported as system.Model, not as " + type.schemaTitle());
        }
        Path local = LocalFiles.path(uri);
        if (local != null && !LocalFiles.mayImport(request.directory().path(), local)) {
            return failed("may not import ‘" + uri + "’: it is a file of this machine that is not an artifact of a run within reach");
        }
        ObjectNode metadata = (ObjectNode) Values.normalize(Placeholders.resolveInValue(
                importer.metadata(), request.inputs(), request.run(), request.taskKey()));
        if (importer.downloadToWorkspace()) {
            String problem = copy(uri, request);
            if (problem != null) {
                return failed(problem);
            }
            metadata = metadata.deepCopy().put("_kfp_workspace", true);
        }
        Artifact artifact = new Artifact(
                output.getKey(),
                type.schemaTitle() == null ? "" : type.schemaTitle(),
                type.instanceSchema(),
                type.schemaVersion(),
                uri,
                metadata,
                null);
        return AttemptResult.succeeded(new TaskOutputs(Map.of(), Map.of(output.getKey(), List.of(artifact))));
    }

    private static String uri(Request request) {
        ExecutorSpec.Importer importer = request.executor();
        if (importer.uriParameter() == null) {
            JsonNode constant = com.fasterxml.jackson.databind.node.TextNode.valueOf(importer.constantUri());
            return Values.text(Placeholders.resolveInValue(constant, request.inputs(), request.run(), request.taskKey()));
        }
        JsonNode value = request.inputs().parameters().get(importer.uriParameter());
        return value == null ? null : Values.text(value);
    }

    private static Map.Entry<String, ArtifactSpec> output(Request request) {
        return request.component().outputArtifacts().entrySet().stream()
                .findFirst()
                .orElse(Map.entry("artifact", request.executor().type()));
    }

    private String copy(String uri, Request request) {
        Path source = LocalFiles.path(uri);
        if (store.holds(uri)) {
            return download(uri, request);
        }
        if (source == null) {
            return "cannot copy ‘" + uri + "’ into the workspace: only local paths and file:// URIs can be read here";
        }
        if (!Files.exists(source)) {
            return "cannot copy ‘" + uri + "’ into the workspace: there is no such file";
        }
        String local = ArtifactPaths.path(uri);
        Path workspace = Path.of(request.run().workspacePath(), ".artifacts").normalize();
        Path target = workspace.resolve(local.startsWith("/") ? local.substring(1) : local).normalize();
        if (!target.startsWith(workspace)) {
            return "cannot copy ‘" + uri + "’ into the workspace: its path leads out of it";
        }
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(LocalFiles::mayRead).toList()) {
                Path to = target.resolve(source.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.createDirectories(to.getParent());
                    Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
                }
            }
            return null;
        } catch (IOException e) {
            return "cannot copy ‘" + uri + "’ into the workspace: " + e.getMessage();
        }
    }

    private String download(String uri, Request request) {
        Path workspace = Path.of(request.run().workspacePath(), ".artifacts").normalize();
        try {
            if (!StoreDownload.to(workspace.resolve(ArtifactPaths.path(uri).substring(1)).normalize(), uri, store)) {
                return "cannot copy ‘" + uri + "’ into the workspace: there is nothing at that place";
            }
            return null;
        } catch (IOException e) {
            return "cannot copy ‘" + uri + "’ into the workspace: " + e.getMessage();
        }
    }

    private static AttemptResult failed(String message) {
        return AttemptResult.failed(Outcome.USER_FAILED, null, message);
    }
}
