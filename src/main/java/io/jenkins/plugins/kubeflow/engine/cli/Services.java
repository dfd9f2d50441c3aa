package io.jenkins.plugins.kubeflow.engine.cli;

import io.jenkins.plugins.kubeflow.engine.artifact.LocalImporting;
import io.jenkins.plugins.kubeflow.engine.cache.CacheReuse;
import io.jenkins.plugins.kubeflow.engine.cache.CacheStore;
import io.jenkins.plugins.kubeflow.engine.cache.ContentIdentity;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.run.Permits;
import io.jenkins.plugins.kubeflow.engine.run.Reuse;
import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import io.jenkins.plugins.kubeflow.engine.run.RunServices;
import io.jenkins.plugins.kubeflow.engine.run.TaskRunner;
import java.time.Clock;

/** Puts the services of a run together from the command line's options. */
final class Services {
    private Services() {}

    static TaskRunner runner(RunnerOptions options, PipelineSpec spec, RunDirectory directory) throws BadInputException {
        return switch (options.kind) {
            case PROCESS -> options.processes();
            case KUBERNETES -> ClusterRunner.of(options);
        };
    }

    static Reuse cache(RunnerOptions options) throws BadInputException {
        return new CacheReuse(
                new CacheStore(options.cacheDirectory()), System.err::println, new ContentIdentity(options.stores.reader()));
    }

    static RunServices of(TaskRunner runner, Reuse reuse, RunnerOptions options, Pools pools) throws BadInputException {
        return new RunServices(
                runner,
                reuse,
                new LocalImporting(options.stores.reader()),
                new Permits(options.permits(), Runnable::run),
                pools.lanes,
                pools.io,
                pools.timer,
                Clock.systemUTC());
    }
}
