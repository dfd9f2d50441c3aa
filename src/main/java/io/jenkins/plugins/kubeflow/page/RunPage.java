package io.jenkins.plugins.kubeflow.page;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Item;
import io.jenkins.plugins.kubeflow.engine.report.Assets;
import io.jenkins.plugins.kubeflow.engine.report.RunSource;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.verb.GET;

/**
 * The run's page ({@code graph} below the build): the same page and documents as the command line's live page, see
 * docs/run-page-protocol.md. Reads only; whoever may read the job may read it.
 */
public final class RunPage implements Action, StaplerProxy {
    private static final int LOG_PART = 512 * 1024;

    private final PipelineRun run;

    RunPage(PipelineRun run) {
        this.run = run;
    }

    public PipelineRun getRun() {
        return run;
    }

    @Override
    public String getIconFileName() {
        return "symbol-git-network-outline plugin-ionicons-api";
    }

    @Override
    public String getDisplayName() {
        return "Graph";
    }

    @Override
    public String getUrlName() {
        return "graph";
    }

    @Override
    public Object getTarget() {
        run.checkPermission(Item.READ);
        return this;
    }

    /** For the table. */
    public List<TaskRow> getTasks() throws IOException {
        return TaskRow.of(run);
    }

    private RunSource source() throws IOException {
        RunSource source = RunSources.of(run);
        if (source == null) {
            throw new IOException("the run has not begun");
        }
        return source;
    }

    @GET
    @WebMethod(name = "graph")
    public HttpResponse doGraph() throws IOException {
        return json(source().graph());
    }

    @GET
    @WebMethod(name = "state")
    public HttpResponse doState(@QueryParameter long since) throws IOException {
        return json(source().state(since));
    }

    @GET
    @WebMethod(name = "task")
    public HttpResponse doTask(@QueryParameter(required = true) String path) throws IOException {
        return json(source().task(path));
    }

    @GET
    @WebMethod(name = "views")
    public HttpResponse doViews(@QueryParameter(required = true) String path) throws IOException {
        return json(source().views(path));
    }

    @GET
    @WebMethod(name = "history")
    public HttpResponse doHistory() throws IOException {
        return json(source().history());
    }

    @GET
    @WebMethod(name = "spec")
    public HttpResponse doSpec() throws IOException {
        return text("text/plain", source().spec());
    }

    @GET
    @WebMethod(name = "log")
    public HttpResponse doLog(
            @QueryParameter(required = true) String path, @QueryParameter int attempt, @QueryParameter long start) throws IOException {
        return log(source().log(path, attempt), start);
    }

    @GET
    @WebMethod(name = "artifact")
    public HttpResponse doArtifact(
            @QueryParameter(required = true) String path, @QueryParameter(required = true) String name, @QueryParameter int index)
            throws IOException {
        return file(source().artifact(path, name, index));
    }

    @GET
    @WebMethod(name = "report.js")
    public HttpResponse doScript() throws IOException {
        return text("text/javascript", Assets.text("report.js"));
    }

    @GET
    @WebMethod(name = "report.css")
    public HttpResponse doStyle() throws IOException {
        return text("text/css", Assets.text("report.css"));
    }

    /** An answer as a lambda. */
    @FunctionalInterface
    private interface Answer extends HttpResponse {
        @Override
        void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node) throws IOException;
    }

    private static Answer json(JsonNode document) {
        if (document == null) {
            return status(404);
        }
        return (request, response, node) -> {
            response.setContentType("application/json;charset=UTF-8");
            response.setHeader("Cache-Control", "no-store");
            Json.MAPPER.writeValue(response.getOutputStream(), document);
        };
    }

    private static Answer text(String type, String text) {
        return (request, response, node) -> {
            response.setContentType(type + ";charset=UTF-8");
            response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        };
    }

    private static Answer status(int code) {
        return (request, response, node) -> response.setStatus(code);
    }

    private static Answer log(Path file, long start) {
        return (request, response, node) -> {
            response.setContentType("text/plain;charset=UTF-8");
            if (file == null || !Files.isRegularFile(file)) {
                response.setHeader("X-Text-Size", "0");
                return;
            }
            long size = Files.size(file);
            long from = start < 0 ? Math.max(0, size + start) : Math.min(start, size);
            byte[] part;
            try (InputStream in = Files.newInputStream(file)) {
                in.skipNBytes(from);
                part = in.readNBytes(LOG_PART);
            }
            response.setHeader("X-Text-Size", Long.toString(from + part.length));
            response.setHeader("X-More-Data", Boolean.toString(from + part.length < size));
            response.getOutputStream().write(part);
        };
    }

    /** Files of strangers: downloads only, images excepted, and never as a page of this Jenkins. */
    private static Answer file(Path file) {
        if (file == null || !Files.isRegularFile(file)) {
            return status(404);
        }
        return (request, response, node) -> {
            String type = Files.probeContentType(file);
            boolean image = type != null && type.startsWith("image/") && !type.contains("svg");
            response.setContentType(image ? type : "application/octet-stream");
            response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'; img-src 'self'");
            response.setHeader("X-Content-Type-Options", "nosniff");
            if (!image) {
                response.setHeader(
                        "Content-Disposition",
                        "attachment; filename=\"" + file.getFileName().toString().replaceAll("[^A-Za-z0-9._-]", "_") + "\"");
            }
            try (OutputStream out = response.getOutputStream()) {
                Files.copy(file, out);
            }
        };
    }

    /** Every run has the page; it costs nothing until it is opened. */
    @Extension
    public static final class Factory extends TransientActionFactory<PipelineRun> {
        @Override
        public Class<PipelineRun> type() {
            return PipelineRun.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull PipelineRun run) {
            return List.of(new RunPage(run));
        }
    }
}
