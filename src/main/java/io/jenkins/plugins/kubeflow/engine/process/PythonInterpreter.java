package io.jenkins.plugins.kubeflow.engine.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The Python that everything starts from. {@code executable} is the real one, not a shim that looks for it anew each time;
 * {@code packages} are the directories of installed packages that components may see: only those of an interpreter that was named.
 */
record PythonInterpreter(Path executable, String version, List<String> packages) {
    private static final Logger LOGGER = Logger.getLogger(PythonInterpreter.class.getName());
    private static final String QUESTION = "import json, sys, site\n"
            + "print(json.dumps([sys.executable, '%d.%d.%d' % sys.version_info[:3], list(sys.version_info[:2]) >= [3, 9],"
            + " [p for p in sys.path if p.endswith(('site-packages', 'dist-packages'))]]))";

    /**
     * {@code named}: the interpreter to use, or null for the first that fits on PATH; {@code answers}: where they are kept. May take a
     * second.
     */
    static PythonInterpreter find(Path named, InterpreterAnswers answers) throws ProcessException {
        List<String> candidates = named == null ? List.of("python3", "python") : List.of(named.toString());
        List<String> rejected = new ArrayList<>();
        for (String candidate : candidates) {
            try {
                JsonNode answer = answer(candidate, answers);
                if (answer.path(2).asBoolean()) {
                    List<String> packages = new ArrayList<>();
                    answer.path(3).forEach(path -> packages.add(path.asText()));
                    return new PythonInterpreter(
                            Path.of(answer.path(0).asText()), answer.path(1).asText(), named == null ? List.of() : packages);
                }
                rejected.add("‘" + candidate + "’ is Python " + answer.path(1).asText());
            } catch (IOException e) {
                rejected.add("‘" + candidate + "’ cannot be run as Python: " + e.getMessage());
            }
        }
        throw ProcessException.impossible("local processes need Python 3.9 or newer (" + String.join("; ", rejected)
                + "). Install it, or name one with --python,");
    }

    private static JsonNode answer(String candidate, InterpreterAnswers answers) throws IOException {
        JsonNode kept;
        try {
            kept = answers.get(candidate);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "‘" + candidate + "’ is asked anew");
            kept = null;
        }
        if (kept != null) {
            return kept;
        }
        JsonNode answer = ask(candidate);
        try {
            answers.put(candidate, answer);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "‘" + candidate + "’ will be asked again");
        }
        return answer;
    }

    private static JsonNode ask(String candidate) throws IOException {
        Process process = new ProcessBuilder(candidate, "-c", QUESTION).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        try {
            JsonNode answer = new ObjectMapper().readTree(output.substring(output.lastIndexOf('\n') + 1));
            if (answer.isArray() && answer.size() == 4) {
                return answer;
            }
        } catch (JsonProcessingException notAnAnswer) {
            throw new IOException(said(output), notAnAnswer);
        }
        throw new IOException(said(output));
    }

    private static String said(String output) {
        return output.lines().findFirst().map(line -> "it says ‘" + line + "’").orElse("it says nothing");
    }
}
