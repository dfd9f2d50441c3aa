package io.jenkins.plugins.kubeflow.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.Job;
import hudson.scm.NullSCM;
import hudson.scm.SCM;
import hudson.scm.SCMDescriptor;
import hudson.util.FormValidation;
import java.io.IOException;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * A file of a repository, read anew by each run; the run keeps the revision. Until a run has read it, and from then on as that run
 * found it, the job's forms go by the last copy: a page never waits for a repository.
 */
public final class ScmDefinition extends PipelineDefinition {
    private final SCM scm;
    private final String path;
    private boolean lightweight = true;

    @DataBoundConstructor
    public ScmDefinition(SCM scm, String path) {
        this.scm = scm == null ? new NullSCM() : scm;
        this.path = Util.fixNull(path).strip();
    }

    public SCM getScm() {
        return scm;
    }

    public String getPath() {
        return path;
    }

    public boolean isLightweight() {
        return lightweight;
    }

    @DataBoundSetter
    public void setLightweight(boolean value) {
        lightweight = value;
    }

    @Override
    public Source read() throws IOException {
        throw new IOException("a pipeline from SCM is read for a job");
    }

    @Override
    public Source read(Request request) throws IOException {
        checkPath();
        try {
            return new ScmReading(request, scm, path).read(lightweight);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while ‘" + path + "’ was read from " + scm.getKey(), e);
        }
    }

    @Override
    public Source known(KubeflowPipeline job) throws IOException {
        return new ScmCopy(job, scm, path).read();
    }

    @Override
    public Source known(KubeflowPipeline job, String version) throws IOException {
        checkPath();
        ScmCopy copy = new ScmCopy(job, scm, path);
        return copy.exists() ? copy.read() : null;
    }

    @Override
    public boolean isReadByRun() {
        return true;
    }

    private void checkPath() throws IOException {
        String problem = problem(path);
        if (problem != null) {
            throw new IOException("the pipeline's path ‘" + path + "’ " + problem);
        }
    }

    @Override
    public void remember(KubeflowPipeline job, Source source) throws IOException {
        new ScmCopy(job, scm, path).write(source.bytes());
    }

    @Override
    public Object revision(KubeflowPipeline job) {
        return new ScmCopy(job, scm, path).revision();
    }

    private static String problem(String path) {
        if (path.isEmpty()) {
            return "is empty: name the compiled pipeline's file in the repository";
        } else if (path.startsWith("/") || List.of(path.split("[/\\\\]")).contains("..")) {
            return "leads out of the repository: name it from the repository's root";
        }
        return null;
    }

    @Extension
    @Symbol("fromScm")
    public static final class DescriptorImpl extends Descriptor<PipelineDefinition> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ScmDefinition_displayName();
        }

        public List<SCMDescriptor<?>> getScmDescriptors(Job<?, ?> job) {
            return SCM._for(job).stream().filter(descriptor -> !(descriptor instanceof NullSCM.DescriptorImpl)).toList();
        }

        @POST
        public FormValidation doCheckPath(@AncestorInPath Item item, @QueryParameter String value) {
            if (item == null || !item.hasPermission(Item.CONFIGURE)) {
                return FormValidation.ok();
            }
            String problem = problem(Util.fixNull(value).strip());
            return problem == null ? FormValidation.ok() : FormValidation.error("This path " + problem + ".");
        }
    }
}
