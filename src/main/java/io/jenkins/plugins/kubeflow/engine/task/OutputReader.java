package io.jenkins.plugins.kubeflow.engine.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.ir.ComponentSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ParameterSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a step that ended well has produced (kfp.md 2.5, 2.7): values in the executor's output file win over output files; every
 * declared parameter must be there. One exception, friendlier than KFP: a Python component that returns None for an Optional writes
 * an output file without the value; the value is then absent instead of an error.
 */
public final class OutputReader {
    private final ComponentSpec component;
    private final OutputPlan plan;
    private final OutputFiles files;

    public OutputReader(ComponentSpec component, OutputPlan plan, OutputFiles files) {
        this.component = component;
        this.plan = plan;
        this.files = files;
    }

    /** @throws ValueException with a sentence for the task when it broke its contract */
    public TaskOutputs read() throws IOException, ValueException {
        ObjectNode executorOutput = executorOutput();
        return new TaskOutputs(parameters(executorOutput), artifacts(executorOutput));
    }

    private ObjectNode executorOutput() throws IOException, ValueException {
        try (InputStream in = files.open(plan.outputFile())) {
            if (in == null) {
                return null;
            }
            JsonNode json = Json.MAPPER.readTree(in);
            if (json == null || json.isMissingNode()) {
                return null;
            }
            if (json instanceof ObjectNode object) {
                return object;
            }
            throw new ValueException("the executor's output file is not a JSON object");
        } catch (JsonProcessingException e) {
            throw new ValueException("the executor's output file is not JSON: " + e.getOriginalMessage());
        }
    }

    private Map<String, JsonNode> parameters(ObjectNode executorOutput) throws IOException, ValueException {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        for (Map.Entry<String, ParameterSpec> entry : component.outputParameters().entrySet()) {
            String name = entry.getKey();
            JsonNode given = executorOutput == null ? null : field(executorOutput, "parameterValues", "parameter_values").get(name);
            try {
                if (given != null && !given.isNull()) {
                    values.put(name, Values.coerce(entry.getValue().type(), given));
                    continue;
                }
                String text = text(plan.parameterFiles().get(name));
                if (text != null) {
                    values.put(name, Values.parse(entry.getValue().type(), text));
                } else if (executorOutput == null) {
                    throw new ValueException("was not written (the step must write it to the file that ‘"
                            + "{{$.outputs.parameters['" + name + "'].output_file}}’ stands for)");
                }
            } catch (ValueException e) {
                throw new ValueException("output parameter ‘" + name + "’ " + e.getMessage());
            }
        }
        return values;
    }

    private String text(String file) throws IOException {
        try (InputStream in = files.open(file)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Map<String, List<Artifact>> artifacts(ObjectNode executorOutput) {
        Map<String, List<Artifact>> result = new LinkedHashMap<>();
        plan.artifacts().forEach((name, declared) -> {
            JsonNode reported = executorOutput == null
                    ? null
                    : executorOutput.path("artifacts").path(name).path("artifacts");
            result.put(name, merge(name, declared, reported));
        });
        return result;
    }

    private List<Artifact> merge(String name, List<Artifact> declared, JsonNode reported) {
        if (reported == null || !reported.isArray() || reported.isEmpty()) {
            return declared;
        }
        if (declared.size() == 1) {
            return List.of(merge(declared.get(0), reported.get(0)));
        }
        String type = component.outputArtifacts().get(name).schemaTitle();
        List<Artifact> list = new ArrayList<>();
        for (JsonNode artifact : reported) {
            list.add(merge(new Artifact(name, type == null ? "" : type, null, null, "", Json.MAPPER.createObjectNode(), null), artifact));
        }
        return list;
    }

    private static Artifact merge(Artifact declared, JsonNode reported) {
        String uri = reported.path("uri").asText();
        ObjectNode metadata = declared.metadata().deepCopy();
        if (reported.path("metadata") instanceof ObjectNode overlay) {
            metadata.setAll((ObjectNode) Values.normalize(overlay));
        }
        String custom = field(reported, "customPath", "custom_path").asText();
        return new Artifact(
                declared.name(),
                declared.type(),
                declared.instanceSchema(),
                declared.schemaVersion(),
                uri.isEmpty() ? declared.uri() : uri,
                metadata,
                custom.isEmpty() ? declared.customPath() : custom);
    }

    private static JsonNode field(JsonNode object, String camel, String snake) {
        return object.has(camel) ? object.path(camel) : object.path(snake);
    }
}
