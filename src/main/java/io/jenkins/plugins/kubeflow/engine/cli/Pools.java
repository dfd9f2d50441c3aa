package io.jenkins.plugins.kubeflow.engine.cli;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;

/** The threads of a command line run: all daemons, so that nothing keeps the process alive. */
final class Pools implements AutoCloseable {
    final ExecutorService lanes = Executors.newFixedThreadPool(1, named("lane"));
    final ExecutorService io = Executors.newFixedThreadPool(4, named("io"));
    final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1, named("timer"));

    private static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, "kubeflow-" + name);
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void close() {
        timer.shutdownNow();
        lanes.shutdownNow();
        io.shutdownNow();
    }
}
