package io.jenkins.plugins.kubeflow.engine.cli;

import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.artifact.LocalFiles;
import io.jenkins.plugins.kubeflow.engine.ir.InputArtifacts;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Artifacts for the artifact inputs of a pipeline or a component. Local files are used where they lie. */
final class ArtifactOptions {
    @Option(
            names = "--artifact",
            paramLabel = "NAME=FILE",
            description = "An input artifact: a file, a directory or a URI. Repeat it for a list.")
    private List<String> assignments = List.of();

    Map<String, List<Artifact>> resolve(PipelineSpec spec) throws BadInputException {
        List<String> problems = new ArrayList<>();
        Map<String, List<InputArtifacts.Given>> given = new LinkedHashMap<>();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1 || equals == assignment.length() - 1) {
                problems.add("--artifact ‘" + assignment + "’: write name=file");
                continue;
            }
            String uri = uri(assignment.substring(equals + 1), assignment, problems);
            given.computeIfAbsent(assignment.substring(0, equals), name -> new ArrayList<>()).add(new InputArtifacts.Given(uri, null));
        }
        InputArtifacts.Result result = InputArtifacts.resolve(spec, given);
        problems.addAll(result.problems());
        if (!problems.isEmpty()) {
            throw new BadInputException(problems);
        }
        return result.values();
    }

    private static String uri(String text, String assignment, List<String> problems) {
        Path local = LocalFiles.path(text);
        if (local == null && !text.contains("://")) {
            local = Path.of(text).toAbsolutePath().normalize();
        }
        if (local == null) {
            return text;
        }
        if (!Files.exists(local)) {
            problems.add("--artifact ‘" + assignment + "’: there is no such file");
        }
        return local.toString();
    }
}
