package io.jenkins.plugins.kubeflow.engine.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.ir.ParameterSpec;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ReadResult;
import io.jenkins.plugins.kubeflow.engine.ir.RunParameters;
import io.jenkins.plugins.kubeflow.engine.ir.SpecReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Pipelines with some lines lost, doubled or swapped: those that still read are run to their end, with tasks that succeed and with
 * tasks that fail, and never leave the graph with an exception or without an end. The seed is fixed: a failure can be repeated.
 */
class DamagedPipelinesTest {
    private static final int ROUNDS = 2_000;
    private static final int MOST_STEPS = 5_000;

    @Test
    void whatStillReadsRunsToAnEnd() throws IOException {
        List<String> documents = documents();
        Random random = new Random(42);
        int ran = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String text = damaged(documents.get(random.nextInt(documents.size())), random);
            try {
                ran += run(text, random) ? 1 : 0;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("round " + round + ":\n" + text, e);
            }
        }
        assertThat(ran).as("damage leaves some pipelines sound").isGreaterThan(ROUNDS / 20);
    }

    private static boolean run(String text, Random random) {
        ReadResult result = SpecReader.read(text.getBytes(StandardCharsets.UTF_8), "damaged.yaml");
        if (result.spec() == null) {
            return false;
        }
        RunParameters.Result values = RunParameters.resolve(result.spec(), required(result.spec()));
        if (!values.problems().isEmpty()) {
            return false;
        }
        ObjectNode parameters = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
        parameters.setAll(values.values());
        GraphDriver driver = new GraphDriver(result.spec(), parameters.toString(), random);
        for (String task : result.spec().root().dag().tasks().keySet()) {
            if (random.nextInt(4) == 0) {
                driver.fails(task);
            }
        }
        driver.take(new Event.RunStarted(java.time.Instant.EPOCH));
        int steps = 0;
        while (driver.step()) {
            if (++steps > MOST_STEPS) {
                throw new AssertionError("no end in sight");
            }
        }
        assertThat(driver.graph.state().isFinal()).isTrue();
        assertThat(driver.finish).isNotNull();
        driver.states().forEach((path, state) -> assertThat(state.isFinal()).as(path).isTrue());
        return true;
    }

    private static Map<String, JsonNode> required(PipelineSpec spec) {
        Map<String, JsonNode> given = new LinkedHashMap<>();
        spec.root().inputParameters().forEach((name, input) -> {
            if (input.defaultValue() == null && !input.mayBeAbsent()) {
                given.put(name, value(input));
            }
        });
        return given;
    }

    private static JsonNode value(ParameterSpec input) {
        return Specs.json(switch (input.type()) {
            case NUMBER_INTEGER, NUMBER_DOUBLE -> "3";
            case BOOLEAN -> "true";
            case LIST -> "[1, \"two\", {\"a\": 3}]";
            case STRUCT -> "{\"a\": 1}";
            default -> "\"text\"";
        });
    }

    private static String damaged(String document, Random random) {
        List<String> lines = new ArrayList<>(document.lines().toList());
        for (int n = random.nextInt(3); n >= 0; n--) {
            int at = random.nextInt(lines.size());
            int other = random.nextInt(lines.size());
            switch (random.nextInt(5)) {
                case 0 -> lines.remove(at);
                case 1 -> lines.add(at, lines.get(at));
                case 2 -> {
                    if (indent(lines.get(at)) == indent(lines.get(other))) {
                        lines.set(at, lines.get(other));
                    }
                }
                case 3 -> lines.set(at, value(lines.get(at), lines.get(other)));
                default -> lines.set(at, value(lines.get(at), ": " + List.of("0", "-1", "''", "[]", "{}", "null", "true", "1e9", "'[1, 2]'").get(random.nextInt(9))));
            }
            if (lines.isEmpty()) {
                lines.add("");
            }
        }
        return String.join("\n", lines) + "\n";
    }

    /** A line with the value of another. */
    private static String value(String line, String other) {
        int here = line.indexOf(": ");
        int there = other.indexOf(": ");
        return here < 0 || there < 0 ? line : line.substring(0, here) + other.substring(there);
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    private static List<String> documents() throws IOException {
        List<String> documents = new ArrayList<>();
        for (Path folder : List.of(Path.of("src/test/pipelines"), Path.of("../shared/conformance/kfp/valid"))) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
                        if (Files.size(file) < 20_000 && !file.endsWith("thousand.yaml")) {
                            documents.add(Files.readString(file));
                        }
                    }
                }
            }
        }
        assertThat(documents).isNotEmpty();
        return documents;
    }
}
