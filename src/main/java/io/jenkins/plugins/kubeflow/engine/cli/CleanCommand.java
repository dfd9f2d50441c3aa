package io.jenkins.plugins.kubeflow.engine.cli;

import io.jenkins.plugins.kubeflow.engine.pod.PodNames;
import io.jenkins.plugins.kubeflow.engine.pod.PodRunner;
import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import io.jenkins.plugins.kubeflow.engine.run.RunLock;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code clean DIR}: takes away what a run has left in the cluster whose engine was killed and that nobody is going to resume; also Pods
 * that were kept. A run that a process carries on is left alone.
 */
@Command(name = "clean", description = "Deletes what an interrupted run has left in a cluster.", mixinStandardHelpOptions = true)
final class CleanCommand implements Callable<Integer> {
    private static final int SECONDS = 120;

    @Parameters(paramLabel = "DIR", description = "The run directory.")
    private Path directory;

    @Mixin
    private RunnerOptions options;

    @Override
    public Integer call() throws Exception {
        RunDirectory run = StoredRun.directory(directory);
        RunRecord record = StoredRun.record(run);
        try (RunLock lock = take(run);
                PodRunner pods = ClusterRunner.of(options)) {
            pods.runEnded(record.runId()).get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            System.err.println("what run " + record.runId() + " has left could not be deleted"
                    + (e instanceof TimeoutException ? ": the cluster does not answer" : ": " + Main.sentence(e.getCause()))
                    + "; it goes with: kubectl delete configmap " + PodNames.anchor(record.runId()));
            return Main.BROKEN;
        } finally {
            options.stores.close();
        }
        return Main.SUCCEEDED;
    }

    private static RunLock take(RunDirectory run) throws BadInputException {
        try {
            return RunLock.take(run);
        } catch (IOException e) {
            throw new BadInputException(Main.sentence(e));
        }
    }
}
