package io.jenkins.plugins.kubeflow.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.scm.SCM;
import java.io.IOException;
import jenkins.scm.api.SCMRevision;

/**
 * Asks a repository for its newest revision, so that a run reads exactly that one and can say which: a lightweight reading of a branch
 * does not tell by itself what it has read. Waits for the repository.
 */
public abstract class ScmHead implements ExtensionPoint {
    /** @return null when this is not an SCM that it knows, or one that follows no single branch */
    @CheckForNull
    protected abstract SCMRevision newest(Run<?, ?> run, SCM scm, FilePath scratch, TaskListener listener) throws IOException, InterruptedException;

    @CheckForNull
    static SCMRevision of(Run<?, ?> run, SCM scm, FilePath scratch, TaskListener listener) throws IOException, InterruptedException {
        for (ScmHead head : ExtensionList.lookup(ScmHead.class)) {
            SCMRevision revision = head.newest(run, scm, scratch, listener);
            if (revision != null) {
                return revision;
            }
        }
        return null;
    }
}
