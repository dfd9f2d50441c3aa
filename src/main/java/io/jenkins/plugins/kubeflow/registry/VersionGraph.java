package io.jenkins.plugins.kubeflow.registry;

import hudson.model.ModelObject;
import io.jenkins.plugins.kubeflow.engine.ir.ReadResult;
import io.jenkins.plugins.kubeflow.engine.ir.SpecReader;
import io.jenkins.plugins.kubeflow.engine.report.Assets;
import io.jenkins.plugins.kubeflow.engine.report.SpecDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.verb.GET;

/** A version's graph, drawn by the front end of the run page from a data block: nothing runs, so nothing is asked for again. */
public final class VersionGraph implements ModelObject {
    private final String title;
    private final String fileName;
    private final byte[] document;

    VersionGraph(String title, String fileName, byte[] document) {
        this.title = title;
        this.fileName = fileName;
        this.document = document;
    }

    @Override
    public String getDisplayName() {
        return Messages.VersionGraph_DisplayName();
    }

    public String getTitle() {
        return title;
    }

    /** JSON that cannot end the element that it stands in. */
    public String getData() throws IOException {
        ReadResult result = SpecReader.read(document, fileName);
        if (result.spec() == null) {
            throw new IOException("the pipeline cannot be read any more: " + result.problems());
        }
        return Assets.embeddable(SpecDocument.of(result.spec(), title, new String(document, StandardCharsets.UTF_8)));
    }

    @GET
    @WebMethod(name = "report.js")
    public void doScript(StaplerResponse2 response) throws IOException {
        send(response, "text/javascript", "report.js");
    }

    @GET
    @WebMethod(name = "report.css")
    public void doStyle(StaplerResponse2 response) throws IOException {
        send(response, "text/css", "report.css");
    }

    private static void send(StaplerResponse2 response, String type, String name) throws IOException {
        response.setContentType(type + ";charset=UTF-8");
        response.getOutputStream().write(Assets.text(name).getBytes(StandardCharsets.UTF_8));
    }
}
