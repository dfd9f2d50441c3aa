package io.jenkins.plugins.kubeflow.engine.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.graph.RunGraph;
import io.jenkins.plugins.kubeflow.engine.graph.TaskNode;
import io.jenkins.plugins.kubeflow.engine.run.Replay;
import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import io.jenkins.plugins.kubeflow.engine.run.RunLog;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code replay DIR}: the history of a run, event by event, folded from its journal by the same function that ran it. */
@Command(name = "replay", description = "Shows a run's history step by step.", mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The run directory.")
    private Path directory;

    @Option(names = "--json", description = "Print a JSON document instead of lines.")
    private boolean json;

    private final ObjectMapper mapper = new ObjectMapper();

    @Override
    public Integer call() throws IOException, BadInputException {
        RunDirectory run = StoredRun.directory(directory);
        RunRecord record = StoredRun.record(run);
        ArrayNode steps = mapper.createArrayNode();
        for (int round = 0; round < record.round(); round++) {
            RunDirectory archive = new RunDirectory(run.round(round));
            replay(archive, StoredRun.record(archive), steps);
        }
        replay(run, record, steps);
        if (json) {
            System.out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(steps));
        }
        return Main.SUCCEEDED;
    }

    private void replay(RunDirectory run, RunRecord record, ArrayNode steps) throws IOException, BadInputException {
        SpecFile spec = SpecFile.read(run.path().resolve(record.specFile()));
        if (!json && record.round() > 0) {
            System.out.println("retry " + record.round());
        }
        Replay.of(run, record, spec.spec(), step -> {
            if (json) {
                steps.add(describe(step).put("round", record.round()));
            } else {
                print(step);
            }
        });
    }

    private void print(Replay.Step step) {
        RunGraph graph = step.graph();
        System.out.println(step.number() + " " + step.event().at() + " " + step.name() + " (run " + graph.state() + ")");
        for (TaskNode node : step.changed()) {
            System.out.println("    " + RunLog.printable(node.path()) + ": " + node.state()
                    + (node.reason() == null ? "" : " " + node.reason())
                    + (node.message() == null ? "" : ": " + RunLog.printable(node.message())));
        }
    }

    private ObjectNode describe(Replay.Step step) {
        ObjectNode json = mapper.createObjectNode();
        json.put("number", step.number());
        json.put("at", step.event().at().toString());
        json.put("event", step.name());
        json.put("run", step.graph().state().name());
        ArrayNode changed = json.putArray("changed");
        for (TaskNode node : step.changed()) {
            ObjectNode task = changed.addObject().put("path", node.path()).put("state", node.state().name());
            if (node.reason() != null) {
                task.put("reason", node.reason().name());
            }
            if (node.message() != null) {
                task.put("message", node.message());
            }
        }
        return json;
    }
}
