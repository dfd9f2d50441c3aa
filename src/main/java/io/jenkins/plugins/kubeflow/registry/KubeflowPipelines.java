package io.jenkins.plugins.kubeflow.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Api;
import hudson.model.Item;
import hudson.model.RootAction;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * The registry of pipelines, at {@code /kubeflow-pipelines/}. It belongs to the whole of Jenkins, and so do its permissions: whoever may
 * read, configure or delete all jobs may read, upload and delete here unless an administrator decides otherwise. Whoever may not read
 * gets the answer that a page gives which does not exist.
 */
@Extension
@ExportedBean
public final class KubeflowPipelines implements RootAction, StaplerProxy {
    public static final PermissionGroup PERMISSIONS = new PermissionGroup(KubeflowPipelines.class, Messages._KubeflowPipelines_Permissions());
    public static final Permission READ = new Permission(
            PERMISSIONS, "Read", Messages._KubeflowPipelines_Read(), Item.READ, PermissionScope.JENKINS);
    public static final Permission UPLOAD = new Permission(
            PERMISSIONS, "Upload", Messages._KubeflowPipelines_Upload(), Item.CONFIGURE, PermissionScope.JENKINS);
    public static final Permission DELETE = new Permission(
            PERMISSIONS, "Delete", Messages._KubeflowPipelines_Delete(), Item.DELETE, PermissionScope.JENKINS);

    private PipelineRegistry registry;

    public static KubeflowPipelines get() {
        return ExtensionList.lookupSingleton(KubeflowPipelines.class);
    }

    /** Asks for no permission: that is the caller's business. @throws IOException with a sentence when its directory cannot be read */
    public synchronized PipelineRegistry registry() throws IOException {
        if (registry == null) {
            registry = PipelineRegistry.open(Jenkins.get().getRootDir().toPath().resolve("kubeflow-pipelines").resolve("registry"));
        }
        return registry;
    }

    @Override
    public String getIconFileName() {
        return Jenkins.get().hasPermission(READ) ? "symbol-git-network-outline plugin-ionicons-api" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.KubeflowPipelines_DisplayName();
    }

    @NonNull
    @Override
    public String getUrlName() {
        return "kubeflow-pipelines";
    }

    @Override
    public Object getTarget() {
        if (!Jenkins.get().hasPermission(READ)) {
            throw HttpResponses.notFound();
        }
        return this;
    }

    public Api getApi() {
        return new Api(this);
    }

    @Exported
    public List<PipelinePage> getPipelines() throws IOException {
        return registry().pipelines().stream().map(PipelinePage::new).toList();
    }

    /** Those whose name, description or tags hold the text that was asked for; all without one. */
    public List<PipelinePage> getShown() throws IOException {
        String text = getFilter().toLowerCase(Locale.ROOT);
        return getPipelines().stream().filter(page -> page.holds(text)).toList();
    }

    public String getFilter() {
        String text = Stapler.getCurrentRequest2().getParameter("filter");
        return text == null ? "" : text.strip();
    }

    public boolean isUploadable() {
        return Jenkins.get().hasPermission(UPLOAD);
    }

    /** Below {@code pipeline/NAME/}; null (404) for a name that is not there. */
    @CheckForNull
    public PipelinePage getPipeline(String name) throws IOException {
        RegisteredPipeline pipeline = registry().find(name);
        return pipeline == null ? null : new PipelinePage(pipeline);
    }

    /** Below {@code upload/}: the form for a new pipeline. */
    public UploadPage getUpload() {
        return new UploadPage(null);
    }
}
