package io.jenkins.plugins.kubeflow.recurring;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.RelativePath;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.ParameterTexts;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The value of one input in a recurring run, as text; macros are replaced when a run is created. */
public final class RecurringParameter extends AbstractDescribableImpl<RecurringParameter> {
    private final String name;
    private final String value;

    @DataBoundConstructor
    public RecurringParameter(String name, String value) {
        this.name = Util.fixNull(name).trim();
        this.value = Util.fixNull(value);
    }

    public String getName() {
        return name;
    }

    public String getValue() {
        return value;
    }

    @Extension
    @Symbol("recurringParameter")
    public static final class DescriptorImpl extends Descriptor<RecurringParameter> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RecurringParameter_displayName();
        }

        /** The inputs of the job's pipeline. */
        @POST
        public ComboBoxModel doFillNameItems(@AncestorInPath Item item) {
            ComboBoxModel names = new ComboBoxModel();
            if (item instanceof KubeflowPipeline job && item.hasPermission(Item.CONFIGURE)) {
                names.addAll(ParameterTexts.names(job));
            }
            return names;
        }

        @POST
        public FormValidation doCheckValue(
                @AncestorInPath Item item,
                @QueryParameter String name,
                @QueryParameter String value,
                @RelativePath("..") @QueryParameter String version) {
            if (!(item instanceof KubeflowPipeline job) || !item.hasPermission(Item.CONFIGURE)) {
                return FormValidation.ok();
            }
            String problem = ParameterTexts.problem(job, Util.fixEmptyAndTrim(version), name, value);
            return problem == null ? FormValidation.ok() : FormValidation.error(problem);
        }
    }
}
