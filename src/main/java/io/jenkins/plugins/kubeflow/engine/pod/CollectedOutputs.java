package io.jenkins.plugins.kubeflow.engine.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.run.TaskLaunch;
import io.jenkins.plugins.kubeflow.engine.task.OutputReader;
import io.jenkins.plugins.kubeflow.engine.task.TaskOutputs;
import io.jenkins.plugins.kubeflow.engine.task.ValueException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The files that an attempt sent home: parameters and the executor's output in the attempt's directory, artifacts at their place below
 * the run's pipeline root. Names come from a pod and are not trusted.
 */
final class CollectedOutputs {
    private final TaskLaunch launch;
    private final Step step;
    private final Path parameters;

    CollectedOutputs(TaskLaunch launch, Step step) {
        this.launch = launch;
        this.step = step;
        this.parameters = launch.directory().resolve("outputs");
    }

    /** One file or, as a tar, one folder. */
    void file(String pathInPod, boolean directory, InputStream content) throws IOException {
        Path target = target(PodPaths.relative(pathInPod));
        if (target == null) {
            throw new IOException("the pod sent ‘" + pathInPod + "’, which nobody asked for");
        }
        if (directory) {
            Files.createDirectories(target);
            unpack(content, name -> inside(target, name));
        } else {
            Files.createDirectories(target.getParent());
            Files.copy(content, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** A tar whose names are relative to the pod's volume. */
    void archive(InputStream tar) throws IOException {
        unpack(tar, this::target);
    }

    private interface Places {
        /** Null for a name that must not be. */
        Path of(String name);
    }

    private void unpack(InputStream tar, Places places) throws IOException {
        TarArchiveInputStream in = new TarArchiveInputStream(tar);
        for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
            Path target = places.of(entry.getName());
            if (target == null) {
                throw new IOException("the pod sent ‘" + entry.getName() + "’, which leads out of its directory");
            }
            if (entry.isDirectory()) {
                Files.createDirectories(target);
            } else if (entry.isFile()) {
                Files.createDirectories(target.getParent());
                if (Files.isSymbolicLink(target)) {
                    Files.delete(target);
                }
                Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
                if ((entry.getMode() & 0100) != 0) {
                    target.toFile().setExecutable(true, false);
                }
            } else if (entry.isSymbolicLink()) {
                link(target, entry.getLinkName());
            }
        }
    }

    /** Links stay where they point to something below the artifacts; others are left out. */
    private void link(Path target, String to) throws IOException {
        Path pointed = target.getParent().resolve(to).normalize();
        if (!to.startsWith("/") && pointed.startsWith(step.paths().storedArtifacts())) {
            Files.createDirectories(target.getParent());
            Files.deleteIfExists(target);
            Files.createSymbolicLink(target, Path.of(to));
        }
    }

    private Path target(String name) {
        String out = PodPaths.relative(PodPaths.OUT) + "/";
        String run = PodPaths.relative(step.paths().artifactRoot()) + "/";
        String clean = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        if ((clean + "/").equals(out)) {
            return parameters;
        } else if (clean.startsWith(out)) {
            return inside(parameters, clean.substring(out.length()));
        } else if (!step.paths().keptHere()) {
            return null;
        } else if ((clean + "/").equals(run)) {
            return step.paths().storedArtifacts();
        } else if (clean.startsWith(run)) {
            return inside(step.paths().storedArtifacts(), clean.substring(run.length()));
        }
        return null;
    }

    private static Path inside(Path directory, String name) {
        Path path = directory.resolve(name).normalize();
        if (!path.startsWith(directory)) {
            return null;
        }
        for (Path parent = path.getParent(); parent != null && !parent.equals(directory); parent = parent.getParent()) {
            if (Files.exists(parent, LinkOption.NOFOLLOW_LINKS) && Files.isSymbolicLink(parent)) {
                return null;
            }
        }
        return path;
    }

    /** @throws ValueException when the step broke its contract */
    TaskOutputs read() throws IOException, ValueException {
        TaskOutputs read = new OutputReader(launch.component(), step.outputs(), this::open).read();
        Map<String, JsonNode> values = new LinkedHashMap<>();
        read.parameters().forEach((name, value) ->
                values.put(name, value.isTextual() ? TextNode.valueOf(step.paths().outside(value.textValue())) : value));
        Map<String, List<Artifact>> artifacts = new LinkedHashMap<>();
        read.artifacts().forEach((name, list) -> {
            List<Artifact> outside = new ArrayList<>();
            list.forEach(artifact -> outside.add(step.paths().outside(artifact)));
            artifacts.put(name, outside);
        });
        return new TaskOutputs(values, artifacts);
    }

    private InputStream open(String pathInPod) throws IOException {
        Path file = target(PodPaths.relative(pathInPod));
        return file != null && Files.isRegularFile(file) ? Files.newInputStream(file) : null;
    }
}
