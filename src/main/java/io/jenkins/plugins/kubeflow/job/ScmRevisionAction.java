package io.jenkins.plugins.kubeflow.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.InvisibleAction;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Which file of which repository a run is a run of, and in which revision where the SCM tells; kept with the run. */
@ExportedBean
public final class ScmRevisionAction extends InvisibleAction {
    private final String path;
    private final String repository;
    private final String revision;

    ScmRevisionAction(String path, String repository, @CheckForNull String revision) {
        this.path = path;
        this.repository = repository;
        this.revision = revision;
    }

    @Exported(visibility = 2)
    public String getPath() {
        return path;
    }

    @Exported(visibility = 2)
    public String getRepository() {
        return repository;
    }

    @CheckForNull
    @Exported(visibility = 2)
    public String getRevision() {
        return revision;
    }
}
