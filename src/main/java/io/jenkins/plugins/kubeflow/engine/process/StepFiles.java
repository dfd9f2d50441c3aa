package io.jenkins.plugins.kubeflow.engine.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/**
 * The files through which an attempt and its parent process talk, in the attempt's directory; {@code step_parent.py} has the other side.
 * They are what survives when this JVM is killed: {@code pid} is claimed before the process is forked, {@code result.json} appears
 * atomically before it vanishes.
 */
final class StepFiles {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ABANDONED = "abandoned";

    private static final int LARGEST_IN_REQUEST = 1 << 16;

    private final Path directory;
    private volatile boolean written;

    StepFiles(Path attemptDirectory) {
        directory = attemptDirectory.resolve("process");
    }

    Path directory() {
        return directory;
    }

    /**
     * Makes a command ready to be launched: what the request for it carries, or null when that would be large (or when
     * {@code execute}, what is executed instead of the command, reads it from here) and it stands in files. Arguments of any size
     * stream through their own.
     */
    ObjectNode write(StepCommand command, List<String> execute) throws IOException {
        Files.createDirectories(directory);
        ObjectNode launch = JSON.createObjectNode();
        launch.put("module", command.module());
        launch.put("directory", command.directory().toString());
        launch.set("environment", changes(command.environment()));
        launch.set("execute", execute == null ? null : JSON.valueToTree(execute));
        if (execute == null && command.argv().stream().mapToLong(String::length).sum() < LARGEST_IN_REQUEST) {
            launch.set("argv", JSON.valueToTree(command.argv()));
            return launch;
        }
        written = true;
        Path file = directory.resolve("launch.json");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, JSON.writeValueAsBytes(launch));
        try (BufferedWriter out = Files.newBufferedWriter(directory.resolve("argv"), StandardCharsets.UTF_8)) {
            for (String argument : command.argv()) {
                out.write(argument);
                out.write('\0');
            }
        }
        return null;
    }

    /** What differs from the environment that the parents know already; null for what is not there. */
    private static ObjectNode changes(Map<String, String> environment) {
        Map<String, String> inherited = System.getenv();
        ObjectNode changes = JSON.createObjectNode();
        environment.forEach((name, value) -> {
            if (!value.equals(inherited.get(name))) {
                changes.put(name, value);
            }
        });
        for (String name : inherited.keySet()) {
            if (!environment.containsKey(name)) {
                changes.putNull(name);
            }
        }
        return changes;
    }

    /** Removes what only the start needed: arguments may be large, and the environment may hold what should not stay. */
    void cleanUp() throws IOException {
        if (written) {
            Files.deleteIfExists(directory.resolve("argv"));
            Files.deleteIfExists(directory.resolve("launch.json"));
        }
    }

    /** The files may hold something that an earlier life of this program has written. */
    void mayBeWritten() {
        written = true;
    }

    /** Makes sure that the step is not started any more. False: somebody has claimed it already. */
    boolean abandon() throws IOException {
        Files.createDirectories(directory);
        try {
            Files.writeString(directory.resolve("pid"), ABANDONED, StandardOpenOption.CREATE_NEW);
            return true;
        } catch (FileAlreadyExistsException e) {
            return ABANDONED.equals(Files.readString(directory.resolve("pid")));
        }
    }

    /** The step's process and its parent, or null while it is claimed but not started yet. */
    Claim claim() throws IOException {
        String[] words = Files.readString(directory.resolve("pid")).trim().split(" ");
        if (words.length != 4) {
            return null;
        }
        return new Claim(
                new ProcessId(Long.parseLong(words[0]), Long.parseLong(words[1])),
                new ProcessId(Long.parseLong(words[2]), Long.parseLong(words[3])));
    }

    /** How the step ended, or null as long as nobody wrote it down. */
    JsonNode result() throws IOException {
        try {
            return JSON.readTree(Files.readAllBytes(directory.resolve("result.json")));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    record Claim(ProcessId step, ProcessId parent) {}
}
