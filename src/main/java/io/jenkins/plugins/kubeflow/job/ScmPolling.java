package io.jenkins.plugins.kubeflow.job;

import hudson.FilePath;
import hudson.model.TaskListener;
import hudson.scm.PollingResult;
import hudson.scm.SCM;
import hudson.scm.SCMRevisionState;
import io.jenkins.plugins.kubeflow.engine.run.RunRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Arrays;
import jenkins.model.Jenkins;
import jenkins.scm.SCMDecisionHandler;
import jenkins.scm.api.SCMFile;
import jenkins.scm.api.SCMFileSystem;
import jenkins.scm.api.SCMRevision;

/**
 * Whether a job's repository has another pipeline than its last run had. Where the newest revision can be asked for and the file read
 * without a checkout, only a change of that one file counts; elsewhere the SCM's own polling decides. On a thread of the SCM trigger;
 * waits for the repository.
 */
final class ScmPolling {
    private final KubeflowPipeline job;
    private final ScmDefinition definition;
    private final SCM scm;
    private final TaskListener listener;

    ScmPolling(KubeflowPipeline job, ScmDefinition definition, TaskListener listener) {
        this.job = job;
        this.definition = definition;
        this.scm = definition.getScm();
        this.listener = listener;
    }

    PollingResult poll() {
        SCMDecisionHandler veto = SCMDecisionHandler.firstShouldPollVeto(job);
        if (veto != null) {
            return none("polling is held back by " + veto);
        } else if (!job.isBuildable()) {
            return none("the job takes no runs");
        }
        PipelineRun last = job.getLastBuild();
        if (last == null) {
            listener.getLogger().println("no run yet");
            return PollingResult.BUILD_NOW;
        }
        try {
            if (last.isBuilding() && last.record() == null) {
                return none("run #" + last.getNumber() + " is about to read the repository");
            }
            SCMRevision newest = ScmHead.of(last, scm, ScmReading.directory(job, scm), listener);
            return newest == null ? ask(last) : compare(last, newest);
        } catch (IOException e) {
            return none(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return PollingResult.NO_CHANGES;
        }
    }

    private PollingResult none(String why) {
        listener.getLogger().println(why);
        return PollingResult.NO_CHANGES;
    }

    private PollingResult compare(PipelineRun last, SCMRevision newest) throws IOException, InterruptedException {
        ScmRevisionAction known = last.getAction(ScmRevisionAction.class);
        if (known != null && newest.toString().equals(known.getRevision())) {
            return none("still at " + newest);
        }
        if (newest.toString().equals(job.polled)) {
            return none("a run was started for " + newest + " already");
        }
        if (Arrays.equals(pipeline(last), read(newest))) {
            return none("at " + newest + ", with the same ‘" + definition.getPath() + "’");
        }
        job.polled = newest.toString();
        listener.getLogger().println("at " + newest + ", with another ‘" + definition.getPath() + "’");
        return PollingResult.SIGNIFICANT;
    }

    /** Empty when the run could not read one. */
    private static byte[] pipeline(PipelineRun run) throws IOException {
        RunRecord record = run.record();
        return record == null ? new byte[0] : Files.readAllBytes(run.directory().path().resolve(record.specFile()));
    }

    /** Null when there is no such file, or none can be read without a checkout: a run will say which. */
    private byte[] read(SCMRevision revision) throws IOException, InterruptedException {
        try (SCMFileSystem files = definition.isLightweight() ? SCMFileSystem.of(job, scm, revision) : null) {
            SCMFile file = files == null ? null : files.child(definition.getPath());
            if (file == null || !file.isFile()) {
                return null;
            }
            try (InputStream in = file.content()) {
                return in.readAllBytes();
            }
        }
    }

    private PollingResult ask(PipelineRun last) throws IOException, InterruptedException {
        SCMRevisionState baseline = last.getAction(SCMRevisionState.class);
        if (baseline == null) {
            return none("what run #" + last.getNumber() + " has read cannot be told: polling needs a checkout, or Git with one branch");
        }
        FilePath directory = ScmReading.directory(job, scm);
        boolean there = !scm.requiresWorkspaceForPolling() || directory.exists();
        return there
                ? scm.compareRemoteRevisionWith(job, Jenkins.get().createLauncher(listener), directory, listener, baseline)
                : none("the checkout of run #" + last.getNumber() + " is gone");
    }
}
