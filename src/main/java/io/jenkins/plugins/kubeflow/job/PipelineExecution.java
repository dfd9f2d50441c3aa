package io.jenkins.plugins.kubeflow.job;

import hudson.model.Executor;
import hudson.model.TaskListener;
import jenkins.model.queue.AsynchronousExecution;

/** What Jenkins knows of a run while it lasts; occupies no executor, and never keeps Jenkins from restarting. */
final class PipelineExecution extends AsynchronousExecution {
    private final PipelineRun run;
    private final TaskListener listener;

    PipelineExecution(PipelineRun run, TaskListener listener) {
        this.run = run;
        this.listener = listener;
    }

    @Override
    public void interrupt(boolean forShutdown) {
        if (!forShutdown) {
            Executor executor = getExecutor();
            if (executor != null) {
                executor.recordCauseOfInterruption(run, listener);
            }
            run.cancel();
        }
    }

    @Override
    public boolean blocksRestart() {
        return false;
    }

    @Override
    public boolean displayCell() {
        return false;
    }
}
