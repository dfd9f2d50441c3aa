package io.jenkins.plugins.kubeflow.engine.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult.Outcome;
import io.jenkins.plugins.kubeflow.engine.run.TaskLaunch;
import io.jenkins.plugins.kubeflow.engine.run.TaskRunner;
import io.jenkins.plugins.kubeflow.engine.store.ArtifactStore;
import io.jenkins.plugins.kubeflow.engine.task.PythonComponent;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Carries out tasks as processes of this machine; container images are not used. Steps are forked by {@code step_parent.py}, which
 * survives this JVM and writes down how they end, so that {@link #adopt} finds them after a crash.
 *
 * <p>Threads: a few for I/O, one per parent (that is, per Python environment in use), none per step. Cancelling sends SIGTERM, after
 * the grace SIGKILL, to everything that the step has started.
 */
public final class ProcessRunner implements TaskRunner {
    private static final Logger LOGGER = Logger.getLogger(ProcessRunner.class.getName());
    private static final int IO_THREADS = 4;
    private static final boolean WINDOWS = File.separatorChar == '\\';

    private final ProcessOptions options;
    private final PythonEnvironments environments;
    private final StepParents parents;
    private final ProcessSlots slots;
    private final Map<String, RunningStep> steps = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor io;
    private PythonInterpreter interpreter;
    private volatile boolean closed;

    public ProcessRunner(ProcessOptions options) {
        this.options = options;
        Path directory = options.environmentsDirectory().toAbsolutePath();
        this.environments = new PythonEnvironments(directory, options.offline());
        this.parents = new StepParents(directory.resolve("support"));
        this.slots = new ProcessSlots(options.maxProcesses());
        this.io = new ThreadPoolExecutor(IO_THREADS, IO_THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "kubeflow-process-io");
            thread.setDaemon(true);
            return thread;
        });
        io.allowCoreThreadTimeOut(true);
    }

    /**
     * Begins in the background to start what the steps of a pipeline's file will need, before the file has been read: what they needed
     * the last time that it ran. May be called without the other {@code prepare}.
     */
    public void prepare(Path pipeline) {
        early(start -> {
            start.recall(pipeline);
            interpreter();
        });
    }

    /**
     * Starts in the background the parents that a pipeline's steps will need, so that the first one does not wait for them. Only for
     * Python environments that are there already: others are built when a step asks for them, because it may never come to that.
     * Problems show with the first step. {@code file}: where the pipeline was read from, or null.
     */
    public void prepare(PipelineSpec spec, Path file) {
        early(start -> start.startAll(spec, interpreter(), file));
    }

    @FunctionalInterface
    private interface EarlyWork {
        void with(EarlyStart start) throws IOException, ProcessException;
    }

    private void early(EarlyWork work) {
        if (WINDOWS) {
            return;
        }
        io.execute(() -> {
            try {
                work.with(new EarlyStart(environments, parents, options));
            } catch (ProcessException | IOException e) {
                LOGGER.log(Level.FINE, e, () -> "the first step will say it");
            }
        });
    }

    static List<List<String>> installs(PythonComponent component) {
        return component.installs().isEmpty() ? List.of(List.of("kfp", "--no-deps")) : component.installs();
    }

    ArtifactStore store() {
        return options.store();
    }

    /** Work for a step that may block and may fail; a failure ends the step. */
    @FunctionalInterface
    interface StepWork {
        void run() throws IOException, ProcessException;
    }

    @Override
    public void launch(TaskLaunch launch, Listener listener) {
        if (WINDOWS) {
            listener.ended(AttemptResult.failed(Outcome.PLATFORM_FAILED, null,
                    "processes run on Linux and macOS only: use the kubernetes runner, or run this in WSL"));
            return;
        }
        RunningStep step = new RunningStep(this, launch, listener);
        steps.put(launch.handle(), step);
        boolean now = slots.acquire(step, () -> onIo(step, () -> prepare(step)));
        if (!now) {
            step.waiting("waits for one of " + options.maxProcesses() + " processes to end");
        }
    }

    private void prepare(RunningStep step) throws IOException, ProcessException {
        StepPlan plan = step.plan();
        List<String> argv = plan.argv();
        StepPreparation preparation = new StepPreparation(step.launch(), plan, step.files());
        PythonInterpreter python = interpreter();
        PythonComponent component = PythonComponent.of(argv);
        plan.createDirectories();
        plan.fetchInputs();
        if (component == null) {
            start(step, preparation.command(argv, python), true);
            return;
        }
        environments.prepare(python, installs(component), step::waiting).whenComplete((executable, failure) -> {
            if (failure == null) {
                onIo(step, () -> start(step, preparation.component(component, executable), preparation.needsFreshInterpreter()));
            } else {
                Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                if (cause instanceof ProcessException e) {
                    step.fail(e);
                } else {
                    step.end(AttemptResult.failed(Outcome.PLATFORM_FAILED, null, cause.toString()));
                }
            }
        });
    }

    private void start(RunningStep step, StepCommand command, boolean fresh) throws IOException, ProcessException {
        if (step.isCanceled()) {
            step.end(AttemptResult.failed(Outcome.CANCELED, null, "canceled before it started"));
            return;
        }
        boolean warm = command.module() != null && options.warm() && !fresh;
        List<String> execute = command.module() == null || warm
                ? null
                : List.of(command.interpreter().toString(), parents.script().toString(), "--step", step.files().directory().toString());
        ObjectNode request = step.files().write(command, execute);
        Duration timeout = step.plan().timeout();
        StepParent parent = warm
                ? parents.get(command.interpreter(), command.module())
                : parents.get(interpreter().executable(), null);
        // a parent that cannot even import the module leaves it to a fresh interpreter to show why, in the step's own log
        step.onLoss(warm ? () -> onIo(step, () -> start(step, command, true)) : null);
        step.setParent(parent);
        parent.launch(step.launch().handle(), step.files(), request, step.launch().log(), timeout, options.grace(), step);
    }

    @Override
    public void adopt(TaskLaunch launch, String reference, Listener listener) {
        RunningStep step = new RunningStep(this, launch, listener);
        steps.put(launch.handle(), step);
        step.files().mayBeWritten();
        slots.take(step);
        onIo(step, () -> new Adoption(this, step).run());
    }

    @Override
    public void cancel(String handle, boolean force) {
        RunningStep step = steps.get(handle);
        if (step == null) {
            return;
        }
        if (step.cancel(force)) {
            kill(step, force);
        } else {
            onIo(step, () -> cancelUnstarted(step));
        }
    }

    /** It may be waiting for a slot or an environment; when a parent has it already, {@code started} will see the wish. */
    private void cancelUnstarted(RunningStep step) throws IOException {
        if (step.process() == null && step.files().abandon()) {
            step.end(AttemptResult.failed(Outcome.CANCELED, null, "canceled before it started"));
        }
    }

    void kill(RunningStep step, boolean force) {
        onIo(step, () -> {
            StepParent own = step.parent();
            StepParent parent = own == null || own.isGone() ? parents.get(interpreter().executable(), null) : own;
            parent.kill(step.launch().handle(), step.process(), options.grace(), force);
        });
    }

    void onIo(RunningStep step, StepWork work) {
        try {
            io.execute(() -> {
                try {
                    work.run();
                } catch (ProcessException e) {
                    step.fail(e);
                } catch (OutOfMemoryError e) {
                    step.end(AttemptResult.failed(Outcome.PLATFORM_FAILED, null, "there is not enough memory to start it: give the JVM more (-Xmx)"));
                } catch (IOException | RuntimeException e) {
                    LOGGER.log(Level.FINE, e, () -> "step " + step.launch().handle());
                    if (DiskFull.isCauseOf(e)) {
                        step.fail(DiskFull.at(step.files().directory()));
                        return;
                    }
                    step.end(AttemptResult.failed(Outcome.PLATFORM_FAILED, null, "the process cannot be run: " + e));
                }
            });
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, e, () -> "closed; " + step.launch().handle() + " is left alone");
        }
    }

    private synchronized PythonInterpreter interpreter() throws ProcessException {
        if (interpreter == null) {
            interpreter = PythonInterpreter.find(
                    options.python(), new InterpreterAnswers(options.environmentsDirectory().toAbsolutePath().resolve("interpreters")));
        }
        return interpreter;
    }

    void forget(RunningStep step) {
        steps.remove(step.launch().handle(), step);
        slots.release(step);
    }

    boolean isClosed() {
        return closed;
    }

    void note(String message) {
        LOGGER.log(Level.WARNING, message);
    }

    @Override
    public void close() {
        closed = true;
        io.shutdown();
        parents.close();
        environments.close();
    }
}
