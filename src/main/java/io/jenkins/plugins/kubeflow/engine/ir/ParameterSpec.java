package io.jenkins.plugins.kubeflow.engine.ir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A declared input or output parameter. {@code defaultValue} is null when there is none (an explicit JSON null counts as none);
 * {@code literals} is empty when any value of the type may be given.
 */
public record ParameterSpec(ParameterType type, JsonNode defaultValue, boolean optional, List<JsonNode> literals, String description) {

    /** Whether a task may start without a value for this input. */
    public boolean mayBeAbsent() {
        return optional || defaultValue != null;
    }
}
