package io.jenkins.plugins.kubeflow.job;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.security.ACL;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration;
import io.jenkins.plugins.kubeflow.engine.artifact.LocalImporting;
import io.jenkins.plugins.kubeflow.engine.cache.CacheReuse;
import io.jenkins.plugins.kubeflow.engine.cache.CacheStore;
import io.jenkins.plugins.kubeflow.engine.process.ProcessOptions;
import io.jenkins.plugins.kubeflow.engine.process.ProcessRunner;
import io.jenkins.plugins.kubeflow.engine.run.Permits;
import io.jenkins.plugins.kubeflow.engine.run.RunServices;
import io.jenkins.plugins.kubeflow.engine.run.TaskRunner;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.security.ImpersonatingExecutorService;
import jenkins.util.ContextResettingExecutorService;

/**
 * What all runs of this controller share: the threads of their lanes, the I/O pool, permits, the cache and the runner of local
 * processes. Made when the first run needs it. A few threads in all, none of them for a running task.
 */
@Extension
public class EngineHost {
    private static final Logger LOGGER = Logger.getLogger(EngineHost.class.getName());

    private RunServices services;
    private ExecutorService lanes;
    private ExecutorService io;
    private ScheduledExecutorService timer;

    static EngineHost get() {
        return ExtensionList.lookupSingleton(EngineHost.class);
    }

    /** @throws IllegalStateException with a sentence for the build log when there is nothing to run tasks with */
    synchronized RunServices services() {
        if (!KubeflowConfiguration.get().isLocalProcesses()) {
            throw new IllegalStateException("tasks can run nowhere: an administrator has to allow local processes under"
                    + " Manage Jenkins » System » Kubeflow Pipelines");
        }
        if (services == null) {
            services = create();
        }
        return services;
    }

    private RunServices create() {
        int processors = Math.max(2, Runtime.getRuntime().availableProcessors());
        int parallelism = KubeflowConfiguration.get().getParallelism();
        lanes = pool("lanes", 2);
        io = pool("io", 8);
        timer = Executors.newScheduledThreadPool(1, threads("timer"));
        Path home = Jenkins.get().getRootDir().toPath().resolve("kubeflow");
        TaskRunner runner = new ProcessRunner(ProcessOptions.defaults().withEnvironmentsDirectory(home.resolve("envs")));
        return new RunServices(
                runner,
                new CacheReuse(new CacheStore(home.resolve("cache")), warning -> LOGGER.log(Level.WARNING, warning)),
                new LocalImporting(),
                new Permits(parallelism == 0 ? processors : parallelism, Runnable::run),
                lanes,
                io,
                timer,
                Clock.systemUTC());
    }

    private static ExecutorService pool(String name, int threads) {
        return new ContextResettingExecutorService(
                new ImpersonatingExecutorService(Executors.newFixedThreadPool(threads, threads(name)), ACL.SYSTEM2));
    }

    private static NamingThreadFactory threads(String name) {
        return new NamingThreadFactory(new DaemonThreadFactory(), "kubeflow-pipelines-" + name);
    }

    /** Leaves everything as a kill would: runs go on from their journals when Jenkins is up again. */
    @Terminator(requires = ActiveRuns.RUNS_CLOSED)
    public static void stop() {
        EngineHost host = get();
        synchronized (host) {
            if (host.services != null) {
                host.services.runner().close();
                host.timer.shutdownNow();
                host.lanes.shutdown();
                host.io.shutdown();
                host.services = null;
            }
        }
    }
}
