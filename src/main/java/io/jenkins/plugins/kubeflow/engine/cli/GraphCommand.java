package io.jenkins.plugins.kubeflow.engine.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.ir.ComponentSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ExecutorSpec;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.ir.TaskSpec;
import io.jenkins.plugins.kubeflow.engine.run.RunLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code graph FILE}: the pipeline's tasks as a tree, with what they wait for. */
@Command(name = "graph", description = "Shows a pipeline's tasks and their dependencies.", mixinStandardHelpOptions = true)
final class GraphCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "A compiled pipeline.")
    private Path file;

    @Option(names = "--json", description = "Print a JSON document instead of lines.")
    private boolean json;

    private final ObjectMapper mapper = new ObjectMapper();

    @Override
    public Integer call() throws IOException, BadInputException {
        PipelineSpec spec = SpecFile.read(file).spec();
        if (json) {
            ObjectNode document = mapper.createObjectNode().put("pipeline", spec.name());
            describe(spec, spec.root(), document.putArray("tasks"));
            System.out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(document));
        } else {
            System.out.println(RunLog.printable(spec.displayName()));
            print(spec, spec.root(), "  ");
        }
        return Main.SUCCEEDED;
    }

    private static void print(PipelineSpec spec, ComponentSpec dag, String indent) {
        for (TaskSpec task : dag.dag().tasks().values()) {
            ComponentSpec component = spec.component(task);
            StringBuilder line = new StringBuilder(indent).append(RunLog.printable(task.key())).append(" (").append(kind(spec, task)).append(')');
            if (!task.dependsOn().isEmpty()) {
                line.append(" after ").append(RunLog.printable(String.join(", ", task.dependsOn())));
            }
            if (task.trigger().condition() != null) {
                line.append(" if ").append(RunLog.printable(task.trigger().condition()));
            }
            if (task.trigger().allCompleted()) {
                line.append(", whatever became of them");
            }
            System.out.println(line);
            if (component.isDag()) {
                print(spec, component, indent + "  ");
            }
        }
    }

    private void describe(PipelineSpec spec, ComponentSpec dag, ArrayNode tasks) {
        for (TaskSpec task : dag.dag().tasks().values()) {
            ComponentSpec component = spec.component(task);
            ObjectNode json = tasks.addObject();
            json.put("key", task.key());
            json.put("name", task.displayName());
            json.put("kind", kind(spec, task));
            ArrayNode dependsOn = json.putArray("dependsOn");
            task.dependsOn().forEach(dependsOn::add);
            if (task.trigger().condition() != null) {
                json.put("condition", task.trigger().condition());
            }
            if (component.isDag()) {
                describe(spec, component, json.putArray("tasks"));
            }
        }
    }

    private static String kind(PipelineSpec spec, TaskSpec task) {
        if (task.iterator() != null) {
            return "loop";
        }
        ComponentSpec component = spec.component(task);
        return component.isDag() ? "dag" : spec.executor(component) instanceof ExecutorSpec.Importer ? "importer" : "container";
    }
}
