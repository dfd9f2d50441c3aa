package io.jenkins.plugins.kubeflow.registry;

import hudson.Util;
import hudson.model.Api;
import hudson.model.ModelObject;
import hudson.security.Permission;
import io.jenkins.plugins.kubeflow.engine.ir.ParameterSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ReadResult;
import io.jenkins.plugins.kubeflow.engine.ir.SpecReader;
import io.jenkins.plugins.kubeflow.engine.task.Values;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/** A version's page: what it takes, its document, its graph. Reachable through {@link PipelinePage} only. */
@ExportedBean(defaultVisibility = 2)
public final class VersionPage implements ModelObject {
    /** Characters of the document on the page; the rest can be downloaded. */
    private static final int SHOWN = 200_000;

    private final RegisteredPipeline pipeline;
    private final PipelineVersion version;

    VersionPage(RegisteredPipeline pipeline, PipelineVersion version) {
        this.pipeline = pipeline;
        this.version = version;
    }

    /** A root input of the pipeline, as people read it. */
    public record Input(String name, String type, String defaultText, boolean required, String description) {
        public String getName() {
            return name;
        }

        public String getType() {
            return type;
        }

        public String getDefaultText() {
            return defaultText;
        }

        public boolean isRequired() {
            return required;
        }

        public String getDescription() {
            return description;
        }
    }

    public Api getApi() {
        return new Api(this);
    }

    @Override
    public String getDisplayName() {
        return version.name();
    }

    public String getPipelineName() {
        return pipeline.name();
    }

    @Exported
    public String getId() {
        return version.id();
    }

    @Exported
    public String getName() {
        return version.name();
    }

    @Exported
    public String getDescription() {
        return version.description();
    }

    @Exported
    public String getCodeUrl() {
        return version.codeUrl();
    }

    @Exported
    public List<String> getTags() {
        return version.tags();
    }

    @Exported
    public Date getCreated() {
        return Date.from(version.created());
    }

    @Exported
    public String getCreatedBy() {
        return version.createdBy();
    }

    @Exported
    public String getSha256() {
        return version.sha256();
    }

    @Exported
    public boolean isDefault() {
        return version.equals(pipeline.defaultVersion());
    }

    /** Relative to Jenkins' root, with a slash at its end. */
    @Exported
    public String getUrl() {
        return new PipelinePage(pipeline).getUrl() + "version/" + Util.rawEncode(version.name()) + "/";
    }

    public String getPipelineUrl() {
        return new PipelinePage(pipeline).getUrl();
    }

    public boolean isUploadable() {
        return Jenkins.get().hasPermission(KubeflowPipelines.UPLOAD);
    }

    public boolean isDeletable() {
        return Jenkins.get().hasPermission(KubeflowPipelines.DELETE);
    }

    /** For views. */
    public Permission getDeletePermission() {
        return KubeflowPipelines.DELETE;
    }

    private byte[] document() throws IOException {
        return KubeflowPipelines.get().registry().document(pipeline, version);
    }

    public String getText() throws IOException {
        String text = new String(document(), StandardCharsets.UTF_8);
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "\n…";
    }

    public List<Input> getInputs() throws IOException {
        ReadResult result = SpecReader.read(document(), version.name());
        return result.spec() == null
                ? List.of()
                : result.spec().root().inputParameters().entrySet().stream().map(e -> input(e.getKey(), e.getValue())).toList();
    }

    private static Input input(String name, ParameterSpec spec) {
        String text = spec.defaultValue() == null ? "" : Values.text(spec.defaultValue());
        return new Input(name, spec.type().name(), text, !spec.mayBeAbsent() && spec.defaultValue() == null, spec.description());
    }

    /** Below {@code graph/}. */
    public VersionGraph getGraph() throws IOException {
        return new VersionGraph(getPipelineName() + " " + getName(), version.name(), document());
    }

    /** The document as a download: it is a stranger's text, never a page of this Jenkins. */
    @GET
    @WebMethod(name = "pipeline.yaml")
    public void doDownload(StaplerResponse2 response) throws IOException {
        Jenkins.get().checkPermission(KubeflowPipelines.READ);
        byte[] document = document();
        response.setContentType("application/yaml;charset=UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Disposition", "attachment; filename=\"pipeline.yaml\"");
        response.getOutputStream().write(document);
    }

    @RequirePOST
    public HttpResponse doDelete() throws IOException {
        Jenkins.get().checkPermission(KubeflowPipelines.DELETE);
        try {
            KubeflowPipelines.get().registry().deleteVersion(pipeline, version);
        } catch (RegistryRefusal e) {
            return HttpResponses.error(400, e.getMessage());
        }
        return HttpResponses.redirectViaContextPath(getPipelineUrl());
    }
}
