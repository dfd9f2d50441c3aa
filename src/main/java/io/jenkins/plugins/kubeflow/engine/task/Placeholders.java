package io.jenkins.plugins.kubeflow.engine.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Placeholders inside parameter values (traps 2, 3, 4, 25): {@code {{$.inputs.parameters['n']}}} and what is known of the run, as
 * parts of strings at any depth of a list or struct. What is not known stays as it is written. A string that is nothing but one
 * placeholder takes over the value with its type.
 */
public final class Placeholders {
    static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\$(.*?)\\}\\}", Pattern.DOTALL);
    private static final Pattern PARAMETER = Pattern.compile("\\.inputs\\.parameters\\[(['\"]{1,2})(.*)\\1\\]", Pattern.DOTALL);
    private static final Pattern CHANNEL = Pattern.compile("\\{\\{channel:task=([^;]*);name=([^;]*);type=[^;]*;\\}\\}");

    private Placeholders() {}

    /** Used for the inputs of every task, when its inputs are resolved. */
    public static JsonNode resolveInValue(JsonNode value, TaskInputs inputs, RunContext run, String taskKey) {
        return new Resolution(inputs.parameters(), run, taskKey).resolve(value);
    }

    /** One resolution. References of references may multiply: what they give together is bounded, and what goes beyond stays as written. */
    private static final class Resolution {
        private static final long MOST_CHARACTERS = 1L << 28;

        private final Map<String, JsonNode> parameters;
        private final RunContext run;
        private final String taskKey;
        private final Set<String> within = new HashSet<>();
        private long left = MOST_CHARACTERS;

        Resolution(Map<String, JsonNode> parameters, RunContext run, String taskKey) {
            this.parameters = parameters;
            this.run = run;
            this.taskKey = taskKey;
        }

        private JsonNode resolve(JsonNode value) {
            if (value.isTextual()) {
                return text(value);
            } else if (value.isArray()) {
                ArrayNode list = JsonNodeFactory.instance.arrayNode(value.size());
                boolean changed = false;
                for (JsonNode element : value) {
                    JsonNode resolved = resolve(element);
                    changed |= resolved != element;
                    list.add(resolved);
                }
                return changed ? list : value;
            } else if (value.isObject()) {
                ObjectNode struct = JsonNodeFactory.instance.objectNode();
                boolean[] changed = {false};
                value.fields().forEachRemaining(field -> {
                    JsonNode resolved = resolve(field.getValue());
                    String key = field.getKey().contains("{{$")
                            ? Values.text(resolve(TextNode.valueOf(field.getKey())))
                            : field.getKey();
                    changed[0] |= resolved != field.getValue() || !key.equals(field.getKey());
                    struct.set(key, resolved);
                });
                return changed[0] ? struct : value;
            }
            return value;
        }

        private JsonNode text(JsonNode value) {
            String text = value.textValue();
            if (!text.contains("{{$")) {
                return value;
            }
            Function<String, JsonNode> lookup = body -> {
                String name = parameterName(body);
                if (name == null) {
                    String known = ofRun(body, run, taskKey);
                    return known == null ? null : TextNode.valueOf(known);
                }
                JsonNode referenced = parameters.get(name);
                if (referenced == null || left <= 0 || !within.add(name)) {
                    return null;
                }
                JsonNode resolved = resolve(referenced);
                within.remove(name);
                left -= 1 + (resolved.isTextual() ? resolved.textValue().length() : 0);
                return resolved;
            };
            Matcher whole = PLACEHOLDER.matcher(text);
            if (whole.matches() && whole.group(1).indexOf("{{$") < 0) {
                JsonNode found = lookup.apply(whole.group(1));
                return found == null ? value : found;
            }
            return TextNode.valueOf(replace(text, body -> {
                JsonNode found = lookup.apply(body);
                return found == null ? null : Values.text(found);
            }));
        }
    }

    /** Replaces every placeholder for which there is a text; others stay. */
    static String replace(String text, Function<String, String> lookup) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        StringBuilder result = new StringBuilder();
        int last = 0;
        while (matcher.find()) {
            String found = lookup.apply(matcher.group(1));
            if (found != null && matcher.start() == 0 && matcher.end() == text.length()) {
                return found; // values may be large: no copy
            }
            result.append(text, last, matcher.start()).append(found == null ? matcher.group() : found);
            last = matcher.end();
        }
        return result.append(text, last, text.length()).toString();
    }

    /** The name in {@code .inputs.parameters['name']}, or null. */
    static String parameterName(String body) {
        Matcher parameter = PARAMETER.matcher(body);
        return parameter.matches() ? parameter.group(2) : null;
    }

    /** What is known of the run and the task, or null. */
    static String ofRun(String body, RunContext run, String taskKey) {
        return switch (body) {
            case ".pipeline_job_name" -> run.runName();
            case ".pipeline_job_resource_name" -> run.resourceName();
            case ".pipeline_job_uuid" -> run.runId();
            case ".pipeline_task_name" -> taskKey;
            case ".pipeline_task_uuid" -> run.runId() + "/" + taskKey;
            case ".pipeline_root" -> run.pipelineRoot();
            case ".workspace_path" -> run.workspacePath();
            case ".pipeline_job_create_time_utc" -> time(run.created());
            case ".pipeline_job_schedule_time_utc" -> time(run.scheduled() == null ? run.created() : run.scheduled());
            default -> null;
        };
    }

    private static String time(Instant at) {
        return at.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
    }

    /**
     * The SDK compiles an f-string in an importer's URI or in set_env_variable to text that nobody can resolve (trap 24).
     *
     * @return a sentence that says what to change, or null when the text has no such part
     */
    public static String unresolvable(String text) {
        Matcher channel = CHANNEL.matcher(text);
        if (!channel.find()) {
            return null;
        }
        String source = channel.group(1).isEmpty() ? "pipeline input" : "output of task ‘" + channel.group(1) + "’";
        return "holds an f-string that the SDK could not compile (" + source + " ‘" + channel.group(2)
                + "’): pass the value as it is, or build the string in a component";
    }
}
