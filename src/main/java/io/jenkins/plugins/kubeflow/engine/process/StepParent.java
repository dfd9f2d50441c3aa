package io.jenkins.plugins.kubeflow.engine.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A running {@code step_parent.py}: takes steps, forks them and reports how they end, any number at a time. One thread reads its
 * events, whatever the number of steps; listeners are called on it. It outlives this JVM until its last step has ended.
 */
final class StepParent implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LINES_KEPT = 20;

    private final Process process;
    private final OutputStream requests;
    private final Map<String, Listener> steps = new ConcurrentHashMap<>();
    private final Deque<String> diagnostics = new ArrayDeque<>();
    private boolean gone;

    /** Follows one step. Exactly one of {@code ended} and {@code lost} is called, once. */
    interface Listener {
        void started(ProcessId id);

        void ended(JsonNode result);

        /** The parent itself died; the step may still run, and its result will not be written. */
        void lost(String lastWords);
    }

    private StepParent(Process process) {
        this.process = process;
        this.requests = process.getOutputStream();
        Thread reader = new Thread(this::readEvents, "kubeflow-steps-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** {@code module}: what is imported in advance, or null. */
    static StepParent start(Path interpreter, Path script, String module) throws IOException {
        List<String> command = new ArrayList<>(List.of(interpreter.toString(), script.toString()));
        if (module != null) {
            command.add(module);
        }
        StepParent parent = new StepParent(new ProcessBuilder(command).directory(new File("/")).redirectErrorStream(true).start());
        parent.send(JSON.createObjectNode().put("op", "environment").set("environment", JSON.valueToTree(System.getenv())));
        return parent;
    }

    /**
     * {@code command}: what {@link StepFiles#write} returned. Throws when the parent is not there any more; the listener is not called
     * then.
     */
    void launch(String handle, StepFiles files, ObjectNode command, Path log, Duration timeout, Duration grace, Listener listener) throws IOException {
        ObjectNode request = JSON.createObjectNode()
                .put("op", "launch")
                .put("handle", handle)
                .put("directory", files.directory().toString())
                .put("log", log.toString())
                .put("grace", seconds(grace));
        if (command != null) {
            request.set("launch", command);
        }
        if (timeout != null) {
            request.put("timeout", seconds(timeout));
        }
        synchronized (this) {
            if (gone) {
                throw new IOException("the parent process of steps has ended");
            }
            steps.put(handle, listener);
            try {
                send(request);
            } catch (IOException e) {
                if (steps.remove(handle) != null) {
                    throw e;
                }
            }
        }
    }

    /** Ends a step and everything it started, also one that another parent had forked. */
    void kill(String handle, ProcessId id, Duration grace, boolean force) throws IOException {
        send(JSON.createObjectNode()
                .put("op", "kill")
                .put("handle", handle)
                .put("pid", id.pid())
                .put("start", id.start())
                .put("grace", seconds(grace))
                .put("force", force));
    }

    private synchronized void send(ObjectNode request) throws IOException {
        requests.write((JSON.writeValueAsString(request) + "\n").getBytes(StandardCharsets.UTF_8));
        requests.flush();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private void readEvents() {
        try (BufferedReader events = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = events.readLine(); line != null; line = events.readLine()) {
                if (line.startsWith("{\"event\"")) {
                    report(JSON.readTree(line));
                } else {
                    if (diagnostics.size() == LINES_KEPT) {
                        diagnostics.removeFirst();
                    }
                    diagnostics.addLast(line);
                }
            }
        } catch (IOException e) {
            diagnostics.addLast(e.getMessage());
        }
        List<Listener> left;
        synchronized (this) {
            gone = true;
            left = new ArrayList<>(steps.values());
            steps.clear();
        }
        String lastWords = diagnostics.isEmpty() ? "" : ": " + String.join(" / ", diagnostics);
        left.forEach(listener -> listener.lost(lastWords));
    }

    private void report(JsonNode event) {
        String handle = event.path("handle").asText();
        switch (event.path("event").asText()) {
            case "started" -> {
                Listener listener = steps.get(handle);
                if (listener != null) {
                    listener.started(new ProcessId(event.path("pid").asLong(), event.path("start").asLong()));
                }
            }
            case "ended" -> {
                Listener listener = steps.remove(handle);
                if (listener != null) {
                    listener.ended(event.path("result"));
                }
            }
            default -> {
                // "ready": nothing waits for it
            }
        }
    }

    synchronized boolean isGone() {
        return gone;
    }

    /** Steps that run go on, their listeners hear nothing more. */
    @Override
    public void close() throws IOException {
        steps.clear();
        requests.close();
    }
}
