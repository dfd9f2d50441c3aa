package io.jenkins.plugins.kubeflow.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.ExtensionList;
import hudson.model.Action;
import hudson.model.Item;
import io.jenkins.plugins.kubeflow.engine.compare.TrendDocument;
import io.jenkins.plugins.kubeflow.engine.report.Document;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.verb.GET;

/** Scalar metrics over a job's newest runs: the chart on the job's page and its data ({@code metrics-trend/data}). Reads only. */
public final class TrendPage implements Action, StaplerProxy {
    private static final int RUNS = 50;

    private final KubeflowPipeline job;

    TrendPage(KubeflowPipeline job) {
        this.job = job;
    }

    /** Not in the side panel: it is on the job's page itself. */
    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return Messages.TrendPage_displayName();
    }

    @Override
    public String getUrlName() {
        return "metrics-trend";
    }

    @Override
    public Object getTarget() {
        job.checkPermission(Item.READ);
        return this;
    }

    public String getScript() throws IOException {
        return ExtensionList.lookupSingleton(PageAssets.class).address("runs.js");
    }

    public String getStyle() throws IOException {
        return ExtensionList.lookupSingleton(PageAssets.class).address("runs.css");
    }

    @GET
    @WebMethod(name = "data")
    public HttpResponse doData() {
        List<RecentRuns.Recent> recent = new ArrayList<>(RecentRuns.of(job, RUNS));
        Collections.reverse(recent);
        ObjectNode document = TrendDocument.of(recent.stream().map(RecentRuns.Recent::facts).toList());
        ArrayNode numbers = Json.MAPPER.createArrayNode();
        recent.forEach(run -> numbers.add(run.number()));
        document.set("numbers", numbers);
        return PageAnswers.document(Document.json(document));
    }
}
