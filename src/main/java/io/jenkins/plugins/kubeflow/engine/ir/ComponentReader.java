package io.jenkins.plugins.kubeflow.engine.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a component: its interface, and its DAG if it has one. */
final class ComponentReader {
    private static final Set<String> COMPONENT =
            Set.of("inputDefinitions", "outputDefinitions", "executorLabel", "dag", "singlePlatformSpecs", "taskConfigPassthroughs");

    private final Reading reading;
    private final InterfaceReader interfaces;
    private final TaskReader tasks;

    ComponentReader(Reading reading) {
        this.reading = reading;
        this.interfaces = new InterfaceReader(reading);
        this.tasks = new TaskReader(reading);
    }

    ComponentSpec read(String name, Located node, String path) {
        String what = path.equals("root") ? "the root" : "component ‘" + Reading.shorten(name) + "’";
        reading.fields(node, path, what);
        reading.only(node, path, what, COMPONENT);
        Located inputs = node.get("inputDefinitions");
        Located outputs = node.get("outputDefinitions");
        reading.fields(inputs, path + ".inputDefinitions", what + ": ‘inputDefinitions’");
        reading.fields(outputs, path + ".outputDefinitions", what + ": ‘outputDefinitions’");
        String label = reading.text(node.get("executorLabel"), path + ".executorLabel", what + ": ‘executorLabel’");
        DagSpec dag = node.get("dag") == null ? null : dag(node.get("dag"), path + ".dag", what);
        if ((label == null) == (dag == null)) {
            reading.problem(path, node, what + (label == null ? " has neither a ‘dag’ nor an ‘executorLabel’" : " has both a ‘dag’ and an ‘executorLabel’"));
        }
        return new ComponentSpec(
                name,
                interfaces.parameters(inputs, path + ".inputDefinitions", what),
                interfaces.artifacts(inputs, path + ".inputDefinitions", what),
                interfaces.parameters(outputs, path + ".outputDefinitions", what),
                interfaces.artifacts(outputs, path + ".outputDefinitions", what),
                dag == null ? label : null,
                dag,
                passthroughs(node, path, what));
    }

    private List<ComponentSpec.TaskConfigPassthrough> passthroughs(Located node, String path, String what) {
        List<ComponentSpec.TaskConfigPassthrough> list = new ArrayList<>();
        for (Located item : reading.items(node.get("taskConfigPassthroughs"), path, what + ": ‘taskConfigPassthroughs’")) {
            String field = reading.text(item.get("field"), path, what + ": ‘field’");
            if (field != null) {
                list.add(new ComponentSpec.TaskConfigPassthrough(
                        field, reading.flag(item.get("applyToTask"), path, what + ": ‘applyToTask’")));
            }
        }
        return list;
    }

    private DagSpec dag(Located node, String path, String owner) {
        reading.fields(node, path, owner + ": ‘dag’");
        reading.only(node, path, owner + ": dag", Set.of("tasks", "outputs"));
        Map<String, TaskSpec> result = reading.map();
        reading.fields(node.get("tasks"), path + ".tasks", owner + ": ‘tasks’")
                .forEach((key, task) -> result.put(key, tasks.read(key, task, path + ".tasks." + Reading.shorten(key))));
        Located outputs = node.get("outputs");
        reading.fields(outputs, path + ".outputs", owner + ": ‘outputs’");
        Map<String, DagSpec.OutputSource> parameters = reading.map();
        reading.fields(outputs == null ? null : outputs.get("parameters"), path + ".outputs.parameters", owner + ": ‘parameters’")
                .forEach((name, source) -> parameters.put(name, parameter(source, path + ".outputs.parameters." + Reading.shorten(name), owner)));
        Map<String, DagSpec.OutputSource> artifacts = reading.map();
        reading.fields(outputs == null ? null : outputs.get("artifacts"), path + ".outputs.artifacts", owner + ": ‘artifacts’")
                .forEach((name, source) -> artifacts.put(name, artifact(source, path + ".outputs.artifacts." + Reading.shorten(name), owner)));
        return new DagSpec(result, parameters, artifacts);
    }

    private DagSpec.OutputSource parameter(Located node, String path, String owner) {
        reading.fields(node, path, owner + ": an output");
        if (node.get("valueFromOneof") != null) {
            List<DagSpec.Selector> selectors = new ArrayList<>();
            Located list = node.get("valueFromOneof").get("parameterSelectors");
            for (Located selector : reading.items(list, path, owner + ": ‘parameterSelectors’")) {
                add(selectors, selector, "outputParameterKey", path, owner);
            }
            return new DagSpec.OutputSource(true, selectors);
        }
        List<DagSpec.Selector> selectors = new ArrayList<>();
        if (node.get("valueFromParameter") == null) {
            reading.problem(path, node, owner + ": an output has no source; give it ‘valueFromParameter’ or ‘valueFromOneof’");
        } else {
            add(selectors, node.get("valueFromParameter"), "outputParameterKey", path, owner);
        }
        return new DagSpec.OutputSource(false, selectors);
    }

    private DagSpec.OutputSource artifact(Located node, String path, String owner) {
        reading.fields(node, path, owner + ": an output");
        List<DagSpec.Selector> selectors = new ArrayList<>();
        for (Located selector : reading.items(node.get("artifactSelectors"), path, owner + ": ‘artifactSelectors’")) {
            add(selectors, selector, "outputArtifactKey", path, owner);
        }
        return new DagSpec.OutputSource(selectors.size() > 1, selectors);
    }

    private void add(List<DagSpec.Selector> selectors, Located node, String keyField, String path, String owner) {
        reading.fields(node, path, owner + ": the source of an output");
        String task = reading.text(node.get("producerSubtask"), path, owner + ": ‘producerSubtask’");
        String key = reading.text(node.get(keyField), path, owner + ": ‘" + keyField + "’");
        if (task == null || key == null) {
            reading.problem(path, node, owner + ": the source of an output needs ‘producerSubtask’ and ‘" + keyField + "’");
        } else {
            selectors.add(new DagSpec.Selector(task, key));
        }
    }
}
