package io.jenkins.plugins.kubeflow.engine.process;

import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.run.TaskLaunch;
import io.jenkins.plugins.kubeflow.engine.store.ArtifactStore;
import io.jenkins.plugins.kubeflow.engine.store.StoreDownload;
import io.jenkins.plugins.kubeflow.engine.store.StoreException;
import io.jenkins.plugins.kubeflow.engine.task.TaskInputs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Input artifacts of a step that lie in a store: a step sees a copy on this machine, one for all steps of its run, fetched anew when
 * the store has another content.
 */
final class FetchedInputs {
    private static final Map<Path, Object> LOCKS = new ConcurrentHashMap<>();

    private final TaskLaunch launch;
    private final ArtifactStore store;

    FetchedInputs(TaskLaunch launch, ArtifactStore store) {
        this.launch = launch;
        this.store = store;
    }

    /** As the step sees them. A function of the launch: the same after a restart. */
    TaskInputs inputs() {
        Map<String, List<Artifact>> artifacts = new LinkedHashMap<>();
        launch.inputs().artifacts().forEach((name, list) -> artifacts.put(name, list.stream().map(this::seen).toList()));
        return new TaskInputs(launch.inputs().parameters(), artifacts);
    }

    private boolean isFetched(Artifact artifact) {
        return store.holds(artifact.uri()) && !artifact.metadata().path("_kfp_workspace").asBoolean();
    }

    private Artifact seen(Artifact artifact) {
        return !isFetched(artifact) ? artifact : new Artifact(
                artifact.name(), artifact.type(), artifact.instanceSchema(), artifact.schemaVersion(), place(artifact.uri()).toString(),
                artifact.metadata(), artifact.customPath());
    }

    private Path place(String uri) {
        String name = uri.replaceAll("/+$", "");
        name = name.substring(name.lastIndexOf('/') + 1);
        UUID id = UUID.nameUUIDFromBytes(uri.getBytes(StandardCharsets.UTF_8));
        return launch.runDirectory().resolve("downloads").resolve(id.toString()).resolve(name.isEmpty() || name.startsWith(".") ? "artifact" : name);
    }

    /** Blocks on the network. */
    void fetch() throws IOException, ProcessException {
        for (Map.Entry<String, List<Artifact>> input : launch.inputs().artifacts().entrySet()) {
            for (Artifact artifact : input.getValue()) {
                if (isFetched(artifact)) {
                    fetch(input.getKey(), artifact);
                }
            }
        }
    }

    private void fetch(String input, Artifact artifact) throws IOException, ProcessException {
        Path place = place(artifact.uri());
        Path known = place.resolveSibling(".identity");
        synchronized (LOCKS.computeIfAbsent(place, path -> new Object())) {
            try {
                ArtifactStore.Stored stored = store.find(artifact.uri());
                if (stored == null && !artifact.type().endsWith("Metrics")) {
                    throw ProcessException.user("input ‘" + input + "’: there is nothing at ‘" + artifact.uri() + "’");
                } else if (stored == null || Files.exists(known) && Files.readString(known).equals(stored.identity())) {
                    return;
                }
                StoreDownload.to(place, artifact.uri(), store);
                Files.writeString(known, stored.identity());
            } catch (StoreException e) {
                String why = "input ‘" + input + "’ could not be fetched: " + e.getMessage();
                throw e.mayPass() ? ProcessException.platform(why) : ProcessException.user(why);
            }
        }
    }
}
