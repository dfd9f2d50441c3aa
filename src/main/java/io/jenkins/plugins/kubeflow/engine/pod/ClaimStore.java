package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.jenkins.plugins.kubeflow.engine.store.ArtifactStore;
import io.jenkins.plugins.kubeflow.engine.store.ClaimUri;
import io.jenkins.plugins.kubeflow.engine.store.StoreException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Artifacts on persistent volume claims. Nothing outside of the cluster can open a claim, so each is read through a small pod that
 * mounts it read-only; the pod is made when it is first needed and goes a minute after it was used last. Reads pass the API server.
 * Thread-safe.
 */
public final class ClaimStore implements ArtifactStore, AutoCloseable {
    private static final int MOST_ENTRIES = 100_000;
    /** $1 is a path; answers with lines, the last of which is "end". */
    private static final String LOOK = "cd /claim || exit 1\n"
            + "if [ -f \"$1\" ]; then stat -c 'file %s %Y' \"$1\"\n"
            + "elif [ -d \"$1\" ]; then cd \"$1\" && find . -type f -exec stat -c 'entry %s %Y %n' {} + | head -n " + (MOST_ENTRIES + 1) + "\n"
            + "echo folder\nfi\necho end";
    private static final String READ = "cd /claim && exec head -c \"$2\" \"$1\"";

    private final Supplier<KubernetesClient> client;
    private final PodOptions options;
    private final Map<String, ClaimReader> readers = new LinkedHashMap<>();
    private KubernetesClient made;

    /** @param client is asked for once, when it is needed; stays the caller's */
    public ClaimStore(Supplier<KubernetesClient> client, PodOptions options) {
        this.client = client;
        this.options = options;
    }

    @Override
    public boolean holds(String uri) {
        return ClaimUri.is(uri);
    }

    @Override
    public Stored find(String uri) throws IOException {
        ClaimUri claim = ClaimUri.of(uri);
        List<Entry> entries = new ArrayList<>();
        StringBuilder all = new StringBuilder();
        boolean folder = false;
        try (InputStream in = exec(claim, LOOK, path(claim))) {
            HelperLines lines = new HelperLines(new BufferedInputStream(in));
            for (String line = lines.next(); !line.equals("end"); line = lines.next()) {
                String[] words = line.split(" ", 4);
                if (words[0].equals("file") && words.length == 3) {
                    return new File(Long.parseLong(words[1]), words[1] + "-" + words[2]);
                } else if (words[0].equals("entry") && words.length == 4) {
                    entries.add(new Entry(words[3].substring(2), Long.parseLong(words[1]), words[1] + "-" + words[2]));
                    all.append(line).append('\n');
                } else if (line.equals("folder")) {
                    folder = true;
                } else {
                    throw new StoreException("‘" + uri + "’ cannot be read through a pod" + (line.isEmpty() ? "" : ": " + line));
                }
            }
        }
        boolean more = entries.size() > MOST_ENTRIES;
        return folder ? new Folder(more ? List.copyOf(entries.subList(0, MOST_ENTRIES)) : entries, more, PodNames.digest(all.toString())) : null;
    }

    @Override
    public InputStream open(String uri, long most) throws IOException {
        ClaimUri claim = ClaimUri.of(uri);
        return exec(claim, READ, path(claim), Long.toString(most));
    }

    private static String path(ClaimUri claim) {
        return claim.path().isEmpty() ? "." : claim.path();
    }

    /** The output of a script; closing it ends the script. */
    private InputStream exec(ClaimUri claim, String script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        command.addAll(List.of(arguments));
        try {
            ExecWatch exec = reader(claim.claim()).exec(command);
            return new FilterInputStream(exec.getOutput()) {
                @Override
                public void close() {
                    exec.close();
                }
            };
        } catch (KubernetesClientException e) {
            throw new StoreException("‘" + claim + "’ cannot be read through a pod: " + ApiTrouble.sentence(e), e);
        }
    }

    private ClaimReader reader(String claim) {
        synchronized (readers) {
            return readers.computeIfAbsent(claim, name -> new ClaimReader(client(), options, name));
        }
    }

    private KubernetesClient client() {
        made = made == null ? client.get() : made;
        return made;
    }

    /** Deletes the pods. */
    @Override
    public void close() {
        synchronized (readers) {
            readers.values().forEach(ClaimReader::close);
            readers.clear();
        }
    }
}
