package io.jenkins.plugins.kubeflow.engine.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.jenkins.plugins.kubeflow.engine.cache.CacheEntry;
import io.jenkins.plugins.kubeflow.engine.cache.CacheStore;
import io.jenkins.plugins.kubeflow.engine.run.RunLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cache ls} and {@code cache clear}. */
@Command(name = "cache", description = "Lists or clears remembered results.", mixinStandardHelpOptions = true)
final class CacheCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "name ls or clear");
    }

    @Command(name = "ls", description = "Lists remembered results, newest first.", mixinStandardHelpOptions = true)
    int list(
            @Option(names = "--cache", paramLabel = "DIR") Path directory,
            @Option(names = "--pipeline", paramLabel = "NAME") String pipeline,
            @Option(names = "--task", paramLabel = "PATH") String task,
            @Option(names = "--json") boolean json)
            throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ArrayNode list = mapper.createArrayNode();
        for (CacheEntry entry : store(directory).list()) {
            if (!which(pipeline, task).test(entry)) {
                continue;
            }
            list.addObject()
                    .put("pipeline", entry.pipeline())
                    .put("task", entry.task())
                    .put("at", entry.at().toString())
                    .put("runId", entry.runId())
                    .put("key", entry.key());
            if (!json) {
                System.out.println(entry.at() + "  " + RunLog.printable(entry.pipeline() + "  " + entry.task()) + "  run "
                        + entry.runId() + "  " + entry.key().substring(0, 12));
            }
        }
        if (json) {
            System.out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(list));
        }
        return Main.SUCCEEDED;
    }

    @Command(name = "clear", description = "Forgets results: all, or those of a pipeline or task.", mixinStandardHelpOptions = true)
    int clear(
            @Option(names = "--cache", paramLabel = "DIR") Path directory,
            @Option(names = "--pipeline", paramLabel = "NAME") String pipeline,
            @Option(names = "--task", paramLabel = "PATH") String task)
            throws IOException {
        int removed = store(directory).clear(which(pipeline, task));
        System.out.println(removed + (removed == 1 ? " result" : " results") + " forgotten");
        return Main.SUCCEEDED;
    }

    private static Predicate<CacheEntry> which(String pipeline, String task) {
        return entry -> (pipeline == null || entry.pipeline().equals(pipeline)) && (task == null || entry.task().equals(task));
    }

    private static CacheStore store(Path directory) {
        RunnerOptions options = new RunnerOptions();
        options.cache = directory;
        return new CacheStore(options.cacheDirectory());
    }
}
