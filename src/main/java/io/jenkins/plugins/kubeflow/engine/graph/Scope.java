package io.jenkins.plugins.kubeflow.engine.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.ir.DagSpec;
import io.jenkins.plugins.kubeflow.engine.ir.TaskSpec.ArtifactInput;
import io.jenkins.plugins.kubeflow.engine.ir.TaskSpec.ParameterInput;
import io.jenkins.plugins.kubeflow.engine.task.FinalStatus;
import io.jenkins.plugins.kubeflow.engine.task.RunContext;
import java.util.List;
import java.util.Map;

/** What a name means inside a DAG instance: the DAG's own inputs, and the outputs of the tasks in it. */
final class Scope {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SUBVAR = "-subvar-";

    private final RunContext run;
    private final Map<DagSpec, DagPlan> plans;
    private final boolean mlmdStates;

    Scope(RunContext run, Map<DagSpec, DagPlan> plans, boolean mlmdStates) {
        this.run = run;
        this.plans = plans;
        this.mlmdStates = mlmdStates;
    }

    /** The value of a source as seen from inside the DAG instance, or null when there is none (yet). */
    JsonNode value(TaskNode dag, ParameterInput input) {
        if (input instanceof ParameterInput.Constant constant) {
            return constant.value();
        } else if (input instanceof ParameterInput.ParentInput parent) {
            return parentInput(dag, parent.name());
        } else if (input instanceof ParameterInput.TaskOutput output) {
            TaskNode producer = sibling(dag, output.task());
            return producer == null ? null : producer.outputs().parameters().get(output.key());
        } else if (input instanceof ParameterInput.FinalStatus status) {
            return finalStatus(sibling(dag, status.task()));
        }
        throw new IllegalStateException("unknown source " + input);
    }

    List<Artifact> artifacts(TaskNode dag, ArtifactInput input) {
        if (input instanceof ArtifactInput.ParentInput parent) {
            return dag.inputs().artifacts().get(parent.name());
        } else if (input instanceof ArtifactInput.TaskOutput output) {
            TaskNode producer = sibling(dag, output.task());
            return producer == null ? null : producer.outputs().artifacts().get(output.key());
        }
        throw new IllegalStateException("unknown source " + input);
    }

    TaskNode sibling(TaskNode dag, String key) {
        DagPlan plan = plans.get(dag.component().dag());
        return plan.has(key) && !dag.children.isEmpty() ? dag.children.get(plan.index(key)) : null;
    }

    /**
     * An input of the DAG. The SDK refers to two kinds of inputs that nobody supplies (traps 5 and 23): a field of a loop's item
     * ("x-subvar-k") and the item of an enclosing loop; both are found on the way up.
     */
    JsonNode parentInput(TaskNode dag, String name) {
        JsonNode value = dag.inputs().parameters().get(name);
        if (value != null) {
            return value;
        }
        for (TaskNode node = dag; node != null; node = node.parent()) {
            if (node.isIteration() && node.parent().spec().iterator().itemInput().equals(name)) {
                return node.inputs().parameters().get(name);
            }
        }
        int at = name.lastIndexOf(SUBVAR);
        if (at > 0) {
            JsonNode item = parentInput(dag, name.substring(0, at));
            return item == null ? null : field(item, name.substring(at + SUBVAR.length()));
        }
        return null;
    }

    /** Whether a missing input of this name may still be found further inside, see {@link #parentInput}. */
    static boolean isRescuable(String name) {
        return name.startsWith("pipelinechannel--") && (name.contains("-loop-item") || name.contains("--loop-item-param-"));
    }

    private static JsonNode field(JsonNode item, String key) {
        JsonNode value = item;
        if (item.isTextual()) {
            try {
                value = JSON.readTree(item.textValue());
            } catch (JsonProcessingException notJson) {
                return null;
            }
        }
        return value.get(key);
    }

    private JsonNode finalStatus(TaskNode producer) {
        if (producer == null) {
            return null;
        }
        return FinalStatus.of(producer.state(), producer.message(), run.resourceName(), producer.key(), mlmdStates);
    }
}
