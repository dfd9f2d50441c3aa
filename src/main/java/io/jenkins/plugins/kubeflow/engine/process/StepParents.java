package io.jenkins.plugins.kubeflow.engine.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * The parents of a runner's steps, one per interpreter and module imported in advance; each is started when it is first needed, and
 * again when it died. Safe for use by many threads.
 */
final class StepParents implements AutoCloseable {
    private record Key(Path interpreter, String module) {}

    private final Map<Key, StepParent> parents = new HashMap<>();
    private static final List<String> SCRIPTS =
            List.of("step_parent.py", "kubeflow_step_parent.py", "kubeflow_step_child.py", "kubeflow_step_processes.py");

    private final Path support;
    private Path script;
    private boolean closed;

    /** {@code support}: where the script of the parents is put for the interpreter to read. */
    StepParents(Path support) {
        this.support = support;
    }

    synchronized StepParent get(Path interpreter, String module) throws IOException {
        if (closed) {
            throw new IOException("the runner is closed");
        }
        Key key = new Key(interpreter, module);
        StepParent parent = parents.get(key);
        if (parent == null || parent.isGone()) {
            parent = StepParent.start(interpreter, script(), module);
            parents.put(key, parent);
        }
        return parent;
    }

    /** The script's file. Its folder's name goes with its content, so that versions of this program do not get in each other's way. */
    synchronized Path script() throws IOException {
        if (script == null || !Files.exists(script)) {
            CRC32 sum = new CRC32();
            Map<String, byte[]> contents = new LinkedHashMap<>();
            for (String name : SCRIPTS) {
                try (InputStream in = StepParents.class.getResourceAsStream(name)) {
                    contents.put(name, in.readAllBytes());
                }
                sum.update(contents.get(name));
            }
            Path folder = support.resolve(Long.toHexString(sum.getValue()));
            Files.createDirectories(folder);
            for (Map.Entry<String, byte[]> entry : contents.entrySet()) {
                put(folder.resolve(entry.getKey()), entry.getValue());
            }
            script = folder.resolve(SCRIPTS.get(0));
        }
        return script;
    }

    private static void put(Path file, byte[] content) throws IOException {
        if (!Files.exists(file)) {
            Path fresh = Files.createTempFile(file.getParent(), "new", ".tmp");
            Files.write(fresh, content);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        for (StepParent parent : parents.values()) {
            try {
                parent.close();
            } catch (IOException alreadyGone) {
                continue; // it died before: its pipe is closed
            }
        }
        parents.clear();
    }
}
