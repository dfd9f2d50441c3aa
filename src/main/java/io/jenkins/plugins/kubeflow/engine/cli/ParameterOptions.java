package io.jenkins.plugins.kubeflow.engine.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.kubeflow.engine.ir.ParameterSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ParameterType;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.ir.RunParameters;
import io.jenkins.plugins.kubeflow.engine.task.ValueException;
import io.jenkins.plugins.kubeflow.engine.task.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The pipeline's parameters on the command line; {@code -p} wins over {@code --params}. */
final class ParameterOptions {
    @Option(
            names = {"-p", "--param"},
            paramLabel = "NAME=VALUE",
            description = "A parameter; the value is read by the input's type.")
    private List<String> assignments = List.of();

    @Option(names = "--params", paramLabel = "FILE", description = "A JSON object with parameters; - reads standard input.")
    private String file;

    boolean given() {
        return !assignments.isEmpty() || file != null;
    }

    /** The complete parameters of a run; {@code base} is overridden by what the command line says. */
    Map<String, JsonNode> resolve(PipelineSpec spec, Map<String, JsonNode> base) throws BadInputException {
        List<String> problems = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        Map<String, JsonNode> given = new LinkedHashMap<>(base);
        given.putAll(fromFile(problems));
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                problems.add("-p ‘" + assignment + "’: write name=value");
                continue;
            }
            String name = assignment.substring(0, equals);
            read(spec, name, assignment.substring(equals + 1), given, problems, unreadable);
        }
        if (problems.isEmpty() || unreadable.size() == problems.size()) {
            RunParameters.Result result = RunParameters.resolve(spec, given);
            result.problems().stream().filter(problem -> unreadable.stream().noneMatch(problem::startsWith)).forEach(problems::add);
            if (problems.isEmpty()) {
                return result.values();
            }
        }
        throw new BadInputException(problems);
    }

    private static void read(
            PipelineSpec spec, String name, String text, Map<String, JsonNode> given, List<String> problems, List<String> unreadable) {
        ParameterSpec declared = spec.root().inputParameters().get(name);
        try {
            given.put(name, Values.read(declared == null ? ParameterType.STRING : declared.type(), text));
        } catch (ValueException e) {
            given.remove(name);
            problems.add("parameter ‘" + name + "’ " + e.getMessage());
            unreadable.add("parameter ‘" + name + "’ is required");
        }
    }

    private Map<String, JsonNode> fromFile(List<String> problems) {
        Map<String, JsonNode> map = new LinkedHashMap<>();
        if (file == null) {
            return map;
        }
        try {
            byte[] bytes = file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
            JsonNode json = new ObjectMapper().readTree(bytes);
            if (json == null || !json.isObject()) {
                problems.add("--params ‘" + file + "’: expected a JSON object");
                return map;
            }
            json.fields().forEachRemaining(e -> map.put(e.getKey(), e.getValue()));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            problems.add("--params ‘" + file + "’: not JSON: " + e.getOriginalMessage() + " in line " + e.getLocation().getLineNr());
        } catch (IOException e) {
            problems.add("--params ‘" + file + "’ cannot be read: " + Main.sentence(e));
        }
        return map;
    }
}
