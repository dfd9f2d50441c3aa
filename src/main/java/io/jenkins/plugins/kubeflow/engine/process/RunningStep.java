package io.jenkins.plugins.kubeflow.engine.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult;
import io.jenkins.plugins.kubeflow.engine.run.TaskLaunch;
import io.jenkins.plugins.kubeflow.engine.run.TaskRunner;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One attempt from launch or adoption to its end, which it reports exactly once. What its parent says arrives on the parent's reader
 * thread; everything that blocks goes to the runner's I/O threads.
 */
final class RunningStep implements StepParent.Listener {
    private final ProcessRunner runner;
    private final TaskLaunch launch;
    private final TaskRunner.Listener listener;
    private final StepFiles files;
    private final AtomicBoolean over = new AtomicBoolean();
    private StepPlan plan;
    private StepParent parent;
    private ProcessId id;
    private boolean canceled;
    private boolean forced;
    /** What to do once when the parent dies before it has started the step, or null. */
    private Runnable secondTry;

    RunningStep(ProcessRunner runner, TaskLaunch launch, TaskRunner.Listener listener) {
        this.runner = runner;
        this.launch = launch;
        this.listener = listener;
        this.files = new StepFiles(launch.directory());
    }

    TaskLaunch launch() {
        return launch;
    }

    StepFiles files() {
        return files;
    }

    synchronized StepPlan plan() throws ProcessException {
        if (plan == null) {
            plan = new StepPlan(launch, runner.store());
        }
        return plan;
    }

    void waiting(String why) {
        if (!over.get()) {
            listener.waiting(why);
        }
    }

    synchronized void onLoss(Runnable action) {
        secondTry = action;
    }

    @Override
    public void started(ProcessId process) {
        boolean stop;
        boolean force;
        synchronized (this) {
            if (id != null) {
                return;
            }
            id = process;
            secondTry = null;
            stop = canceled;
            force = forced;
        }
        listener.started(process.reference());
        if (stop) {
            runner.kill(this, force);
        }
    }

    @Override
    public void ended(JsonNode result) {
        runner.onIo(this, () -> {
            if (result.path("full").asBoolean()) {
                fail(DiskFull.at(files.directory()));
            } else {
                end(StepResult.of(result, isCanceled(), plan()));
            }
        });
    }

    @Override
    public void lost(String lastWords) {
        Runnable retry;
        synchronized (this) {
            retry = secondTry;
            secondTry = null;
        }
        if (retry != null) {
            retry.run();
            return;
        }
        runner.onIo(this, () -> {
            JsonNode result = files.result();
            if (result != null) {
                end(StepResult.of(result, isCanceled(), plan()));
                return;
            }
            ProcessId process = process();
            if (process != null && process.isAlive()) {
                runner.kill(this, true);
            }
            end(AttemptResult.failed(
                    AttemptResult.Outcome.PLATFORM_FAILED, null, "the process that looks after the step has ended unexpectedly" + lastWords));
        });
    }

    /** Notes the wish; true when there is a process to be stopped now. */
    synchronized boolean cancel(boolean force) {
        canceled = true;
        forced |= force;
        return id != null;
    }

    synchronized boolean isCanceled() {
        return canceled;
    }

    synchronized ProcessId process() {
        return id;
    }

    void end(AttemptResult result) {
        if (!runner.isClosed() && over.compareAndSet(false, true)) {
            runner.forget(this);
            try {
                files.cleanUp();
            } catch (IOException e) {
                runner.note("cannot remove the files of " + launch.handle() + ": " + e.getMessage());
            }
            listener.ended(result);
        }
    }

    /** It could not be started; when nothing could be, the whole run stops here until somebody has put that right. */
    void fail(ProcessException problem) {
        if (!problem.isImpossible()) {
            end(problem.result());
        } else if (!runner.isClosed() && over.compareAndSet(false, true)) {
            runner.forget(this);
            listener.impossible(problem.getMessage());
        }
    }

    /** The parent that forks it, or null for an adopted step. */
    synchronized StepParent parent() {
        return parent;
    }

    synchronized void setParent(StepParent stepParent) {
        parent = stepParent;
    }
}
