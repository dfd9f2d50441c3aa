package io.jenkins.plugins.kubeflow.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
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

/**
 * {@code kubeflowComponent}: runs one component and hands back its outputs as a map. The component is a file, a text, or an image with
 * a command.
 */
public class KubeflowComponentStep extends RunStep {
    private Map<String, Object> arguments;
    private String image;
    private List<Object> command;
    private List<Object> args;
    private Map<String, Object> env;
    private Object outputs;

    @DataBoundConstructor
    public KubeflowComponentStep() {}

    @CheckForNull
    public Map<String, Object> getArguments() {
        return arguments;
    }

    @DataBoundSetter
    public void setArguments(Map<String, Object> values) {
        arguments = values;
    }

    @CheckForNull
    public String getImage() {
        return image;
    }

    @DataBoundSetter
    public void setImage(String value) {
        image = Util.fixEmptyAndTrim(value);
    }

    /** Texts, or maps with one placeholder of a component file. */
    @CheckForNull
    public List<Object> getCommand() {
        return command;
    }

    @DataBoundSetter
    public void setCommand(List<Object> words) {
        command = words;
    }

    @CheckForNull
    public List<Object> getArgs() {
        return args;
    }

    @DataBoundSetter
    public void setArgs(List<Object> words) {
        args = words;
    }

    @CheckForNull
    public Map<String, Object> getEnv() {
        return env;
    }

    @DataBoundSetter
    public void setEnv(Map<String, Object> variables) {
        env = variables;
    }

    /** A map of names and types, or a list of names of texts. */
    @CheckForNull
    public Object getOutputs() {
        return outputs;
    }

    @DataBoundSetter
    public void setOutputs(Object declared) {
        outputs = declared;
    }

    // for the form

    @Restricted(DoNotUse.class)
    public String getArgumentsText() {
        return FormValues.text(arguments);
    }

    @Restricted(DoNotUse.class)
    public String getCommandText() {
        return FormValues.text(command);
    }

    @Restricted(DoNotUse.class)
    public String getArgsText() {
        return FormValues.text(args);
    }

    @Restricted(DoNotUse.class)
    public String getEnvText() {
        return FormValues.text(env);
    }

    @Restricted(DoNotUse.class)
    public String getOutputsText() {
        return FormValues.text(outputs);
    }

    @Override
    public StepExecution start(StepContext context) throws AbortException {
        if (Stream.of(getFile(), getText(), image).filter(Objects::nonNull).count() != 1) {
            throw new AbortException("kubeflowComponent takes one of ‘file’, ‘text’ and ‘image’");
        }
        StepRequest request = request(arguments);
        request.outputsOnly = true;
        if (image != null) {
            request.text = shortForm(request);
        }
        return new RunStepExecution(context, request);
    }

    private String shortForm(StepRequest request) throws AbortException {
        try {
            byte[] component = ComponentText.of(
                    getName() == null ? "component" : getName(),
                    image,
                    command == null ? List.of() : Plain.list(command),
                    args == null ? List.of() : Plain.list(args),
                    env == null ? Map.of() : env,
                    GroovyValues.toJson(request.parameters),
                    declared());
            return new String(component, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    private Map<String, String> declared() throws AbortException {
        Map<String, String> types = new LinkedHashMap<>();
        if (outputs instanceof Map<?, ?> map) {
            map.forEach((name, type) -> types.put(String.valueOf(name), String.valueOf(type)));
        } else if (outputs instanceof List<?> list) {
            list.forEach(name -> types.put(String.valueOf(name), "String"));
        } else if (outputs != null) {
            throw new AbortException("‘outputs’ is a map of names and types, such as [auc: 'Float'], or a list of names");
        }
        return types;
    }

    @Extension
    public static class DescriptorImpl extends RunStepDescriptor {
        @Override
        public String getFunctionName() {
            return "kubeflowComponent";
        }

        @Override
        public String getDisplayName() {
            return Messages.KubeflowComponentStep_displayName();
        }

        @Override
        public Step newInstance(StaplerRequest2 request, @NonNull JSONObject form) throws FormException {
            Map<String, Object> arguments = FormValues.map(form, "arguments");
            List<Object> command = FormValues.list(form, "command");
            List<Object> args = FormValues.list(form, "args");
            Map<String, Object> env = FormValues.map(form, "env");
            Object outputs = FormValues.take(form, "outputs");
            KubeflowComponentStep step = (KubeflowComponentStep) super.newInstance(request, form);
            step.setArguments(arguments);
            step.setCommand(command);
            step.setArgs(args);
            step.setEnv(env);
            step.setOutputs(outputs);
            return step;
        }

        // the checks look at the text alone

        @POST
        public FormValidation doCheckArgumentsText(@QueryParameter String value) {
            return FormValues.check(value, Map.class);
        }

        @POST
        public FormValidation doCheckCommandText(@QueryParameter String value) {
            return FormValues.check(value, List.class);
        }

        @POST
        public FormValidation doCheckArgsText(@QueryParameter String value) {
            return FormValues.check(value, List.class);
        }

        @POST
        public FormValidation doCheckEnvText(@QueryParameter String value) {
            return FormValues.check(value, Map.class);
        }

        @POST
        public FormValidation doCheckOutputsText(@QueryParameter String value) {
            return FormValues.check(value, Map.class, List.class);
        }

        @Override
        public String argumentsToString(Map<String, Object> named) {
            Object what = named.getOrDefault("file", named.get("image"));
            return what instanceof CharSequence ? what.toString() : null;
        }
    }
}
