package io.jenkins.plugins.kubeflow.engine.ir;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The artifacts of a run against the pipeline's artifact inputs: none unknown, one unless the input is a list. KFP's server has no way
 * to hand them in; here a component, or a pipeline with such inputs, can be run by itself. One that is missing is no problem before the
 * task that needs it fails, as everywhere with KFP. Pure.
 */
public final class InputArtifacts {
    private InputArtifacts() {}

    /** What somebody hands in for an input: a local path or a URI; {@code metadata} may be null. */
    public record Given(String uri, ObjectNode metadata) {}

    /** {@code values} has no entry for an input that was not given. */
    public record Result(Map<String, List<Artifact>> values, List<String> problems) {}

    public static Result resolve(PipelineSpec spec, Map<String, List<Given>> given) {
        Map<String, List<Artifact>> values = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        Map<String, ArtifactSpec> declared = spec.root().inputArtifacts();
        declared.forEach((name, input) -> {
            List<Given> files = given.getOrDefault(name, List.of());
            if (files.size() > 1 && !input.list()) {
                problems.add("input artifact ‘" + name + "’ is one " + type(input) + ", got " + files.size());
            } else if (!files.isEmpty()) {
                values.put(name, files.stream().map(file -> artifact(name, input, file)).toList());
            }
        });
        for (String name : given.keySet()) {
            if (!declared.containsKey(name)) {
                problems.add("‘" + Reading.shorten(name) + "’ is not an input artifact of pipeline ‘" + spec.name() + "’"
                        + (declared.isEmpty() ? ", which has none" : "; it has ‘" + String.join("’, ‘", declared.keySet()) + "’"));
            }
        }
        return new Result(values, problems);
    }

    private static Artifact artifact(String name, ArtifactSpec input, Given file) {
        ObjectNode metadata = file.metadata() == null ? JsonNodeFactory.instance.objectNode() : file.metadata();
        return new Artifact(name, type(input), input.instanceSchema(), input.schemaVersion(), file.uri(), metadata, null);
    }

    private static String type(ArtifactSpec input) {
        return input.schemaTitle() == null ? "" : input.schemaTitle();
    }
}
