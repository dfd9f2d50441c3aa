package io.jenkins.plugins.kubeflow.engine.cli;

import io.jenkins.plugins.kubeflow.engine.graph.Attempt;
import io.jenkins.plugins.kubeflow.engine.graph.RunState;
import io.jenkins.plugins.kubeflow.engine.graph.TaskState;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.pod.PodNames;
import io.jenkins.plugins.kubeflow.engine.pod.PodRunner;
import io.jenkins.plugins.kubeflow.engine.run.AttemptLogs;
import io.jenkins.plugins.kubeflow.engine.run.Reuse;
import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import io.jenkins.plugins.kubeflow.engine.run.RunEngine;
import io.jenkins.plugins.kubeflow.engine.run.RunListener;
import io.jenkins.plugins.kubeflow.engine.run.RunLock;
import io.jenkins.plugins.kubeflow.engine.run.RunLog;
import io.jenkins.plugins.kubeflow.engine.run.RunPausedException;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import io.jenkins.plugins.kubeflow.engine.run.RunServices;
import io.jenkins.plugins.kubeflow.engine.run.TaskRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One run carried out by this process from start or resume to its end: services, progress, Ctrl-C, results. */
final class RunSession implements AutoCloseable {
    private final RunDirectory directory;
    private final RunnerOptions options;
    private static final int FAILURES_SHOWN = 5;
    private static final int CLEANING_SECONDS = 120;

    private final Pools pools = new Pools();
    private final RunLock lock;
    private TaskRunner runner;
    private boolean clean;
    private RunEngine engine;

    RunSession(RunDirectory directory, RunnerOptions options) throws BadInputException {
        this.directory = directory;
        this.options = options;
        try {
            this.lock = RunLock.take(directory);
        } catch (IOException e) {
            throw new BadInputException(Main.sentence(e));
        }
    }

    /** @return the exit status */
    int run(RunRecord record, PipelineSpec spec, boolean resume, Reuse reuse)
            throws IOException, InterruptedException, BadInputException {
        runner = Services.runner(options, spec, directory);
        RunServices services = Services.of(runner, reuse, options, pools);
        engine = resume
                ? RunEngine.resume(directory, record, spec, services)
                : RunEngine.create(directory, record, spec, services);
        try (PrintWriter log = new PrintWriter(
                        Files.newBufferedWriter(directory.log(), StandardOpenOption.CREATE, StandardOpenOption.APPEND), true);
                Progress progress = Progress.of(options, engine);
                LivePage page = LivePage.of(options, engine)) {
            engine.listen(new RunLog(line -> log.println(Instant.now() + " " + line)));
            RunListener listener = progress.listener();
            engine.listen(listener);
            if (options.kind == RunnerOptions.Kind.PROCESS && !spec.executors().isEmpty()) {
                String note = "tasks run as local processes; their container images are ignored";
                log.println(Instant.now() + " " + note);
                listener.message(note);
                if (!spec.platform().executors().isEmpty()) {
                    String more = "their Kubernetes settings (secrets, volumes, node selectors and the like) are ignored as well";
                    log.println(Instant.now() + " " + more);
                    listener.message(more);
                }
            }
            RunState state = end(record);
            cleanUp(record.runId());
            progress.end();
            if (state == RunState.FAILED && !options.quiet) {
                failures().forEach(System.out::println);
            }
            results();
            page.linger();
            return switch (state) {
                case SUCCEEDED -> Main.SUCCEEDED;
                case CANCELED -> Main.CANCELED;
                default -> Main.FAILED;
            };
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RunPausedException paused) {
                System.err.println(RunLog.printable(paused.getMessage() + ": resume " + directory.path()));
                return Main.BROKEN;
            }
            throw new IOException(Main.sentence(e.getCause()), e.getCause());
        }
    }

    /** Once, by whoever comes first: this session or, on Ctrl-C, the thread that then ends the process. */
    private synchronized void cleanUp(String runId) {
        options.stores.close();
        if (!clean && runner instanceof PodRunner pods) {
            clean = true;
            if (!isClean(pods.runEnded(runId))) {
                System.err.println("the cluster does not answer; what run " + runId + " has left there goes with: kubectl delete configmap "
                        + PodNames.anchor(runId));
            }
            pods.close();
        }
    }

    /** Waits for it, also on a thread that has been interrupted by Ctrl-C. */
    private static boolean isClean(Future<Void> cleaning) {
        boolean interrupted = Thread.interrupted();
        try {
            cleaning.get(CLEANING_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException | ExecutionException | InterruptedException e) {
            return false;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Starts the run and waits for its end; Ctrl-C cancels it. */
    private RunState end(RunRecord record) throws InterruptedException, ExecutionException {
        Interrupt interrupt = new Interrupt(engine, () -> cleanUp(record.runId()));
        try {
            engine.start();
            return engine.done().get();
        } finally {
            interrupt.disarm();
        }
    }

    /** Where to read on: the logs of the first tasks that have failed. */
    private List<String> failures() {
        List<String> lines = new ArrayList<>();
        engine.read(graph -> {
            graph.walk(node -> {
                List<Attempt> attempts = node.attempts();
                Path log = node.state() != TaskState.FAILED || attempts.isEmpty()
                        ? null
                        : AttemptLogs.file(directory, node, attempts.get(attempts.size() - 1));
                if (log != null && lines.size() < FAILURES_SHOWN && Files.exists(log)) {
                    lines.add(RunLog.printable("log of ‘" + node.path() + "’: " + log));
                }
            });
            return null;
        });
        return lines;
    }

    private void results() throws IOException, BadInputException {
        if (options.result != null) {
            Files.copy(directory.result(), options.result, StandardCopyOption.REPLACE_EXISTING);
        }
        if (options.report != null) {
            ReportCommand.write(directory, options.report, options.stores);
        }
    }


    @Override
    public void close() throws IOException {
        if (engine != null) {
            engine.close();
        }
        if (runner != null) {
            runner.close();
        }
        options.stores.close();
        pools.close();
        lock.close();
    }
}
