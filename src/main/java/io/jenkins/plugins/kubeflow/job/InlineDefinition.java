package io.jenkins.plugins.kubeflow.job;

import hudson.Extension;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.kubeflow.engine.ir.ReadResult;
import io.jenkins.plugins.kubeflow.engine.ir.SpecReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The pipeline's text in the job itself. */
public class InlineDefinition extends PipelineDefinition {
    private final String text;
    private transient volatile List<String> problems;

    @DataBoundConstructor
    public InlineDefinition(String text) {
        this.text = text == null ? "" : text;
    }

    public String getText() {
        return text;
    }

    @Override
    public Source read() {
        return new Source("pipeline.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<String> problems() {
        List<String> found = problems;
        if (found == null) {
            found = SpecReader.read(read().bytes(), "pipeline.yaml").problems().stream().map(Object::toString).toList();
            problems = found;
        }
        return found;
    }

    @Extension
    @Symbol("inline")
    public static class DescriptorImpl extends Descriptor<PipelineDefinition> {
        @Override
        public String getDisplayName() {
            return Messages.InlineDefinition_displayName();
        }

        @POST
        public FormValidation doCheckText(@AncestorInPath Item item, @QueryParameter String value) {
            if (item == null || !item.hasPermission(Item.CONFIGURE)) {
                return FormValidation.ok();
            }
            if (value == null || value.isBlank()) {
                return FormValidation.warning("paste the YAML that the kfp compiler wrote");
            }
            ReadResult result = SpecReader.read(value.getBytes(StandardCharsets.UTF_8), "pipeline");
            if (result.problems().isEmpty()) {
                return FormValidation.ok("pipeline ‘" + result.spec().displayName() + "’");
            }
            return FormValidation.error(
                    String.join("\n", result.problems().stream().limit(20).map(Object::toString).toList()));
        }
    }
}
