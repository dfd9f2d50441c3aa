package io.jenkins.plugins.kubeflow.engine.cli;

import io.jenkins.plugins.kubeflow.engine.run.RunEngine;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ctrl-C: cancels the run and lets the process end only when everything it started has. The JVM runs this as a shutdown hook, where a
 * second Ctrl-C cannot be heard; what does not end within the runner's grace period is killed after it.
 */
final class Interrupt {
    private static final long PATIENCE_SECONDS = 30;

    private final Thread hook;

    /** @param afterwards takes away what the run leaves behind; runs once everything has ended */
    Interrupt(RunEngine engine, Runnable afterwards) {
        hook = new Thread(() -> cancel(engine, afterwards), "kubeflow-interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private static void cancel(RunEngine engine, Runnable afterwards) {
        engine.cancel("Ctrl-C or a signal", false);
        try {
            engine.done().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            engine.cancel("Ctrl-C or a signal", true);
            System.err.println("some tasks did not end in time; they were killed");
        } catch (ExecutionException e) {
            System.err.println(Main.sentence(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        afterwards.run();
        Runtime.getRuntime().halt(Main.CANCELED);
    }

    /** The run has ended by itself. */
    void disarm() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyShuttingDown) {
            Thread.currentThread().interrupt();
        }
    }
}
