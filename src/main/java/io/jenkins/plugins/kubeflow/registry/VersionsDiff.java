package io.jenkins.plugins.kubeflow.registry;

import hudson.ExtensionList;
import hudson.model.ModelObject;
import io.jenkins.plugins.kubeflow.page.PageAssets;
import java.io.IOException;
import java.util.List;

/** What differs between two versions of a pipeline ({@code diff/?from=v1&to=v2} below it), drawn by the front end of the compare page. */
public final class VersionsDiff implements ModelObject {
    private final RegisteredPipeline pipeline;

    VersionsDiff(RegisteredPipeline pipeline) {
        this.pipeline = pipeline;
    }

    @Override
    public String getDisplayName() {
        return Messages.VersionsDiff_DisplayName();
    }

    public String getPipelineName() {
        return pipeline.name();
    }

    /** Names, the newest first. */
    public List<String> getVersions() {
        return new PipelinePage(pipeline).getVersions().stream().map(VersionPage::getName).toList();
    }

    /** Relative to Jenkins' root, with a slash at its end. */
    public String getPipelineUrl() {
        return new PipelinePage(pipeline).getUrl();
    }

    /** Relative to Jenkins' root. */
    public String getScript() throws IOException {
        return ExtensionList.lookupSingleton(PageAssets.class).address("runs.js");
    }

    /** Relative to Jenkins' root. */
    public String getStyle() throws IOException {
        return ExtensionList.lookupSingleton(PageAssets.class).address("runs.css");
    }
}
