package io.jenkins.plugins.kubeflow.registry;

import hudson.model.InvisibleAction;
import hudson.Util;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Which version of a registered pipeline a run is a run of; kept with the run, also when the version is deleted. */
@ExportedBean
public final class PipelineVersionAction extends InvisibleAction {
    private final String pipeline;
    private final String version;
    private final String versionId;

    PipelineVersionAction(RegisteredPipeline pipeline, PipelineVersion version) {
        this.pipeline = pipeline.name();
        this.version = version.name();
        this.versionId = version.id();
    }

    @Exported(visibility = 2)
    public String getPipeline() {
        return pipeline;
    }

    @Exported(visibility = 2)
    public String getVersion() {
        return version;
    }

    @Exported(visibility = 2)
    public String getVersionId() {
        return versionId;
    }

    /** Relative to Jenkins' root; null for who may not read the registry. */
    public String getUrl() {
        return Jenkins.get().hasPermission(KubeflowPipelines.READ)
                ? "kubeflow-pipelines/pipeline/" + Util.rawEncode(pipeline) + "/version/" + Util.rawEncode(version) + "/"
                : null;
    }
}
