package io.jenkins.plugins.kubeflow.engine.cli;

import io.jenkins.plugins.kubeflow.engine.run.RunEngine;
import io.jenkins.plugins.kubeflow.engine.run.RunListener;
import io.jenkins.plugins.kubeflow.engine.run.RunLog;

/** What a person sees while a run goes on: a tree on a terminal, plain lines elsewhere, nothing with {@code --quiet}. */
interface Progress extends AutoCloseable {
    RunListener listener();

    /** The run is final: show its last state. */
    void end();

    @Override
    void close();

    static Progress of(RunnerOptions options, RunEngine engine) {
        if (options.quiet) {
            return new Lines(new RunLog(line -> {}));
        }
        boolean terminal = System.console() != null && System.getenv("TERM") != null && !"dumb".equals(System.getenv("TERM"));
        return terminal ? new ProgressTree(engine, System.out) : new Lines(new RunLog(System.out::println));
    }

    /** Lines as they come. */
    record Lines(RunListener listener) implements Progress {
        @Override
        public void end() {
            System.out.flush();
        }

        @Override
        public void close() {
            System.out.flush();
        }
    }
}
