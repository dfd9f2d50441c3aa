package io.jenkins.plugins.kubeflow.engine.run;

/**
 * The run cannot go on for a reason outside it: its journal cannot be written (disk full, directory gone), or there is nothing to run
 * its tasks with. Nothing is lost: what is running goes on by itself, and the run continues from its last whole event when it is
 * resumed.
 */
public final class RunPausedException extends Exception {
    private static final long serialVersionUID = 1L;

    public RunPausedException(String message, Throwable cause) {
        super(message, cause);
    }
}
