package io.jenkins.plugins.kubeflow.step;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import io.jenkins.plugins.kubeflow.engine.ir.ParameterSpec;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the result of a run from its directory. Blocks on the disk. */
final class RunResults {
    private RunResults() {}

    static RunResult of(PipelineRun run) throws IOException {
        RunRecord record = run.record();
        if (run.isBuilding() || record == null || !Files.exists(run.directory().result())) {
            return result(run, run.isBuilding() ? "RUNNING" : state(run), run.isBuilding() ? null : "the run has not begun, see its log");
        }
        JsonNode document = Json.MAPPER.readTree(run.directory().result().toFile());
        RunResult result = result(run, document.path("state").asText(state(run)), text(document.path("error")));
        Map<String, ParameterSpec> declared = record.spec(run.directory()).root().outputParameters();
        document.path("outputs").path("parameters").fields().forEachRemaining(field -> {
            ParameterSpec spec = declared.get(field.getKey());
            result.output(field.getKey(), GroovyValues.toGroovy(field.getValue(), spec == null ? null : spec.type()));
        });
        document.path("outputs").path("artifacts").fields().forEachRemaining(field ->
                field.getValue().forEach(artifact -> result.artifact(field.getKey(), artifact(artifact))));
        return result;
    }

    private static RunResult result(PipelineRun run, String state, String error) {
        return new RunResult(run.getRunId(), run.getParent().getFullName(), run.getNumber(), url(run), state, error);
    }

    /** Absolute where Jenkins knows its address. */
    static String url(PipelineRun run) {
        String root = jenkins.model.Jenkins.get().getRootUrl();
        return (root == null ? "" : root) + run.getUrl();
    }

    private static String state(PipelineRun run) {
        return Result.SUCCESS.equals(run.getResult()) ? "SUCCEEDED" : Result.ABORTED.equals(run.getResult()) ? "CANCELED" : "FAILED";
    }

    private static LinkedHashMap<String, Object> artifact(JsonNode artifact) {
        LinkedHashMap<String, Object> map = new LinkedHashMap<>();
        for (String key : new String[] {"name", "type", "uri", "metadata"}) {
            Serializable value = GroovyValues.toGroovy(artifact.path(key), null);
            map.put(key, value);
        }
        return map;
    }

    private static String text(JsonNode node) {
        return node.isTextual() ? node.textValue() : null;
    }
}
