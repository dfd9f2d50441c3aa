package io.jenkins.plugins.kubeflow.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Api;
import hudson.model.ModelObject;
import hudson.security.Permission;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import java.io.IOException;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** A registered pipeline's page, as it was when the request came. Reachable through {@link KubeflowPipelines} only, which checks READ. */
@ExportedBean(defaultVisibility = 2)
public final class PipelinePage implements ModelObject {
    private final RegisteredPipeline pipeline;

    PipelinePage(RegisteredPipeline pipeline) {
        this.pipeline = pipeline;
    }

    RegisteredPipeline pipeline() {
        return pipeline;
    }

    public Api getApi() {
        return new Api(this);
    }

    @Override
    public String getDisplayName() {
        return pipeline.name();
    }

    @Exported
    public String getId() {
        return pipeline.id();
    }

    @Exported
    public String getName() {
        return pipeline.name();
    }

    @Exported
    public String getDescription() {
        return pipeline.description();
    }

    @Exported
    public List<String> getTags() {
        return pipeline.tags();
    }

    public String getTagText() {
        return String.join(", ", pipeline.tags());
    }

    @Exported
    public Date getCreated() {
        return Date.from(pipeline.created());
    }

    @Exported
    public String getCreatedBy() {
        return pipeline.createdBy();
    }

    @Exported
    public String getDefaultVersion() {
        PipelineVersion version = pipeline.defaultVersion();
        return version == null ? null : version.name();
    }

    @Exported
    public String getLatestVersion() {
        PipelineVersion version = pipeline.latest();
        return version == null ? null : version.name();
    }

    /** Null while there is no version. */
    @CheckForNull
    public Date getLatestUpload() {
        PipelineVersion version = pipeline.latest();
        return version == null ? null : Date.from(version.created());
    }

    /** Whether somebody chose the default version; otherwise it is the newest. */
    public boolean isChosen() {
        return pipeline.chosen() != null;
    }

    @Exported
    public List<VersionPage> getVersions() {
        return pipeline.versions().stream().map(version -> new VersionPage(pipeline, version)).toList();
    }

    /** Relative to Jenkins' root, with a slash at its end. */
    @Exported
    public String getUrl() {
        return "kubeflow-pipelines/pipeline/" + Util.rawEncode(pipeline.name()) + "/";
    }

    boolean holds(String text) {
        return text.isEmpty()
                || (pipeline.name() + "\n" + pipeline.description() + "\n" + String.join("\n", pipeline.tags()))
                        .toLowerCase(Locale.ROOT)
                        .contains(text);
    }

    /** The jobs that run it, as far as the user may see them; no run is loaded. */
    public List<KubeflowPipeline> getJobs() {
        return Jenkins.get().getAllItems(KubeflowPipeline.class, job -> job.getDefinition() instanceof RegisteredDefinition definition
                && definition.getPipeline().equals(pipeline.name()));
    }

    public boolean isUploadable() {
        return Jenkins.get().hasPermission(KubeflowPipelines.UPLOAD);
    }

    public boolean isDeletable() {
        return Jenkins.get().hasPermission(KubeflowPipelines.DELETE);
    }

    /** For views. */
    public Permission getUploadPermission() {
        return KubeflowPipelines.UPLOAD;
    }

    /** For views. */
    public Permission getDeletePermission() {
        return KubeflowPipelines.DELETE;
    }

    /** Below {@code version/NAME/}; null (404) for a name that is not there. */
    @CheckForNull
    public VersionPage getVersion(String name) {
        PipelineVersion version = pipeline.version(name);
        return version == null ? null : new VersionPage(pipeline, version);
    }

    /** Below {@code upload/}: the form for a new version. */
    public UploadPage getUpload() {
        return new UploadPage(pipeline);
    }

    /** Below {@code create/}: the form for a job that runs it. */
    public CreateJobPage getCreate() {
        return new CreateJobPage(pipeline);
    }

    /** Below {@code diff/}; null (404) while there is nothing to compare. */
    @CheckForNull
    public VersionsDiff getDiff() {
        return pipeline.versions().size() < 2 ? null : new VersionsDiff(pipeline);
    }

    @RequirePOST
    public HttpResponse doDescribe(@QueryParameter String description, @QueryParameter String tags) throws IOException {
        Jenkins.get().checkPermission(KubeflowPipelines.UPLOAD);
        return changed(registry -> registry.describe(pipeline, Util.fixNull(description), Util.fixNull(tags)));
    }

    /** @param version empty for whichever is the newest */
    @RequirePOST
    public HttpResponse doSetDefault(@QueryParameter String version) throws IOException {
        Jenkins.get().checkPermission(KubeflowPipelines.UPLOAD);
        return changed(registry -> registry.choose(pipeline, Util.fixEmpty(version)));
    }

    @RequirePOST
    public HttpResponse doDelete(@QueryParameter boolean withVersions) throws IOException {
        Jenkins.get().checkPermission(KubeflowPipelines.DELETE);
        try {
            KubeflowPipelines.get().registry().delete(pipeline, withVersions);
        } catch (RegistryRefusal e) {
            return HttpResponses.error(400, e.getMessage());
        }
        return HttpResponses.redirectViaContextPath("kubeflow-pipelines/");
    }

    private interface Change {
        void make(PipelineRegistry registry) throws IOException, RegistryRefusal;
    }

    private HttpResponse changed(Change change) throws IOException {
        try {
            change.make(KubeflowPipelines.get().registry());
        } catch (RegistryRefusal e) {
            return HttpResponses.error(400, e.getMessage());
        }
        return HttpResponses.redirectViaContextPath(getUrl());
    }
}
