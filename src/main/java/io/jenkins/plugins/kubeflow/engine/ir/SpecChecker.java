package io.jenkins.plugins.kubeflow.engine.ir;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.kubeflow.engine.expression.Condition;
import io.jenkins.plugins.kubeflow.engine.task.ValueException;
import io.jenkins.plugins.kubeflow.engine.task.Values;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks what only the document as a whole can tell: references that lead nowhere, and cycles. Tolerates what kfp.md's traps ask for. */
final class SpecChecker {
    private final Reading reading;
    private final PipelineSpec spec;
    private final Map<String, Integer> lines;

    /** @param lines the line of a document path, as far as known */
    SpecChecker(Reading reading, PipelineSpec spec, Map<String, Integer> lines) {
        this.reading = reading;
        this.spec = spec;
        this.lines = lines;
    }

    void check() {
        component(spec.root(), "root");
        spec.components().forEach((name, component) -> component(component, "components." + Reading.shorten(name)));
        nesting();
    }

    private void problem(String path, String message) {
        reading.problem(path, lines.getOrDefault(path, 0), message);
    }

    private void component(ComponentSpec component, String path) {
        if (component.dag() != null) {
            dag(component, path + ".dag");
        } else if (component.executorLabel() != null && !spec.executors().containsKey(component.executorLabel())) {
            problem(path, "component ‘" + component.name() + "’ names the executor ‘" + Reading.shorten(component.executorLabel())
                    + "’, which the deploymentSpec does not have");
        }
    }

    private void dag(ComponentSpec owner, String path) {
        Map<String, TaskSpec> tasks = owner.dag().tasks();
        tasks.forEach((key, task) -> task(owner, task, path + ".tasks." + Reading.shorten(key)));
        cycle(tasks, path);
        owner.dag().outputParameters().forEach((name, source) -> output(owner, name, source, true, path));
        owner.dag().outputArtifacts().forEach((name, source) -> output(owner, name, source, false, path));
    }

    private void task(ComponentSpec owner, TaskSpec task, String path) {
        String what = "task ‘" + task.key() + "’";
        for (String upstream : task.dependsOn()) {
            if (!owner.dag().tasks().containsKey(upstream)) {
                problem(path, what + " depends on ‘" + Reading.shorten(upstream) + "’, which is not a task beside it");
            }
        }
        ComponentSpec component = task.component() == null ? null : spec.components().get(task.component());
        if (component == null) {
            if (task.component() != null) {
                problem(path, what + " names the component ‘" + Reading.shorten(task.component()) + "’, which does not exist");
            }
            return;
        }
        task.parameters().forEach((name, input) -> {
            if (input instanceof TaskSpec.ParameterInput.TaskOutput output) {
                produced(owner, what + ": input ‘" + name + "’", output.task(), output.key(), true, path);
            } else if (input instanceof TaskSpec.ParameterInput.ParentInput parent
                    && !owner.inputParameters().containsKey(parent.name())
                    && !isOfTheSdk(parent.name())) {
                problem(path, what + ": input ‘" + name + "’ comes from ‘" + Reading.shorten(parent.name())
                        + "’, which is not an input of the DAG around it");
            } else if (input instanceof TaskSpec.ParameterInput.Constant constant && task.iterator() == null) {
                constant(what + ": input ‘" + name + "’ ", component.inputParameters().get(name), constant, path);
            }
        });
        task.artifacts().forEach((name, input) -> {
            if (input instanceof TaskSpec.ArtifactInput.TaskOutput output) {
                produced(owner, what + ": input artifact ‘" + name + "’", output.task(), output.key(), false, path);
            } else if (input instanceof TaskSpec.ArtifactInput.ParentInput parent
                    && !owner.inputArtifacts().containsKey(parent.name())) {
                problem(path, what + ": input artifact ‘" + name + "’ comes from ‘" + Reading.shorten(parent.name())
                        + "’, which is not an input artifact of the DAG around it");
            }
        });
        required(task, component, what, path);
        condition(task, component, what, path);
        if (task.iterator() instanceof TaskSpec.Iterator.Parameter over && !task.parameters().containsKey(over.inputParameter())) {
            problem(path, what + ": the loop runs over ‘" + Reading.shorten(over.inputParameter()) + "’, which is not an input of the task");
        }
        if (task.iterator() instanceof TaskSpec.Iterator.Artifacts over && !task.artifacts().containsKey(over.inputArtifact())) {
            problem(path, what + ": the loop runs over ‘" + Reading.shorten(over.inputArtifact()) + "’, which is not an input artifact of the task");
        }
    }

    /** Names that the SDK makes up for channels and loop items; where it forgets one, the run finds the value (kfp.md, traps 5 and 23). */
    private static boolean isOfTheSdk(String name) {
        return name != null && (name.startsWith("pipelinechannel--") || name.contains("loop-item"));
    }

    private void constant(String what, ParameterSpec declared, TaskSpec.ParameterInput.Constant constant, String path) {
        JsonNode value = constant.value();
        if (declared == null || constant.selector() != null || value.isNull() || value.toString().contains("{{$")) {
            return;
        }
        try {
            Values.coerce(declared.type(), value);
        } catch (ValueException e) {
            problem(path, what + e.getMessage());
        }
    }

    private void condition(TaskSpec task, ComponentSpec component, String what, String path) {
        if (task.trigger().condition() == null) {
            return;
        }
        for (String name : Condition.parameters(task.trigger().condition())) {
            if (!task.parameters().containsKey(name) && !component.inputParameters().containsKey(name) && !isOfTheSdk(name)) {
                problem(path, what + ": its condition reads ‘" + Reading.shorten(name) + "’, which is not an input of the task");
            }
        }
    }

    private void required(TaskSpec task, ComponentSpec component, String what, String path) {
        String item = task.iterator() == null ? null : task.iterator().itemInput();
        component.inputParameters().forEach((name, declared) -> {
            boolean given = task.parameters().containsKey(name) || name.equals(item) || isOfTheSdk(name);
            if (!given && !declared.mayBeAbsent()) {
                problem(path, what + ": input ‘" + name + "’ has no value; component ‘" + component.name() + "’ requires it");
            }
        });
        component.inputArtifacts().forEach((name, declared) -> {
            if (!task.artifacts().containsKey(name) && !name.equals(item) && !declared.optional()) {
                problem(path, what + ": input artifact ‘" + name + "’ is not given; component ‘" + component.name() + "’ requires it");
            }
        });
    }

    private void produced(ComponentSpec owner, String what, String producer, String key, boolean parameter, String path) {
        TaskSpec task = owner.dag().tasks().get(producer);
        ComponentSpec component = task == null ? null : spec.components().get(task.component());
        if (component == null) {
            return;
        }
        Set<String> outputs = parameter ? component.outputParameters().keySet() : component.outputArtifacts().keySet();
        if (!outputs.contains(key)) {
            problem(path, what + " comes from output ‘" + Reading.shorten(key) + "’ of task ‘" + producer + "’, which has no such output"
                    + (parameter ? " parameter" : " artifact"));
        }
    }

    private void output(ComponentSpec owner, String name, DagSpec.OutputSource source, boolean parameter, String path) {
        String what = "output ‘" + Reading.shorten(name) + "’ of " + (owner == spec.root() ? "the pipeline" : "component ‘" + owner.name() + "’");
        for (DagSpec.Selector selector : source.selectors()) {
            if (!owner.dag().tasks().containsKey(selector.task())) {
                problem(path, what + " comes from ‘" + Reading.shorten(selector.task()) + "’, which is not a task of it");
            } else {
                produced(owner, what, selector.task(), selector.key(), parameter, path);
            }
        }
    }

    /** Kahn's algorithm; what is left over contains the cycle. */
    private void cycle(Map<String, TaskSpec> tasks, String path) {
        Map<String, Integer> open = new HashMap<>();
        Map<String, List<String>> dependants = new HashMap<>();
        tasks.forEach((key, task) -> {
            List<String> upstream = task.dependsOn().stream().filter(tasks::containsKey).toList();
            open.put(key, upstream.size());
            upstream.forEach(u -> dependants.computeIfAbsent(u, k -> new ArrayList<>()).add(key));
        });
        Deque<String> ready = new ArrayDeque<>();
        open.forEach((key, count) -> {
            if (count == 0) {
                ready.add(key);
            }
        });
        Set<String> left = new HashSet<>(tasks.keySet());
        while (!ready.isEmpty()) {
            String key = ready.poll();
            left.remove(key);
            for (String dependant : dependants.getOrDefault(key, List.of())) {
                if (open.merge(dependant, -1, Integer::sum) == 0) {
                    ready.add(dependant);
                }
            }
        }
        if (!left.isEmpty()) {
            problem(path, "tasks wait for each other in a circle: " + circle(tasks, left));
        }
    }

    private static String circle(Map<String, TaskSpec> tasks, Set<String> left) {
        List<String> walk = new ArrayList<>();
        String at = tasks.keySet().stream().filter(left::contains).findFirst().orElseThrow();
        while (!walk.contains(at)) {
            walk.add(at);
            at = tasks.get(at).dependsOn().stream().filter(left::contains).findFirst().orElseThrow();
        }
        List<String> circle = new ArrayList<>(walk.subList(walk.indexOf(at), walk.size()));
        circle.add(at);
        return String.join(" → ", circle.stream().limit(12).map(key -> "‘" + Reading.shorten(key) + "’").toList());
    }

    /** A component must not contain itself. Explicit stack: the nesting is as deep as the document wants. */
    private void nesting() {
        Map<String, Integer> state = new HashMap<>();
        for (String start : spec.components().keySet()) {
            Deque<String> stack = new ArrayDeque<>(List.of(start));
            while (!stack.isEmpty()) {
                String name = stack.peek();
                if (state.getOrDefault(name, 0) != 0) {
                    state.put(name, 2);
                    stack.pop();
                    continue;
                }
                state.put(name, 1);
                ComponentSpec component = spec.components().get(name);
                if (component != null && component.dag() != null) {
                    for (TaskSpec task : component.dag().tasks().values()) {
                        int seen = state.getOrDefault(task.component(), 0);
                        if (seen == 1 && task.component() != null && stack.contains(task.component()) && within(task.component(), name)) {
                            problem("components." + Reading.shorten(name), "component ‘" + Reading.shorten(name)
                                    + "’ contains itself through task ‘" + Reading.shorten(task.key()) + "’; recursion is not possible");
                            return;
                        } else if (seen == 0 && task.component() != null) {
                            stack.push(task.component());
                        }
                    }
                }
            }
        }
    }

    /** Whether {@code inner} can be reached from {@code outer}. */
    private boolean within(String outer, String inner) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(outer));
        while (!open.isEmpty()) {
            String name = open.pop();
            if (name.equals(inner)) {
                return true;
            }
            ComponentSpec component = spec.components().get(name);
            if (seen.add(name) && component != null && component.dag() != null) {
                component.dag().tasks().values().forEach(task -> {
                    if (task.component() != null) {
                        open.push(task.component());
                    }
                });
            }
        }
        return false;
    }
}
