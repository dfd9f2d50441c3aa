package io.jenkins.plugins.kubeflow.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.DoNotUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** {@code kubeflowPipeline}: runs a pipeline and hands back its {@link RunResult}. */
public class KubeflowPipelineStep extends RunStep {
    private String pipeline;
    private String job;
    private String version;
    private Map<String, Object> parameters;
    private boolean wait = true;
    private boolean propagate = true;

    @DataBoundConstructor
    public KubeflowPipelineStep() {}

    /** The name of a registered pipeline. */
    @CheckForNull
    public String getPipeline() {
        return pipeline;
    }

    @DataBoundSetter
    public void setPipeline(String value) {
        pipeline = Util.fixEmptyAndTrim(value);
    }

    /** The full name of a pipeline job, relative to that of the build. */
    @CheckForNull
    public String getJob() {
        return job;
    }

    @DataBoundSetter
    public void setJob(String value) {
        job = Util.fixEmptyAndTrim(value);
    }

    /** Of the registered pipeline; null for the newest, or the choice of the job. */
    @CheckForNull
    public String getVersion() {
        return version;
    }

    @DataBoundSetter
    public void setVersion(String value) {
        version = Util.fixEmptyAndTrim(value);
    }

    @CheckForNull
    public Map<String, Object> getParameters() {
        return parameters;
    }

    /** For the form. */
    @Restricted(DoNotUse.class)
    public String getParametersText() {
        return FormValues.text(parameters);
    }

    @DataBoundSetter
    public void setParameters(Map<String, Object> values) {
        parameters = values;
    }

    public boolean isWait() {
        return wait;
    }

    @DataBoundSetter
    public void setWait(boolean value) {
        wait = value;
    }

    public boolean isPropagate() {
        return propagate;
    }

    @DataBoundSetter
    public void setPropagate(boolean value) {
        propagate = value;
    }

    @Override
    public StepExecution start(StepContext context) throws AbortException {
        if (Stream.of(getFile(), getText(), pipeline, job).filter(Objects::nonNull).count() != 1) {
            throw new AbortException("kubeflowPipeline takes one of ‘file’, ‘text’, ‘pipeline’ and ‘job’");
        }
        StepRequest request = request(parameters);
        request.pipeline = pipeline;
        request.job = job;
        request.version = version;
        request.wait = wait;
        request.propagate = propagate;
        return new RunStepExecution(context, request);
    }

    @Extension
    public static class DescriptorImpl extends RunStepDescriptor {
        @Override
        public String getFunctionName() {
            return "kubeflowPipeline";
        }

        @Override
        public String getDisplayName() {
            return Messages.KubeflowPipelineStep_displayName();
        }

        @Override
        public Step newInstance(StaplerRequest2 request, @NonNull JSONObject form) throws FormException {
            Map<String, Object> parameters = FormValues.map(form, "parameters");
            KubeflowPipelineStep step = (KubeflowPipelineStep) super.newInstance(request, form);
            step.setParameters(parameters);
            return step;
        }

        /** Looks at the text alone. */
        @POST
        public FormValidation doCheckParametersText(@QueryParameter String value) {
            return FormValues.check(value, Map.class);
        }

        @Override
        public String argumentsToString(Map<String, Object> arguments) {
            Object what = arguments.getOrDefault("file", arguments.getOrDefault("pipeline", arguments.get("job")));
            return what instanceof CharSequence ? what.toString() : null;
        }
    }
}
