package io.jenkins.plugins.kubeflow.engine.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The macros in the string parameters of a run (kfp.md 1.2), replaced once when the run is created; times in UTC. {@code scheduled} and
 * {@code index} are null for a run that no schedule started: their macros then stay as they are, as does whatever is no macro.
 */
public record Macros(String runId, Instant scheduled, Instant current, Long index) {
    private static final Pattern MACRO = Pattern.compile("\\[\\[(?:(ScheduledTime|CurrentTime)(?:\\.([^\\n]*?))?|(Index)|(RunUUID))]]"
            + "|\\{\\{\\$\\.(scheduledTime|currentTime)\\.strftime\\((?:'([^'\\n]*)'|\"([^\"\\n]*)\")\\)}}");
    private static final GoLayout DEFAULT = new GoLayout("20060102150405");

    /** The parameters with the macros in strings replaced; other values, and strings inside lists and structs, are left alone as in KFP. */
    public Map<String, JsonNode> substitute(Map<String, JsonNode> parameters) {
        Map<String, JsonNode> result = new LinkedHashMap<>();
        parameters.forEach((name, value) -> result.put(name,
                value != null && value.isTextual() ? TextNode.valueOf(substitute(value.textValue())) : value));
        return result;
    }

    public String substitute(String text) {
        return MACRO.matcher(text).replaceAll(match -> Matcher.quoteReplacement(value(match.group(), match)));
    }

    private String value(String macro, MatchResult match) {
        if (match.group(3) != null) {
            return index == null ? macro : index.toString();
        } else if (match.group(4) != null) {
            return runId == null ? macro : runId;
        }
        String name = match.group(1) != null ? match.group(1) : match.group(5);
        Instant time = name.regionMatches(true, 0, "scheduled", 0, 9) ? scheduled : current;
        if (time == null) {
            return macro;
        } else if (match.group(5) != null) {
            return Strftime.format(match.group(6) != null ? match.group(6) : match.group(7), time);
        }
        return (match.group(2) == null ? DEFAULT : new GoLayout(match.group(2))).format(time);
    }
}
