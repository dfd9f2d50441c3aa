package io.jenkins.plugins.kubeflow.registry;

import hudson.ExtensionList;
import hudson.model.ModelObject;
import io.jenkins.plugins.kubeflow.engine.ir.ReadResult;
import io.jenkins.plugins.kubeflow.engine.ir.SpecReader;
import io.jenkins.plugins.kubeflow.engine.report.Assets;
import io.jenkins.plugins.kubeflow.engine.report.SpecDocument;
import io.jenkins.plugins.kubeflow.page.PageAssets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

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

    /** Relative to Jenkins' root. */
    public String getScript() throws IOException {
        return ExtensionList.lookupSingleton(PageAssets.class).address("report.js");
    }

    /** Relative to Jenkins' root. */
    public String getStyle() throws IOException {
        return ExtensionList.lookupSingleton(PageAssets.class).address("report.css");
    }
}
