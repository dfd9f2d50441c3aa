package io.jenkins.plugins.kubeflow.job;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Failure;
import hudson.model.ParameterValue;
import hudson.model.SimpleParameterDefinition;
import hudson.model.StringParameterValue;
import hudson.util.FormValidation;
import hudson.Extension;
import hudson.model.Item;
import io.jenkins.plugins.kubeflow.engine.ir.ParameterSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ParameterType;
import io.jenkins.plugins.kubeflow.engine.task.ValueException;
import io.jenkins.plugins.kubeflow.engine.task.Values;
import java.util.ArrayList;
import java.util.List;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * An input of a pipeline as a build parameter. Its value travels as text - that of the command line's {@code -p} - and is checked by
 * the input's type as soon as somebody hands it in; an empty text of an optional input means "not given".
 */
public final class PipelineParameterDefinition extends SimpleParameterDefinition {
    private static final long serialVersionUID = 1L;

    private final ParameterType type;
    private final String defaultText;
    private final boolean optional;
    private final List<String> choices;
    private final String shownText;
    private final List<String> problems;

    PipelineParameterDefinition(
            String name, ParameterType type, @CheckForNull JsonNode defaultValue, boolean optional, List<JsonNode> literals) {
        super(name);
        this.type = type;
        this.defaultText = defaultValue == null ? null : Values.text(defaultValue);
        this.optional = optional;
        this.choices = literals.stream().map(Values::text).toList();
        this.shownText = defaultText;
        this.problems = List.of();
    }

    private PipelineParameterDefinition(PipelineParameterDefinition other, String value, List<String> problems) {
        super(other.getName());
        setDescription(other.getDescription());
        this.type = other.type;
        this.defaultText = other.defaultText;
        this.optional = other.optional;
        this.choices = other.choices;
        this.shownText = value;
        this.problems = List.copyOf(problems);
    }

    /** The same input whose field begins with a value. */
    PipelineParameterDefinition filled(String value) {
        return refused(value, List.of());
    }

    /** The same input with what was typed and what is wrong with it. */
    PipelineParameterDefinition refused(String value, List<String> found) {
        return new PipelineParameterDefinition(this, value, found);
    }

    /** What the form says beneath the name. */
    public String getHint() {
        String need = !optional
                ? Messages.PipelineParameterDefinition_required(type.name())
                : defaultText == null
                        ? Messages.PipelineParameterDefinition_optional(type.name())
                        : Messages.PipelineParameterDefinition_default(type.name(), shortened(defaultText));
        String description = getDescription();
        return need + (description == null || description.isBlank() ? "" : ". " + description);
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    /** Where the form asks whether a value is right; null when no job is being looked at. */
    @CheckForNull
    public String getCheckUrl() {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        KubeflowPipeline job = request == null ? null : request.findAncestorObject(KubeflowPipeline.class);
        return job == null
                ? null
                : request.getContextPath() + "/" + job.getUrl() + getDescriptor().getDescriptorUrl() + "/checkValue";
    }

    public String getTypeName() {
        return type.name();
    }

    public String getDefaultText() {
        return defaultText;
    }

    /** What the field begins with: the default, unless an earlier run or somebody who typed says otherwise. */
    public String getShownText() {
        return shownText;
    }

    /** What was wrong with the value that came from the field before; empty when nothing was. */
    public List<String> getProblems() {
        return problems;
    }

    public boolean isOptional() {
        return optional;
    }

    /** A blank one stands for no value. */
    public List<String> getChoices() {
        List<String> shown = new ArrayList<>(choices);
        if (shown.isEmpty()) {
            shown.addAll(List.of("true", "false"));
        }
        if (shownText != null && !shownText.isEmpty() && !shown.contains(shownText)) {
            shown.add(0, shownText);
        }
        if (defaultText == null) {
            shown.add(0, "");
        }
        return shown;
    }

    /** Which control the form shows. */
    public String getControl() {
        if (!choices.isEmpty()) {
            return "choice";
        }
        return switch (type) {
            case BOOLEAN -> optional && defaultText == null ? "choice" : "switch";
            case LIST, STRUCT -> "json";
            case NUMBER_INTEGER -> "integer";
            default -> shownText != null && shownText.contains("\n") ? "lines" : "text";
        };
    }

    /** Of an optional input without default: the empty text, which stands for no value; of a required one there is none. */
    @Override
    public ParameterValue getDefaultParameterValue() {
        String text = defaultText == null && optional ? "" : defaultText;
        return text == null ? null : new StringParameterValue(getName(), text);
    }

    @Override
    public ParameterValue createValue(String text) {
        String problem = problem(type, text, optional, choices);
        if (problem != null) {
            throw new Failure("parameter ‘" + getName() + "’ " + problem);
        }
        return new StringParameterValue(getName(), text);
    }

    /** Of a form, where nobody can tell an empty text from none: what is required has to be typed. */
    @Override
    public ParameterValue createValue(StaplerRequest2 request, JSONObject form) {
        String text = form.optString("value");
        if (text.isEmpty() && !optional) {
            throw new Failure("parameter ‘" + getName() + "’ " + ParameterTexts.MISSING);
        }
        return createValue(text);
    }

    /** What is wrong with a text as the value of an input, or null. */
    @CheckForNull
    static String problem(ParameterSpec declared, String text) {
        return problem(declared.type(), text, declared.mayBeAbsent(), declared.literals().stream().map(Values::text).toList());
    }

    @CheckForNull
    private static String problem(ParameterType type, @CheckForNull String text, boolean optional, List<String> choices) {
        if (text == null || text.isEmpty()) {
            return optional || type == ParameterType.STRING && choices.isEmpty() ? null : ParameterTexts.MISSING;
        }
        try {
            JsonNode value = Values.read(type, text);
            return choices.isEmpty() || choices.contains(Values.text(value))
                    ? null
                    : "must be one of " + String.join(", ", choices) + ", got " + Values.shown(value);
        } catch (ValueException e) {
            return e.getMessage();
        }
    }

    @Extension
    @Symbol("kubeflowParameter")
    public static final class DescriptorImpl extends ParameterDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.PipelineParameterDefinition_displayName();
        }

        /** {@code name} is an input of the job's pipeline, or of that of run {@code from}; the form of a run asks while one types. */
        @POST
        public FormValidation doCheckValue(
                @AncestorInPath Item item,
                @QueryParameter String name,
                @QueryParameter String value,
                @QueryParameter String from,
                @QueryParameter String pipeline) {
            if (!(item instanceof KubeflowPipeline job) || !item.hasPermission(Item.BUILD)) {
                return FormValidation.ok();
            }
            PipelineRun run = "own".equals(pipeline) ? NewRunPage.run(job, from) : null;
            String problem = ParameterTexts.formProblem(job, run, name, value);
            return problem == null ? FormValidation.ok() : FormValidation.error(problem);
        }
    }
}
