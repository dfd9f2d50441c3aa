package io.jenkins.plugins.kubeflow.engine.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;

/**
 * What interpreters said about themselves, kept from run to run, because asking one costs as much as a step. An answer counts as long
 * as the files that it came from and the variables that shape it are what they were. Scripts are asked every time: what a shim leads to
 * may depend on anything. A file that cannot be read or written is as if it were not there.
 */
final class InterpreterAnswers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> VARIABLES =
            List.of("PYTHONHOME", "PYTHONPATH", "PYTHONNOUSERSITE", "PYTHONUSERBASE", "PYTHONPLATLIBDIR", "HOME");

    private final Path directory;

    InterpreterAnswers(Path directory) {
        this.directory = directory;
    }

    /** What {@code candidate}, a path or a name on PATH, has answered before, or null when it has to be asked. */
    JsonNode get(String candidate) throws IOException {
        Path program = program(candidate);
        if (program == null || isScript(program)) {
            return null;
        }
        try {
            JsonNode kept = JSON.readTree(Files.readAllBytes(file(program)));
            JsonNode answer = kept.path("answer");
            return kept.path("state").equals(state(program, answer)) ? answer : null;
        } catch (NoSuchFileException | JsonProcessingException unknown) {
            return null;
        }
    }

    void put(String candidate, JsonNode answer) throws IOException {
        Path program = program(candidate);
        if (program == null || isScript(program)) {
            return;
        }
        ObjectNode kept = JSON.createObjectNode();
        kept.set("answer", answer);
        kept.set("state", state(program, answer));
        Files.createDirectories(directory);
        Path fresh = directory.resolve(UUID.randomUUID() + ".tmp");
        Files.write(fresh, JSON.writeValueAsBytes(kept));
        Files.move(fresh, file(program), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path file(Path program) {
        return directory.resolve(UUID.nameUUIDFromBytes(program.toString().getBytes(StandardCharsets.UTF_8)) + ".json");
    }

    /** Everything that the answer hangs on: the program, its virtual environment, what is installed, variables. */
    private static ArrayNode state(Path program, JsonNode answer) throws IOException {
        ArrayNode state = JSON.createArrayNode().add(program.toString());
        stamp(state, program.toRealPath());
        stamp(state, program.resolveSibling("../pyvenv.cfg"));
        stamp(state, Path.of(answer.path(0).asText()));
        answer.path(3).forEach(packages -> stamp(state, Path.of(packages.asText())));
        VARIABLES.forEach(name -> state.add(System.getenv(name)));
        return state;
    }

    private static void stamp(ArrayNode state, Path file) {
        File there = file.toFile();
        state.add(there.lastModified() + " " + (there.isDirectory() ? 0 : there.length()));
    }

    private static Path program(String candidate) {
        if (candidate.indexOf(File.separatorChar) >= 0) {
            Path path = Path.of(candidate).toAbsolutePath();
            return Files.isExecutable(path) ? path : null;
        }
        for (String place : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            Path path = Path.of(place).toAbsolutePath().resolve(candidate);
            if (Files.isRegularFile(path) && Files.isExecutable(path)) {
                return path;
            }
        }
        return null;
    }

    private static boolean isScript(Path program) throws IOException {
        try (InputStream in = Files.newInputStream(program)) {
            return new String(in.readNBytes(2), StandardCharsets.ISO_8859_1).equals("#!");
        }
    }
}
