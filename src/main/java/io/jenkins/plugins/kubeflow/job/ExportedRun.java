package io.jenkins.plugins.kubeflow.job;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.kubeflow.engine.run.RunEngine;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.export.Exported;

/**
 * What {@code /api/json} of a run says besides what a build says. Files are read for the run that is asked for itself, never for one that
 * is listed: pipeline, outputs and error are null there.
 */
@Restricted(NoExternalUse.class)
public abstract class ExportedRun extends Run<KubeflowPipeline, PipelineRun> {
    ExportedRun(KubeflowPipeline job) throws IOException {
        super(job);
    }

    ExportedRun(KubeflowPipeline job, File directory) throws IOException {
        super(job, directory);
    }

    private PipelineRun run() {
        return (PipelineRun) this;
    }

    private boolean isAskedFor() {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        return request != null && request.findAncestorObject(PipelineRun.class) == this;
    }

    @Exported(name = "runId")
    public String getExportedRunId() {
        return run().getRunId();
    }

    /** PENDING, RUNNING, CANCELING, SUCCEEDED, FAILED or CANCELED. */
    @Exported
    public String getState() {
        if (run().isBuilding()) {
            RunEngine engine = run().engine();
            return engine == null ? "PENDING" : engine.read(graph -> graph.state()).name();
        }
        Result result = getResult();
        return Result.SUCCESS.equals(result) ? "SUCCEEDED" : Result.ABORTED.equals(result) ? "CANCELED" : "FAILED";
    }

    /** The name that the pipeline has itself. */
    @CheckForNull
    @Exported
    public String getPipeline() throws IOException {
        RunRecord record = isAskedFor() ? run().record() : null;
        return record == null ? null : record.pipelineName();
    }

    /** Output parameters by name, as numbers, booleans, texts, lists and objects; null until it has ended. */
    @CheckForNull
    @Exported
    public Map<?, ?> getOutputs() throws IOException {
        JsonNode result = result();
        return result == null ? null : Json.MAPPER.convertValue(result.path("outputs").path("parameters"), Map.class);
    }

    /** Why it failed, or null. */
    @CheckForNull
    @Exported
    public String getError() throws IOException {
        JsonNode result = result();
        return result == null ? null : result.path("error").textValue();
    }

    @CheckForNull
    private JsonNode result() throws IOException {
        boolean there = isAskedFor() && !run().isBuilding() && Files.exists(run().directory().result());
        return there ? Json.MAPPER.readTree(run().directory().result().toFile()) : null;
    }
}
