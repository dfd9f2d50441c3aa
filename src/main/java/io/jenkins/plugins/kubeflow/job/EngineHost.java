package io.jenkins.plugins.kubeflow.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.security.ACL;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.kubeflow.cloud.CloudException;
import io.jenkins.plugins.kubeflow.cloud.CloudRunners;
import io.jenkins.plugins.kubeflow.cloud.PipelineClouds;
import io.jenkins.plugins.kubeflow.cloud.PipelineRoots;
import io.jenkins.plugins.kubeflow.cloud.RunCloud;
import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration;
import io.jenkins.plugins.kubeflow.engine.artifact.LocalFiles;
import io.jenkins.plugins.kubeflow.engine.artifact.LocalImporting;
import io.jenkins.plugins.kubeflow.engine.cache.CacheReuse;
import io.jenkins.plugins.kubeflow.engine.cache.CacheStore;
import io.jenkins.plugins.kubeflow.engine.cache.ContentIdentity;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.process.ProcessOptions;
import io.jenkins.plugins.kubeflow.engine.process.ProcessRunner;
import io.jenkins.plugins.kubeflow.engine.run.Permits;
import io.jenkins.plugins.kubeflow.engine.run.Reuse;
import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import io.jenkins.plugins.kubeflow.engine.run.RunServices;
import io.jenkins.plugins.kubeflow.engine.run.TaskRunner;
import io.jenkins.plugins.kubeflow.engine.store.ArtifactStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.security.ImpersonatingExecutorService;
import jenkins.util.ContextResettingExecutorService;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesCloud;

/**
 * What all runs of this controller share: the threads of their lanes, the I/O pool, permits, the cache and the runners: of the
 * cloud that a run takes, or of local processes. Made when the first run needs it. A few threads in all, none of them for a running task.
 */
@Extension
public class EngineHost {
    private static final Logger LOGGER = Logger.getLogger(EngineHost.class.getName());

    /** Pods are limited by their runner, see KubeflowCloudTrait. */
    private static final int NO_LIMIT = Integer.MAX_VALUE;

    private static final int CLOSING_SECONDS = 10;

    private RunServices shared;
    private TaskRunner processes;
    private Permits processPermits;
    private Permits podPermits;
    private ExecutorService lanes;
    private ExecutorService io;
    private ScheduledExecutorService timer;

    static EngineHost get() {
        return ExtensionList.lookupSingleton(EngineHost.class);
    }

    /**
     * What a run works with; the same for a run until it has ended. Notes with the run where its tasks run.
     *
     * @throws IllegalStateException with a sentence for the build log when there is nothing to run tasks with
     */
    synchronized RunServices services(PipelineRun run) {
        KubernetesCloud cloud = cloud(run);
        if (cloud == null && !KubeflowConfiguration.get().isLocalProcesses()) {
            throw new IllegalStateException("tasks can run nowhere: add ‘Kubeflow pipelines’ to a Kubernetes cloud (Manage Jenkins » Clouds), or"
                    + " an administrator has to allow local processes under Manage Jenkins » System » Kubeflow Pipelines");
        }
        if (shared == null) {
            shared = create();
        }
        RunServices services = cloud == null
                ? with(run.getParent(), processes(), processPermits, ArtifactStore.NONE)
                : with(run.getParent(), CloudRunners.get().runner(cloud, run.getRunId()), podPermits, CloudRunners.get().reader(cloud));
        run.replaceAction(new RunCloud(cloud == null ? RunCloud.LOCAL : cloud.name));
        return services;
    }

    /** The cloud that a run takes, or null for local processes. */
    @CheckForNull
    private static KubernetesCloud cloud(PipelineRun run) {
        String wanted = PipelineClouds.wanted(run);
        if (RunCloud.LOCAL.equals(wanted)) {
            return null;
        }
        return wanted == null ? PipelineClouds.first(run.getParent()) : PipelineClouds.named(wanted, run.getParent());
    }

    /**
     * What of a pipeline the policy of the run's cloud forbids; a sentence each, naming task and field.
     *
     * @throws IllegalStateException with a sentence when the cloud cannot be had
     */
    static List<String> violations(PipelineRun run, PipelineSpec spec) {
        KubernetesCloud cloud = cloud(run);
        return cloud == null ? List.of() : CloudRunners.violations(cloud, spec);
    }

    /** For work of a run that may block; there once {@link #services} has been called. */
    synchronized Executor io() {
        return io;
    }

    /** The run is over; what it left where its tasks ran is cleared away. */
    synchronized void ended(PipelineRun run) {
        if (io != null) {
            CloudRunners.get().ended(run.getRunId(), io);
        }
    }

    /** Cache and importing for a plan of a job; nothing to run tasks with. */
    synchronized RunServices planning(KubeflowPipeline job) {
        if (shared == null) {
            shared = create();
        }
        PipelineRun last = job.getLastBuild();
        return with(job, null, podPermits, last == null ? ArtifactStore.NONE : reader(last));
    }

    private RunServices with(KubeflowPipeline job, TaskRunner runner, Permits permits, ArtifactStore reader) {
        return new RunServices(
                runner, reuse(RunScope.cache(job), reader), new LocalImporting(reader), permits, shared.lanes(), shared.io(), shared.timer(), shared.clock());
    }

    private static Reuse reuse(Path cache, ArtifactStore reader) {
        return new CacheReuse(
                new CacheStore(cache), warning -> LOGGER.log(Level.WARNING, warning), new ContentIdentity(reader));
    }

    /** Reads artifacts where the tasks of a run that has begun put them. */
    public static ArtifactStore reader(PipelineRun run) {
        RunCloud taken = run.getAction(RunCloud.class);
        if (taken == null || !(Jenkins.get().getCloud(taken.getName()) instanceof KubernetesCloud cloud)) {
            return ArtifactStore.NONE;
        }
        return ArtifactStore.of(() -> {
            try {
                return List.of(CloudRunners.get().reader(cloud));
            } catch (CloudException noClient) {
                return List.of();
            }
        });
    }

    /**
     * Where the artifacts of a run go; null for its own directory.
     *
     * @throws IllegalStateException with a sentence when they cannot or must not go there
     */
    @CheckForNull
    static String pipelineRoot(PipelineRun run, RunRequest request) {
        return PipelineRoots.of(run, request.getPipelineRoot(), cloud(run));
    }

    private TaskRunner processes() {
        int wanted = KubeflowConfiguration.get().getParallelism();
        int parallelism = wanted == 0 ? Math.max(2, Runtime.getRuntime().availableProcessors()) : wanted;
        if (processes != null) {
            processPermits.resize(parallelism);
        } else {
            processPermits = new Permits(parallelism, Runnable::run);
            processes = new ProcessRunner(ProcessOptions.defaults().withEnvironmentsDirectory(home().resolve("envs")));
        }
        return processes;
    }

    private static Path home() {
        return Jenkins.get().getRootDir().toPath().resolve("kubeflow");
    }

    private RunServices create() {
        lanes = pool("lanes", 2);
        io = pool("io", 8);
        timer = Executors.newScheduledThreadPool(1, threads("timer"));
        podPermits = new Permits(NO_LIMIT, Runnable::run);
        LocalFiles.restrict(EngineHost::mayRead);
        LocalFiles.restrictImports((run, path) -> KubeflowConfiguration.get().isLocalProcesses() || RunScope.reaches(run, path));
        return new RunServices(
                null,
                Reuse.NONE,
                new LocalImporting(),
                podPermits,
                lanes,
                io,
                timer,
                Clock.systemUTC());
    }

    /** Who may run processes on the controller can read its files anyway; everybody else gets what runs have written. */
    private static boolean mayRead(Path real) {
        return KubeflowConfiguration.get().isLocalProcesses() || RunDirectory.holdsOutput(real);
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
        ExecutorService last = null;
        synchronized (host) {
            if (host.shared != null) {
                last = host.io;
                if (host.processes != null) {
                    host.processes.close();
                    host.processes = null;
                }
                CloudRunners.get().close();
                host.timer.shutdownNow();
                host.lanes.shutdown();
                host.io.shutdown();
                host.shared = null;
            }
        }
        finish(last);
    }

    /** What is being written (fingerprints, a record) is written before Jenkins has gone; not under the lock that its writers may want. */
    private static void finish(@CheckForNull ExecutorService last) {
        try {
            if (last != null && !last.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
                LOGGER.log(Level.WARNING, "work on pipeline runs goes on while Jenkins stops");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
