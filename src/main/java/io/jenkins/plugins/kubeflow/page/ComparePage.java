package io.jenkins.plugins.kubeflow.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.ExtensionList;
import hudson.model.AbstractItem;
import hudson.model.Action;
import hudson.model.Item;
import io.jenkins.plugins.kubeflow.engine.compare.CompareDocument;
import io.jenkins.plugins.kubeflow.engine.compare.RunFacts;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.report.Document;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.verb.GET;

/**
 * Runs side by side ({@code compare} below a job or an experiment). Which ones stands in the address: {@code ?runs=1,2,3}, or
 * {@code ?run=1&run=2} as a form sends it. Reads only; whoever may read the item may read it.
 */
public final class ComparePage implements Action, StaplerProxy {
    /** More columns than this nobody reads. */
    private static final int MOST = 100;

    /** What there is to compare below an item; ids are the item's own. */
    interface Runs {
        /** Null when there is none or it may not be seen. */
        PipelineRun get(String id) throws IOException;

        /** Ids and labels of the newest ones, for choosing; no build is loaded for it. */
        List<Choice> newest() throws IOException;
    }

    record Choice(String id, String label, String state) {}

    private final AbstractItem item;
    private final Runs runs;

    ComparePage(AbstractItem item, Runs runs) {
        this.item = item;
        this.runs = runs;
    }

    public AbstractItem getItem() {
        return item;
    }

    @Override
    public String getIconFileName() {
        return "symbol-git-compare-outline plugin-ionicons-api";
    }

    @Override
    public String getDisplayName() {
        return Messages.ComparePage_displayName();
    }

    @Override
    public String getUrlName() {
        return "compare";
    }

    @Override
    public Object getTarget() {
        item.checkPermission(Item.READ);
        return this;
    }

    public String getScript() throws IOException {
        return ExtensionList.lookupSingleton(PageAssets.class).address("runs.js");
    }

    public String getStyle() throws IOException {
        return ExtensionList.lookupSingleton(PageAssets.class).address("runs.css");
    }

    @GET
    @WebMethod(name = "choices")
    public HttpResponse doChoices() throws IOException {
        ArrayNode list = Json.MAPPER.createArrayNode();
        for (Choice choice : runs.newest()) {
            list.addObject().put("id", choice.id()).put("label", choice.label()).put("state", choice.state());
        }
        return PageAnswers.document(Document.json(list));
    }

    /** The comparison; {@code problems} are sentences about runs that cannot be part of it. */
    @GET
    @WebMethod(name = "data")
    public HttpResponse doData(@QueryParameter(required = true, value = "runs") String ids) throws IOException {
        List<CompareDocument.Run> compared = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Set<String> wanted = new LinkedHashSet<>(Arrays.asList(ids.split(",")));
        wanted.remove("");
        for (String id : wanted) {
            PipelineRun run = runs.get(id);
            if (compared.size() == MOST) {
                problems.add(Messages.ComparePage_tooMany(MOST));
                break;
            } else if (run == null || !run.hasPermission(Item.READ)) {
                problems.add(Messages.ComparePage_noRun(id));
            } else if (!Files.exists(run.directory().record())) {
                problems.add(Messages.ComparePage_notBegun(run.getFullDisplayName()));
            } else {
                compared.add(read(id, run));
            }
        }
        ObjectNode document = CompareDocument.of(compared);
        problems.forEach(document.putArray("problems")::add);
        return PageAnswers.document(Document.json(document));
    }

    private CompareDocument.Run read(String id, PipelineRun run) throws IOException {
        RunFacts facts = RunFacts.read(run.directory());
        RunRecord record = run.record();
        PipelineSpec spec = record == null ? null : record.spec(run.directory());
        String text = record == null ? null : RunSources.of(run).spec();
        String url = Jenkins.get().getRootUrlFromRequest() + run.getUrl();
        String label = run.getParent() == item ? run.getDisplayName() : run.getParent().getDisplayName() + " " + run.getDisplayName();
        return new CompareDocument.Run(id, label, url, facts, spec, text, RunSources.files(run)::path);
    }
}
