package io.jenkins.plugins.kubeflow.engine.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Finds an attempt again that was launched before a restart. Its files tell: a result was written; or its process and the parent that
 * will write the result are alive, then their end is awaited; or nobody had claimed it, then it can never start any more. Everything
 * else is lost.
 */
final class Adoption {
    /** A claim is filled in microseconds after it was made; a result is there before its process has vanished. */
    private static final int LOOKS = 20;

    private final ProcessRunner runner;
    private final RunningStep step;
    private int looks;

    Adoption(ProcessRunner runner, RunningStep step) {
        this.runner = runner;
        this.step = step;
    }

    void run() throws IOException, ProcessException {
        if (ended()) {
            return;
        }
        if (step.files().abandon()) {
            lost("it had not been started when the engine was interrupted");
            return;
        }
        StepFiles.Claim claim = step.files().claim();
        if (claim == null) {
            lookAgain("the process that was to start it has ended");
        } else if (claim.step().isAlive() && claim.parent().isAlive()) {
            step.started(claim.step());
            await(claim.step());
        } else if (claim.parent().isAlive()) {
            lookAgain("its process is gone and left no result");
        } else {
            boolean orphan = claim.step().isAlive();
            if (!ended()) {
                if (orphan) {
                    step.started(claim.step());
                    runner.kill(step, true);
                }
                lost("the process that looked after it is gone" + (orphan ? "; it was stopped" : ""));
            }
        }
    }

    private boolean ended() throws IOException, ProcessException {
        JsonNode result = step.files().result();
        if (result != null) {
            step.end(StepResult.of(result, step.isCanceled(), step.plan()));
        }
        return result != null;
    }

    private void await(ProcessId process) throws IOException, ProcessException {
        Optional<ProcessHandle> handle = ProcessHandle.of(process.pid());
        if (handle.isEmpty()) {
            lookAgain("its process is gone and left no result");
        } else {
            handle.get().onExit().thenRun(() -> runner.onIo(step, this::run));
        }
    }

    private void lookAgain(String otherwise) {
        if (++looks > LOOKS) {
            lost(otherwise);
        } else {
            Executor later = CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS);
            later.execute(() -> runner.onIo(step, this::run));
        }
    }

    private void lost(String why) {
        step.end(AttemptResult.failed(AttemptResult.Outcome.PLATFORM_FAILED, null, why));
    }
}
