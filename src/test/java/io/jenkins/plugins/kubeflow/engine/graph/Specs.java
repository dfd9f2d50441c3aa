package io.jenkins.plugins.kubeflow.engine.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.kubeflow.engine.ir.ArtifactSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ComponentSpec;
import io.jenkins.plugins.kubeflow.engine.ir.DagSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ExecutorSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ParameterSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ParameterType;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.ir.PlatformSpec;
import io.jenkins.plugins.kubeflow.engine.ir.TaskSpec;
import io.jenkins.plugins.kubeflow.engine.ir.TaskSpec.ArtifactInput;
import io.jenkins.plugins.kubeflow.engine.ir.TaskSpec.ParameterInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Builds pipelines for tests of the graph in a few words. A component is made for each task under the task's key unless one is named. */
public final class Specs {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, ComponentSpec> components = new LinkedHashMap<>();
    private final Map<String, ExecutorSpec> executors = new LinkedHashMap<>();
    private PlatformSpec platform = PlatformSpec.NONE;

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Dag dag(String component) {
        return new Dag(component);
    }

    public Specs platform(Map<String, String> configs, String pipeline) {
        Map<String, com.fasterxml.jackson.databind.node.ObjectNode> map = new LinkedHashMap<>();
        configs.forEach((k, v) -> map.put(k, (com.fasterxml.jackson.databind.node.ObjectNode) json(v)));
        platform = new PlatformSpec(map, (com.fasterxml.jackson.databind.node.ObjectNode) json(pipeline), json("{}"));
        return this;
    }

    public PipelineSpec build() {
        ComponentSpec root = components.get("root");
        return new PipelineSpec("test", "test", "", "2.1.0", "kfp-2.17.0", "", root, components, executors, platform, json("{}"));
    }

    /** Declares a container component; inputs and outputs as "name:TYPE", "name:TYPE=json default", "name:TYPE?" or "@name" for artifacts, "@name*" for lists, "@name?" for optional ones. */
    public Specs component(String name, String inputs, String outputs) {
        executors.put("exec-" + name, new ExecutorSpec.Container(
                "exec-" + name, "busybox", List.of("true"), List.of(), Map.of(), JSON.createObjectNode(), JSON.createObjectNode()));
        components.put(name, new ComponentSpec(
                name, parameters(inputs), artifacts(inputs), parameters(outputs), artifacts(outputs), "exec-" + name, null, List.of()));
        return this;
    }

    public Specs importer(String name) {
        executors.put("exec-" + name, new ExecutorSpec.Importer(
                "exec-" + name, "/data", null, artifact("artifact"), JSON.createObjectNode(), false, false));
        components.put(name, new ComponentSpec(
                name, Map.of(), Map.of(), Map.of(), artifacts("@artifact"), "exec-" + name, null, List.of()));
        return this;
    }

    private static List<String> words(String list) {
        return list.isBlank() ? List.of() : List.of(list.trim().split("\\s+"));
    }

    private static Map<String, ParameterSpec> parameters(String list) {
        Map<String, ParameterSpec> map = new LinkedHashMap<>();
        for (String word : words(list)) {
            if (word.startsWith("@")) {
                continue;
            }
            int equals = word.indexOf('=');
            JsonNode defaultValue = equals < 0 ? null : json(word.substring(equals + 1));
            String head = equals < 0 ? word : word.substring(0, equals);
            boolean optional = head.endsWith("?") || equals >= 0;
            String[] parts = head.replace("?", "").split(":");
            ParameterType type = parts.length > 1 ? ParameterType.valueOf(parts[1]) : ParameterType.STRING;
            map.put(parts[0], new ParameterSpec(type, defaultValue, optional, List.of(), ""));
        }
        return map;
    }

    private static Map<String, ArtifactSpec> artifacts(String list) {
        Map<String, ArtifactSpec> map = new LinkedHashMap<>();
        for (String word : words(list)) {
            if (word.startsWith("@")) {
                map.put(word.substring(1).replaceAll("[*?]", ""), artifact(word));
            }
        }
        return map;
    }

    private static ArtifactSpec artifact(String word) {
        return new ArtifactSpec("system.Dataset", null, "0.0.1", word.contains("*"), word.contains("?"), JSON.createObjectNode(), "");
    }

    /** A DAG under construction; {@link #end} registers it. */
    public final class Dag {
        private final String component;
        private final Map<String, TaskSpec> tasks = new LinkedHashMap<>();
        private final Map<String, DagSpec.OutputSource> outputParameters = new LinkedHashMap<>();
        private final Map<String, DagSpec.OutputSource> outputArtifacts = new LinkedHashMap<>();
        private String inputs = "";
        private String outputs = "";

        private Dag(String component) {
            this.component = component;
        }

        public Dag inputs(String list) {
            inputs = list;
            return this;
        }

        /** "name:TYPE" from "task.key" or alternatives "task.key|task2.key". */
        public Dag output(String declaration, String sources) {
            outputs += " " + declaration;
            List<DagSpec.Selector> selectors = new ArrayList<>();
            for (String source : sources.split("\\|")) {
                selectors.add(new DagSpec.Selector(source.split("\\.")[0], source.split("\\.")[1]));
            }
            String name = declaration.replace("@", "").split(":")[0].replaceAll("[*?]", "");
            (declaration.startsWith("@") ? outputArtifacts : outputParameters)
                    .put(name, new DagSpec.OutputSource(selectors.size() > 1, selectors));
            return this;
        }

        public Task task(String key) {
            return new Task(this, key);
        }

        public Specs end() {
            components.put(component, new ComponentSpec(
                    component, parameters(inputs), artifacts(inputs), parameters(outputs), artifacts(outputs), null,
                    new DagSpec(tasks, outputParameters, outputArtifacts), List.of()));
            return Specs.this;
        }
    }

    /** A task under construction; the next {@code task} or {@code end} adds it to its DAG. */
    public final class Task {
        private final Dag dag;
        private final String key;
        private String component;
        private final Map<String, ParameterInput> parameters = new LinkedHashMap<>();
        private final Map<String, ArtifactInput> artifacts = new LinkedHashMap<>();
        private final Set<String> dependsOn = new LinkedHashSet<>();
        private String condition;
        private boolean allCompleted;
        private TaskSpec.Caching caching = new TaskSpec.Caching(false, null);
        private TaskSpec.Retry retry = TaskSpec.Retry.NONE;
        private TaskSpec.Iterator iterator;

        private Task(Dag dag, String key) {
            this.dag = dag;
            this.key = key;
            this.component = key;
        }

        public Task of(String name) {
            component = name;
            return this;
        }

        public Task after(String... keys) {
            dependsOn.addAll(List.of(keys));
            return this;
        }

        /** Sources: a JSON constant; "$name" of the DAG; "task.key" of a task; "!task" its final status; a selector after " > ". */
        public Task in(String name, String source) {
            String selector = source.contains(" > ") ? source.substring(source.indexOf(" > ") + 3) : null;
            String from = selector == null ? source : source.substring(0, source.indexOf(" > "));
            if (from.startsWith("$")) {
                parameters.put(name, new ParameterInput.ParentInput(from.substring(1), selector));
            } else if (from.startsWith("!")) {
                parameters.put(name, new ParameterInput.FinalStatus(from.substring(1), selector));
                dependsOn.add(from.substring(1));
            } else if (from.matches("[a-z][a-zA-Z0-9-]*\\.[a-zA-Z0-9_-]+")) {
                parameters.put(name, new ParameterInput.TaskOutput(from.split("\\.")[0], from.split("\\.")[1], selector));
                dependsOn.add(from.split("\\.")[0]);
            } else {
                parameters.put(name, new ParameterInput.Constant(json(from), selector));
            }
            return this;
        }

        public Task artifact(String name, String source) {
            if (source.startsWith("$")) {
                artifacts.put(name, new ArtifactInput.ParentInput(source.substring(1)));
            } else {
                artifacts.put(name, new ArtifactInput.TaskOutput(source.split("\\.")[0], source.split("\\.")[1]));
                dependsOn.add(source.split("\\.")[0]);
            }
            return this;
        }

        public Task when(String cel) {
            condition = cel;
            return this;
        }

        public Task always() {
            allCompleted = true;
            return this;
        }

        public Task retry(int n, int seconds) {
            retry = new TaskSpec.Retry(n, Duration.ofSeconds(seconds), 2, Duration.ofHours(1));
            return this;
        }

        public Task cached() {
            caching = new TaskSpec.Caching(true, null);
            return this;
        }

        public Task over(String items, String itemInput, int limit) {
            iterator = new TaskSpec.Iterator.Items(json(items), itemInput, limit);
            return this;
        }

        public Task overInput(String input, String itemInput, int limit) {
            iterator = new TaskSpec.Iterator.Parameter(input, itemInput, limit);
            return this;
        }

        public Task overArtifacts(String input, String itemInput, int limit) {
            iterator = new TaskSpec.Iterator.Artifacts(input, itemInput, limit);
            return this;
        }

        private Dag add() {
            if (!components.containsKey(component)) {
                component(component, "", "");
            }
            dag.tasks.put(key, new TaskSpec(
                    key, key, component, parameters, artifacts, List.copyOf(dependsOn), new TaskSpec.Trigger(condition, allCompleted),
                    caching, retry, iterator));
            return dag;
        }

        public Task task(String next) {
            return add().task(next);
        }

        public Dag output(String declaration, String sources) {
            return add().output(declaration, sources);
        }

        public Specs end() {
            return add().end();
        }
    }
}
