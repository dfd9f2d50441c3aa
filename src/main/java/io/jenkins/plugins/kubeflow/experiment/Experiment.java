package io.jenkins.plugins.kubeflow.experiment;

import com.cloudbees.hudson.plugins.folder.Folder;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.TopLevelItem;
import hudson.model.TopLevelItemDescriptor;
import hudson.model.listeners.ItemListener;
import hudson.search.SearchIndexBuilder;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.RunGroup;
import java.io.IOException;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * A folder of pipelines whose runs belong together. Its page is a table of all their runs, served from a {@link RunIndex} that lies in
 * the folder's directory. An archived experiment keeps everything and starts nothing.
 */
public class Experiment extends Folder implements RunGroup {
    private static final String DEFAULT_NAME = "Default";

    private boolean archived;
    private transient RunIndex index;

    public Experiment(ItemGroup<?> parent, String name) {
        super(parent, name);
    }

    /** The experiment of runs that name none; made when it is first needed, by somebody who may create items. */
    @NonNull
    public static synchronized Experiment getOrCreateDefault() throws IOException {
        TopLevelItem there = Jenkins.get().getItem(DEFAULT_NAME);
        if (there instanceof Experiment experiment) {
            return experiment;
        }
        if (there != null) {
            throw new IOException("‘" + DEFAULT_NAME + "’ is not an experiment, so runs without one have no place: rename it, or name an experiment");
        }
        Jenkins.get().checkPermission(Item.CREATE);
        try (var system = hudson.security.ACL.as2(hudson.security.ACL.SYSTEM2)) {
            return Jenkins.get().createProject(Experiment.class, DEFAULT_NAME);
        }
    }

    public synchronized RunIndex runs() {
        if (index == null) {
            index = new RunIndex(() -> getRootDir().toPath().resolve("kubeflow-runs.jsonl"), () -> RunRows.of(this));
        }
        return index;
    }

    @Exported
    public boolean isArchived() {
        return archived;
    }

    @Override
    public boolean acceptsRuns() {
        return !archived;
    }

    public void setArchived(boolean away) throws IOException {
        archived = away;
        save();
        // whoever goes by what a job may do looks again
        getItems().forEach(ItemListener::fireOnUpdated);
    }

    @RequirePOST
    @Restricted(NoExternalUse.class)
    public HttpResponse doArchive() throws IOException {
        checkPermission(CONFIGURE);
        setArchived(true);
        return HttpResponses.redirectToDot();
    }

    @RequirePOST
    @Restricted(NoExternalUse.class)
    public HttpResponse doRestore() throws IOException {
        checkPermission(CONFIGURE);
        setArchived(false);
        return HttpResponses.redirectToDot();
    }

    /** Makes the run table anew from what lies on disk. */
    @RequirePOST
    @Restricted(NoExternalUse.class)
    public HttpResponse doRebuildRuns() throws IOException {
        checkPermission(CONFIGURE);
        runs().rebuild();
        return HttpResponses.redirectToDot();
    }

    /** For scripts. */
    @Restricted(NoExternalUse.class)
    public ExperimentRuns getRuns() {
        return new ExperimentRuns(this);
    }

    /** Tags, archives and restores the runs that were ticked in the table. */
    @Restricted(NoExternalUse.class)
    public RunSelection getSelection() {
        return new RunSelection(this);
    }

    /** For the page. */
    @Restricted(NoExternalUse.class)
    public RunTable table(StaplerRequest2 request) throws IOException {
        return RunTable.of(this, request);
    }

    @Override
    public boolean isAllowedChildDescriptor(TopLevelItemDescriptor descriptor) {
        return descriptor.clazz == KubeflowPipeline.class && super.isAllowedChildDescriptor(descriptor);
    }

    @Override
    public boolean isAllowedChild(TopLevelItem item) {
        return item instanceof KubeflowPipeline && super.isAllowedChild(item);
    }

    @Override
    public String getPronoun() {
        return Messages.Experiment_pronoun();
    }

    @Override
    protected SearchIndexBuilder makeSearchIndex() {
        return super.makeSearchIndex().add(new RunSearch(this));
    }

    @Extension
    @Symbol("kubeflowExperiment")
    public static class DescriptorImpl extends Folder.DescriptorImpl {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.Experiment_displayName();
        }

        @Override
        public String getDescription() {
            return Messages.Experiment_description();
        }

        @Override
        public String getIconClassName() {
            return "symbol-flask-outline plugin-ionicons-api";
        }

        @Override
        public TopLevelItem newInstance(ItemGroup parent, String name) {
            return new Experiment(parent, name);
        }
    }
}
