package io.jenkins.plugins.kubeflow.engine.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * The parents of a runner's steps, one per interpreter and module imported in advance; each is started when it is first needed, and
 * again when it died. Safe for use by many threads.
 */
final class StepParents implements AutoCloseable {
    private record Key(Path interpreter, String module) {}

    private final Map<Key, StepParent> parents = new HashMap<>();
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

    /** The script's file. Its name goes with its content, so that versions of this program do not get in each other's way. */
    synchronized Path script() throws IOException {
        if (script == null || !Files.exists(script)) {
            byte[] content;
            try (InputStream in = StepParents.class.getResourceAsStream("step_parent.py")) {
                content = in.readAllBytes();
            }
            CRC32 sum = new CRC32();
            sum.update(content);
            Path file = support.resolve("step_parent-" + Long.toHexString(sum.getValue()) + ".py");
            if (!Files.exists(file)) {
                Files.createDirectories(support);
                Path fresh = Files.createTempFile(support, "step_parent", ".new");
                Files.write(fresh, content);
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            script = file;
        }
        return script;
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
