package io.jenkins.plugins.kubeflow.page;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Action;
import hudson.model.Item;
import io.jenkins.plugins.kubeflow.engine.report.Document;
import io.jenkins.plugins.kubeflow.engine.report.LogPart;
import io.jenkins.plugins.kubeflow.engine.report.RunSource;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.verb.GET;

/**
 * The run's page ({@code graph} below the build): the same page and documents as the command line's live page, see
 * docs/run-page-protocol.md. Reads only; whoever may read the job may read it.
 */
public final class RunPage implements Action, StaplerProxy {
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
        return Messages.RunPage_displayName();
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

    /** For the summary on the build's page. */
    public OutputRows getOutputs() throws IOException {
        return OutputRows.of(run);
    }

    public String getScript() throws IOException {
        return ExtensionList.lookupSingleton(PageAssets.class).address("report.js");
    }

    public String getStyle() throws IOException {
        return ExtensionList.lookupSingleton(PageAssets.class).address("report.css");
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
        return PageAnswers.document(Document.json(source().graph()));
    }

    @GET
    @WebMethod(name = "state")
    public HttpResponse doState(@QueryParameter long since) throws IOException {
        return PageAnswers.document(Document.state(source().state(since), since));
    }

    @GET
    @WebMethod(name = "task")
    public HttpResponse doTask(@QueryParameter(required = true) String path) throws IOException {
        return PageAnswers.document(Document.json(source().task(path)));
    }

    @GET
    @WebMethod(name = "views")
    public HttpResponse doViews(@QueryParameter(required = true) String path) throws IOException {
        return PageAnswers.document(Document.json(source().views(path)));
    }

    @GET
    @WebMethod(name = "view")
    public HttpResponse doView(
            @QueryParameter(required = true) String path,
            @QueryParameter(required = true) String name,
            @QueryParameter int index,
            @QueryParameter String file)
            throws IOException {
        return PageAnswers.document(Document.json(source().view(path, name, index, file == null ? "" : file)));
    }

    @GET
    @WebMethod(name = "expected")
    public HttpResponse doExpected() throws IOException {
        return PageAnswers.document(Document.json(source().expected()));
    }

    @GET
    @WebMethod(name = "lineage")
    public HttpResponse doLineage(@QueryParameter(required = true) String path) throws IOException {
        return PageAnswers.document(Document.json(source().lineage(path)));
    }

    @GET
    @WebMethod(name = "history")
    public HttpResponse doHistory() throws IOException {
        return PageAnswers.document(Document.json(source().history()));
    }

    @GET
    @WebMethod(name = "spec")
    public HttpResponse doSpec() throws IOException {
        return PageAnswers.document(Document.text("text/plain", source().spec()));
    }

    @GET
    @WebMethod(name = "log")
    public HttpResponse doLog(
            @QueryParameter(required = true) String path, @QueryParameter int attempt, @QueryParameter long start) throws IOException {
        return PageAnswers.log(LogPart.read(source().log(path, attempt), start));
    }

    @GET
    @WebMethod(name = "artifact")
    public HttpResponse doArtifact(
            @QueryParameter(required = true) String path,
            @QueryParameter(required = true) String name,
            @QueryParameter int index,
            @QueryParameter String file,
            @QueryParameter String as)
            throws IOException {
        return PageAnswers.file(source().artifact(path, name, index, file == null ? "" : file), "image".equals(as));
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
