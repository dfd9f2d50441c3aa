package io.jenkins.plugins.kubeflow.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.XmlFile;
import hudson.model.Executor;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.StreamBuildListener;
import hudson.model.User;
import hudson.model.listeners.RunListener;
import hudson.model.listeners.SaveableListener;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.kubeflow.engine.graph.RunGraph;
import io.jenkins.plugins.kubeflow.engine.graph.RunState;
import io.jenkins.plugins.kubeflow.engine.run.Retry;
import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import io.jenkins.plugins.kubeflow.engine.run.RunEngine;
import io.jenkins.plugins.kubeflow.engine.run.RunLog;
import io.jenkins.plugins.kubeflow.engine.run.RunPausedException;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import io.jenkins.plugins.kubeflow.engine.run.RunServices;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.lazy.BuildReference;
import jenkins.model.lazy.LazyBuildMixIn;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.DoNotUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * A run of a pipeline. The build record (build.xml) holds little more than the run's id and whether it has ended; pipeline, journal,
 * logs and artifacts are the engine's, in the directory {@code kubeflow} of the build. No executor is held while it runs. After a
 * restart {@link ActiveRuns} loads it and it goes on from its journal.
 */
public final class PipelineRun extends ExportedRun
        implements LazyBuildMixIn.LazyLoadingRun<KubeflowPipeline, PipelineRun>, Queue.Executable {
    private static final Logger LOGGER = Logger.getLogger(PipelineRun.class.getName());
    private static final long KILL_SECONDS = 10;

    // no initializer: it would run after the superclass has loaded the record, and replace what it loaded
    private String runId;
    /** Set once the run has ended; a run that has begun and has not ended goes on after a restart. */
    private boolean ended;

    private boolean begun;
    /** In bytes, once the run has ended. */
    private long diskUsage;
    private transient volatile boolean going;
    private transient boolean resumed;
    /** Began in this session: Jenkins may work on the queue before it tells that all jobs are loaded. */
    private transient volatile boolean fresh;
    private transient volatile boolean finishing;
    /** Its pipeline is being read and checked, which may take as long as a repository does; guarded by this. */
    private transient boolean beginning;
    /** Somebody has stopped it in that time; guarded by this. */
    private transient boolean unwanted;
    private transient volatile RunEngine engine;
    private transient volatile PipelineExecution execution;
    private transient volatile StreamBuildListener listener;
    /** At zero once the record is written for the last time; null when the run has not gone on in this session. */
    private transient volatile CountDownLatch over;
    private transient LazyBuildMixIn.RunMixIn<KubeflowPipeline, PipelineRun> runMixIn;

    public PipelineRun(KubeflowPipeline job) throws IOException {
        super(job);
        runId = UUID.randomUUID().toString();
        beginning = true; // whoever stops it before its executor has got as far as that is heard
        over = new CountDownLatch(1);
    }

    public PipelineRun(KubeflowPipeline job, File directory) throws IOException {
        super(job, directory);
    }

    @Override
    public LazyBuildMixIn.RunMixIn<KubeflowPipeline, PipelineRun> getRunMixIn() {
        if (runMixIn == null) {
            runMixIn = new LazyBuildMixIn.RunMixIn<>() {
                @Override
                protected PipelineRun asRun() {
                    return PipelineRun.this;
                }
            };
        }
        return runMixIn;
    }

    @Override
    protected BuildReference<PipelineRun> createReference() {
        return getRunMixIn().createReference();
    }

    @Override
    protected void dropLinks() {
        getRunMixIn().dropLinks();
    }

    @Override
    public PipelineRun getPreviousBuild() {
        return getRunMixIn().getPreviousBuild();
    }

    @Override
    public PipelineRun getNextBuild() {
        return getRunMixIn().getNextBuild();
    }

    @NonNull
    @Override
    public KubeflowPipeline getParent() {
        return super.getParent();
    }

    /** The run's id in the sense of KFP. */
    public String getRunId() {
        RunRequest request = getAction(RunRequest.class);
        return request == null ? runId : request.getRunId();
    }

    /** What the run has on disk, in bytes, as it was when the run ended; 0 before. Never computed when somebody asks. */
    @Exported
    public long getDiskUsage() {
        return diskUsage;
    }

    /** What it was asked for; never null. */
    public RunRequest request() {
        RunRequest request = getAction(RunRequest.class);
        return request == null ? new RunRequest(runId) : request;
    }

    /** False for a run that is being made or loaded, and for one that Jenkins lost before it could begin. */
    public boolean hasBegun() {
        return begun;
    }

    public RunDirectory directory() {
        return new RunDirectory(getRootDir().toPath().resolve("kubeflow"));
    }

    /** The run as it goes on, or null when it has ended or has not begun. */
    @CheckForNull
    public RunEngine engine() {
        return engine;
    }

    /** What of this run is on disk; null when it never got as far as that. */
    @CheckForNull
    public RunRecord record() throws IOException {
        return Files.exists(directory().record()) ? RunRecord.read(directory()) : null;
    }

    @Override
    public void run() {
        onStartBuilding();
        fresh = true;
        begun = true;
        try {
            listener = BuildLog.open(this);
            request().describe(this);
            ActiveRuns.get().add(this);
            save();
            RunListener.fireStarted(this, listener);
            execution = new PipelineExecution(this, listener);
            begin();
        } catch (IOException e) {
            refuse(List.of(String.valueOf(e.getMessage())));
        }
        if (ended) {
            return;
        }
        throw execution;
    }

    /** Checks, lays down, and starts; a run that cannot start has ended with its problems in the log. */
    private void begin() {
        begins(true);
        try {
            RunStart.Started prepared = new RunStart(this, listener).prepare(directory());
            RunEngine started = RunEngine.create(directory(), prepared.record(), prepared.spec(), EngineHost.get().services(this));
            synchronized (this) {
                if (unwanted) {
                    started.close();
                    throw new IOException("stopped before it began");
                }
                beginning = false;
                follow(started);
                started.start();
            }
            // whoever lists runs can now see what this one is about
            SaveableListener.fireOnChange(this, new XmlFile(Run.XSTREAM, new File(getRootDir(), "build.xml")));
        } catch (RunStart.Refused e) {
            refuse(e.problems);
        } catch (IOException | RuntimeException | LinkageError e) {
            // whatever it is, a run that did not begin must not look as if it ran
            LOGGER.log(e instanceof IOException || e instanceof IllegalStateException ? Level.FINE : Level.WARNING, e, this::getFullDisplayName);
            refuse(List.of(e.getMessage() == null ? e.toString() : e.getMessage()));
        } finally {
            begins(false);
        }
    }

    private synchronized void begins(boolean under) {
        unwanted &= beginning;
        beginning = under;
    }

    /** Whether the run has ended and can be run again from where it failed. */
    public boolean isRetryable() throws IOException {
        return ended && result != Result.SUCCESS && record() != null;
    }

    /**
     * Begins a new round of a run that has ended: what had finished and still fits is kept.
     *
     * @param text the pipeline as somebody changed it, or null
     * @param parameters those to change, as texts
     * @throws RunStart.Refused with a line per problem; nothing has changed then
     */
    synchronized void retry(@CheckForNull String text, Map<String, String> parameters) throws IOException, RunStart.Refused {
        if (!ended) {
            throw new RunStart.Refused(List.of("the run has not ended: stop it first"));
        }
        RetryRound.Prepared prepared = RetryRound.prepare(this, text, parameters);
        RunServices shared = prepared.services();
        RunRecord record = prepared.begin(directory());
        ended = false;
        resumed = true;
        over = new CountDownLatch(1);
        result = null;
        ActiveRuns.get().add(this);
        save();
        listener = BuildLog.open(this);
        User user = User.current();
        listener.getLogger().println("retry" + (user == null ? "" : " by " + user.getDisplayName()) + ", round " + record.round());
        RunEngine again = RunEngine.create(
                directory(), record, prepared.spec(), RetryRound.services(shared, directory(), record));
        follow(again);
        again.start();
    }

    /** It does not begin: the problems, a line each, are its log; one that was stopped in the meantime is not a failure. */
    private void refuse(List<String> problems) {
        // an interruption is how Jenkins stops what an executor is doing
        boolean stopped = Thread.interrupted() | isUnwanted();
        if (listener != null) {
            problems.forEach(problem -> listener.error(RunLog.printable(problem)));
        }
        GivenPipeline.discard(this);
        finish(stopped ? Result.ABORTED : Result.FAILURE);
    }

    synchronized boolean isUnwanted() {
        return unwanted;
    }

    private void follow(RunEngine running) {
        StreamTaskListener log = listener;
        running.listen(new RunLog(line -> log.getLogger().println(line), running.read(RunGraph::state)));
        running.done().whenComplete((state, failure) -> EngineHost.get().io().execute(() -> done(state, failure)));
        engine = running;
    }

    private void done(RunState state, Throwable failure) {
        if (failure != null) {
            // a full disk, no interpreter: the run is not over, it goes on after a restart; or it is stopped, and then retried
            String sentence = failure instanceof RunPausedException ? failure.getMessage() : String.valueOf(failure);
            LOGGER.log(Level.WARNING, failure, () -> getFullDisplayName() + ": " + sentence);
            listener.error(sentence);
            return;
        }
        finish(switch (state) {
            case SUCCEEDED -> Result.SUCCESS;
            case CANCELED -> Result.ABORTED;
            default -> Result.FAILURE;
        });
    }

    /** Saved first, so that whoever sees that it has ended may stop Jenkins; listeners hear of it afterwards. */
    private void finish(Result outcome) {
        RunEngine running = engine;
        finishing = true;
        engine = null;
        result = outcome;
        ended = true;
        duration = Math.max(0, System.currentTimeMillis() - getStartTimeInMillis());
        keep();
        ActiveRuns.get().remove(this);
        EngineHost host = EngineHost.get();
        finishing = false;
        if (listener != null) {
            RunListener.fireCompleted(this, listener);
            listener.finished(outcome);
            listener.closeQuietly();
        }
        if (running != null) {
            running.close();
        }
        host.ended(this);
        PipelineExecution current = execution;
        execution = null;
        keep();
        if (over != null) {
            over.countDown();
        }
        if (current != null || !resumed) {
            onEndBuilding(); // which tells the listeners
        } else {
            RunListener.fireFinalized(this);
        }
        if (current != null) {
            current.completed(null);
        }
    }

    /** Its directory may go only when nothing of it runs any more; a run under way is killed, not cancelled in order. */
    @Override
    public void delete() throws IOException {
        going = true;
        kill();
        super.delete();
    }

    /** Whether it is being deleted, or has been. */
    public boolean isGoing() {
        return going;
    }

    /** Returns when the run has ended. */
    void kill() throws IOException {
        cancel(null, true);
        if (!awaitEnd(KILL_SECONDS)) {
            stopPaused();
        }
    }

    /** Waits on the caller's thread. @return false when the run has not ended in that time */
    public boolean awaitEnd(long seconds) throws InterruptedIOException {
        CountDownLatch end = over;
        try {
            return end == null || end.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for " + getFullDisplayName());
        }
    }

    private void keep() {
        try {
            diskUsage = DiskUsage.of(getRootDir().toPath());
            save();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot save " + getFullDisplayName());
        }
    }

    /** After a restart: goes on where it was. Called once, when all jobs are loaded. */
    void resume() {
        if (!ended && !fresh && engine == null) {
            resumed = true;
            over = new CountDownLatch(1);
            goOn("Jenkins was restarted; the run goes on");
        }
    }

    /** Its job, and so its directory, has another place. Pods are found again there; local processes that run just now are repeated. */
    void moved() {
        if (!ended && !finishing && engine != null) {
            leave();
            engine = null;
            goOn("the job is now ‘" + getParent().getFullName() + "’; the run goes on");
        }
    }

    private void goOn(String why) {
        try {
            listener = BuildLog.open(this);
            Retry.undoHalf(directory());
            RunRecord record = record();
            listener.getLogger().println(why);
            if (record == null) {
                begin();
                return;
            }
            RunServices services = RetryRound.services(EngineHost.get().services(this), directory(), record);
            RunEngine again = RunEngine.resume(directory(), record, record.spec(directory()), services);
            follow(again);
            again.start();
        } catch (IOException | IllegalStateException e) {
            LOGGER.log(Level.WARNING, e, () -> getFullDisplayName() + " cannot go on");
            if (listener != null) {
                listener.error("the run cannot go on: " + RunLog.printable(e.getMessage()) + "; it waits: put that right and restart Jenkins,"
                        + " or stop the run and retry it");
            }
        }
    }

    /** Jenkins goes down: what runs goes on by itself, and is found again. */
    void leave() {
        RunEngine running = engine;
        if (running != null) {
            running.close();
        }
        if (listener != null) {
            listener.closeQuietly();
        }
    }

    /** A run that has begun and has not ended must not look as if it were over, which is what loading makes of it. */
    @Override
    protected void onLoad() {
        super.onLoad();
        if (begun && !ended) {
            result = null;
        }
    }

    @Override
    public boolean isBuilding() {
        return begun ? !ended || finishing : super.isBuilding();
    }

    @Override
    public boolean isInProgress() {
        return isBuilding();
    }

    @Override
    public boolean isLogUpdated() {
        return isBuilding();
    }

    /** Asks the run to stop; a second time kills what still runs. */
    @RequirePOST
    @Restricted(DoNotUse.class)
    public HttpResponse doStop() {
        checkPermission(hudson.model.Item.CANCEL);
        cancel();
        return HttpResponses.forwardToPreviousPage();
    }

    /** The caller has checked the permission. Returns at once; a second call forces. */
    public void cancel() {
        User user = User.current();
        cancel(user == null ? null : user.getDisplayName(), false);
    }

    private void cancel(@CheckForNull String by, boolean force) {
        RunEngine running;
        synchronized (this) {
            running = engine;
            if (running == null && beginning) {
                unwanted = true;
                Executor executor = getExecutor();
                if (executor != null && begun) {
                    executor.interrupt(Result.ABORTED);
                }
                return;
            }
        }
        if (running == null || running.done().isCompletedExceptionally()) {
            stopPaused();
        } else {
            running.cancel(by, force || running.read(graph -> graph.state() == RunState.CANCELING));
        }
    }

    /** A run that waits for somebody to put something right (its cloud is gone, the disk is full) has nobody who could cancel it in order. */
    private void stopPaused() {
        synchronized (this) {
            if (!begun || ended || finishing) {
                return;
            }
            finishing = true;
        }
        RunEngine paused = engine;
        if (paused != null) {
            paused.close();
        }
        if (listener != null) {
            listener.getLogger().println("stopped while it was paused; a retry keeps what has finished");
        }
        finish(Result.ABORTED);
    }
}
