package io.jenkins.plugins.kubeflow.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.PipelineDefinition;
import java.io.IOException;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A pipeline of the registry: its newest version, its default version, or one that is named and stays. */
public final class RegisteredDefinition extends PipelineDefinition {
    private final String pipeline;
    /** Null for the newest. */
    private String version;

    @DataBoundConstructor
    public RegisteredDefinition(String pipeline) {
        this.pipeline = Util.fixNull(pipeline).strip();
    }

    public String getPipeline() {
        return pipeline;
    }

    public String getVersion() {
        return version == null ? RegisteredPipeline.LATEST : version;
    }

    @DataBoundSetter
    public void setVersion(@CheckForNull String name) {
        String given = Util.fixEmptyAndTrim(name);
        version = RegisteredPipeline.LATEST.equals(given) ? null : given;
    }

    @Override
    public Source read() throws IOException {
        return source(getVersion());
    }

    @Override
    public Source read(Request request) throws IOException {
        return source(request.version() == null ? getVersion() : request.version());
    }

    private Source source(String wanted) throws IOException {
        PipelineRegistry registry = KubeflowPipelines.get().registry();
        RegisteredPipeline registered = registry.find(pipeline);
        if (registered == null) {
            throw new IOException("there is no registered pipeline ‘" + pipeline + "’; upload it, or configure the job to run another one");
        }
        PipelineVersion found = registered.version(wanted);
        if (found == null) {
            throw new IOException(registered.versions().isEmpty()
                    ? "pipeline ‘" + pipeline + "’ has no versions any more; upload one"
                    : "pipeline ‘" + pipeline + "’ has no version ‘" + wanted + "’; choose another one in the job's configuration");
        }
        return new Source(
                "pipeline.yaml",
                registry.document(registered, found),
                "registered pipeline ‘" + pipeline + "’, version ‘" + found.name() + "’",
                new PipelineVersionAction(registered, found));
    }

    /** The id of the version that it stands for now, because ‘latest’ moves while the job stays as it is. */
    @Override
    public Object revision(KubeflowPipeline job) {
        try {
            RegisteredPipeline registered = KubeflowPipelines.get().registry().find(pipeline);
            PipelineVersion found = registered == null ? null : registered.version(getVersion());
            return found == null ? "" : found.id();
        } catch (IOException e) {
            return "";
        }
    }

    @Extension
    @Symbol("registered")
    public static final class DescriptorImpl extends Descriptor<PipelineDefinition> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RegisteredDefinition_DisplayName();
        }

        private static boolean mayChoose(@CheckForNull Item item) {
            return item != null && item.hasPermission(Item.CONFIGURE) && Jenkins.get().hasPermission(KubeflowPipelines.READ);
        }

        @POST
        public ListBoxModel doFillPipelineItems(@AncestorInPath Item item, @QueryParameter String pipeline) throws IOException {
            ListBoxModel list = new ListBoxModel();
            if (mayChoose(item)) {
                KubeflowPipelines.get().registry().pipelines().forEach(registered -> list.add(registered.name()));
            }
            return keep(list, pipeline);
        }

        @POST
        public ListBoxModel doFillVersionItems(
                @AncestorInPath Item item, @QueryParameter String pipeline, @QueryParameter String version) throws IOException {
            RegisteredPipeline registered = mayChoose(item) ? KubeflowPipelines.get().registry().find(pipeline) : null;
            return keep(registered == null ? new ListBoxModel() : VersionChoices.of(registered), version);
        }

        /** What is configured stays what is configured, also when it is gone or may not be seen. */
        private static ListBoxModel keep(ListBoxModel list, @CheckForNull String value) {
            if (value != null && !value.isEmpty() && list.stream().noneMatch(option -> option.value.equals(value))) {
                list.add(value);
            }
            return list;
        }

        @POST
        public FormValidation doCheckVersion(
                @AncestorInPath Item item, @QueryParameter String pipeline, @QueryParameter String value) throws IOException {
            RegisteredPipeline registered = mayChoose(item) ? KubeflowPipelines.get().registry().find(Util.fixNull(pipeline)) : null;
            String version = Util.fixNull(value).isBlank() ? RegisteredPipeline.LATEST : value.strip();
            if (registered == null || registered.version(version) != null) {
                return FormValidation.ok();
            }
            return FormValidation.error(registered.versions().isEmpty()
                    ? "pipeline ‘" + registered.name() + "’ has no versions any more; upload one"
                    : "pipeline ‘" + registered.name() + "’ has no version ‘" + version + "’; choose another one");
        }

        @POST
        public FormValidation doCheckPipeline(@AncestorInPath Item item, @QueryParameter String value) throws IOException {
            if (!mayChoose(item)) {
                return FormValidation.ok();
            }
            if (Util.fixNull(value).isBlank()) {
                return FormValidation.warning("no pipeline is registered yet; upload one at Kubeflow pipelines");
            }
            return KubeflowPipelines.get().registry().find(value) == null
                    ? FormValidation.error("there is no registered pipeline ‘" + value + "’")
                    : FormValidation.ok();
        }
    }
}
