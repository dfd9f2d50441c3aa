package io.jenkins.plugins.kubeflow.page;

import hudson.Extension;
import hudson.model.UnprotectedRootAction;
import io.jenkins.plugins.kubeflow.engine.report.Assets;
import io.jenkins.plugins.kubeflow.engine.report.Document;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * Scripts and styles of the pages, {@code kubeflow-assets/DIGEST/NAME}: the same address for every run, so that a browser fetches them
 * once. They hold nothing but the front end, which is public.
 */
@Extension
public final class PageAssets implements UnprotectedRootAction {
    private static final String URL = "kubeflow-assets";
    private static final List<String> NAMES = List.of("report.js", "report.css", "runs.js", "runs.css");

    private final Map<String, Document> documents = new ConcurrentHashMap<>();

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    /** The address of an asset below Jenkins' own, for a page's Jelly file. */
    public String address(String name) throws IOException {
        return URL + "/" + document(name).tag().replace("\"", "") + "/" + name;
    }

    /** {@code DIGEST/NAME}; an older digest is answered with what there is now, to be asked about again. */
    public HttpResponse doDynamic(StaplerRequest2 request) throws IOException {
        String[] path = request.getRestOfPath().split("/");
        if (!request.getMethod().equals("GET") || path.length != 3 || !NAMES.contains(path[2])) {
            return PageAnswers.missing();
        }
        Document document = document(path[2]);
        return document.tag().equals('"' + path[1] + '"') ? PageAnswers.forever(document) : PageAnswers.document(document);
    }

    private Document document(String name) throws IOException {
        Document known = documents.get(name);
        if (known == null) {
            known = Document.text(name.endsWith(".css") ? "text/css" : "text/javascript", Assets.text(name));
            documents.put(name, known);
        }
        return known;
    }
}
