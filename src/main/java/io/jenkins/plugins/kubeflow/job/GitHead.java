package io.jenkins.plugins.kubeflow.job;

import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.plugins.git.GitException;
import hudson.plugins.git.GitSCM;
import hudson.scm.SCM;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jenkins.plugins.git.AbstractGitSCMSource;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMRevision;
import org.eclipse.jgit.lib.ObjectId;

/** The newest commit of the one branch that a Git configuration names. Only where the Git plugin is installed. */
@Extension(optional = true)
public final class GitHead extends ScmHead {
    private static final Pattern BRANCH = Pattern.compile("(?:\\*/|origin/|refs/heads/|refs/remotes/origin/)?([^*:?\\[\\s$]+)");

    @Override
    protected SCMRevision newest(Run<?, ?> run, SCM scm, FilePath scratch, TaskListener listener) throws IOException, InterruptedException {
        if (!(scm instanceof GitSCM git) || git.getBranches().size() != 1 || git.getUserRemoteConfigs().size() != 1) {
            return null;
        }
        Matcher branch = BRANCH.matcher(git.getBranches().get(0).getName());
        if (!branch.matches()) {
            return null;
        }
        scratch.mkdirs();
        try {
            ObjectId commit = git.createClient(listener, new EnvVars(), run, scratch)
                    .getHeadRev(git.getUserRemoteConfigs().get(0).getUrl(), branch.group(1));
            return commit == null ? null : new AbstractGitSCMSource.SCMRevisionImpl(new SCMHead(branch.group(1)), commit.name());
        } catch (GitException e) {
            throw new IOException("the repository " + scm.getKey() + " cannot be asked: " + e.getMessage(), e);
        }
    }
}
