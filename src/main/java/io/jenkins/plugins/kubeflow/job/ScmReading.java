package io.jenkins.plugins.kubeflow.job;

import hudson.FilePath;
import hudson.model.Run;
import hudson.scm.SCM;
import hudson.scm.SCMRevisionState;
import io.jenkins.plugins.kubeflow.engine.run.RunLog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import jenkins.model.Jenkins;
import jenkins.scm.api.SCMFile;
import jenkins.scm.api.SCMFileSystem;
import jenkins.scm.api.SCMRevision;

/**
 * One reading of a pipeline's file: without a checkout where the SCM can do that, else by a checkout on the controller, which only a
 * run may ask for. Waits for the repository; on the run's thread.
 */
final class ScmReading {
    private static final Map<String, Object> CHECKOUTS = new ConcurrentHashMap<>();
    /** The variables by which SCMs tell builds what was checked out. */
    private static final List<String> REVISIONS = List.of("GIT_COMMIT", "SVN_REVISION", "MERCURIAL_REVISION", "P4_CHANGELIST");

    private static final int LARGEST = 64 << 20;

    private final PipelineDefinition.Request request;
    private final SCM scm;
    private final String path;

    ScmReading(PipelineDefinition.Request request, SCM scm, String path) {
        this.request = request;
        this.scm = scm;
        this.path = path;
    }

    PipelineDefinition.Source read(boolean lightweight) throws IOException, InterruptedException {
        if (lightweight) {
            SCMRevision newest = request.run() == null ? null : ScmHead.of(request.run(), scm, directory(), request.listener());
            try (SCMFileSystem files = SCMFileSystem.of(request.job(), scm, newest)) {
                if (files != null) {
                    return lightly(files);
                }
            }
        }
        if (request.run() == null) {
            throw new IOException("‘" + path + "’ can be read by a run only: this SCM has no lightweight checkout, or it is switched off");
        }
        return checkedOut(request.run());
    }

    private PipelineDefinition.Source lightly(SCMFileSystem files) throws IOException, InterruptedException {
        String revision = files.getRevision() == null ? null : files.getRevision().toString();
        SCMFile file = files.child(path);
        if (!file.isFile()) {
            throw missing(revision);
        }
        try (InputStream in = file.content()) {
            return source(in.readNBytes(LARGEST + 1), revision);
        }
    }

    private PipelineDefinition.Source checkedOut(Run<?, ?> run) throws IOException, InterruptedException {
        FilePath directory = directory();
        synchronized (CHECKOUTS.computeIfAbsent(directory.getRemote(), key -> new Object())) {
            directory.mkdirs();
            scm.checkout(run, Jenkins.get().createLauncher(request.listener()), directory, request.listener(), null, null);
            FilePath file = directory.child(path);
            if (!file.exists() || file.isDirectory()) {
                throw missing(null);
            } else if (!directory.isDescendant(path)) {
                throw new IOException("‘" + path + "’ leads out of the checkout: it is a link; commit the file itself");
            }
            SCMRevisionState state = scm.calcRevisionsFromBuild(run, directory, Jenkins.get().createLauncher(request.listener()), request.listener());
            if (state != null) {
                run.replaceAction(state);
            }
            Map<String, String> told = new HashMap<>();
            scm.buildEnvironment(run, told);
            try (InputStream in = file.read()) {
                return source(in.readNBytes(LARGEST + 1), REVISIONS.stream().map(told::get).filter(Objects::nonNull).findFirst().orElse(null));
            }
        }
    }

    private FilePath directory() {
        return directory(request.job(), scm);
    }

    /** Where a repository is checked out, and what is asked of it by tools that need a directory. */
    static FilePath directory(KubeflowPipeline job, SCM scm) {
        return new FilePath(Jenkins.get().getRootDir()).child("kubeflow").child("checkouts")
                .child(digest(job.getFullName() + "\n" + scm.getKey()));
    }

    private IOException missing(String revision) {
        return new IOException("there is no file ‘" + RunLog.printable(path) + "’ in " + scm.getKey() + (revision == null ? "" : " at " + revision)
                + ": commit the compiled pipeline, or correct the path in the job's configuration");
    }

    private PipelineDefinition.Source source(byte[] bytes, String revision) throws IOException {
        if (bytes.length > LARGEST) {
            throw new IOException("‘" + path + "’ of " + scm.getKey() + " is larger than " + (LARGEST >> 20) + " MiB: that is no compiled pipeline");
        }
        String origin = "‘" + path + "’ of " + scm.getKey() + (revision == null ? "" : ", revision " + revision);
        return new PipelineDefinition.Source(path.substring(path.lastIndexOf('/') + 1), bytes, origin, new ScmRevisionAction(path, scm.getKey(), revision));
    }

    static String digest(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)), 0, 10);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
