package io.jenkins.plugins.kubeflow.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Descriptor;
import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Items;
import hudson.model.Job;
import hudson.model.JobProperty;
import hudson.model.Label;
import hudson.model.Node;
import hudson.model.ParameterDefinition;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Queue;
import hudson.model.RunMap;
import hudson.model.TaskListener;
import hudson.model.TopLevelItem;
import hudson.model.TopLevelItemDescriptor;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskFuture;
import hudson.model.queue.SubTask;
import hudson.scm.PollingResult;
import hudson.scm.SCM;
import hudson.search.SearchIndexBuilder;
import hudson.triggers.SCMTrigger;
import hudson.triggers.Trigger;
import hudson.triggers.TriggerDescriptor;
import hudson.util.DescribableList;
import hudson.widgets.HistoryWidget;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ReadResult;
import io.jenkins.plugins.kubeflow.engine.ir.SpecReader;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import jenkins.model.lazy.LazyBuildMixIn;
import jenkins.triggers.SCMTriggerItem;
import jenkins.util.TimeDuration;
import net.sf.json.JSONObject;
import org.jenkins.ui.icon.IconSpec;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.structs.SymbolLookup;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;

/**
 * A job that runs a pipeline. Its parameters are the pipeline's own inputs, derived anew from the definition and never stored; a
 * run keeps a copy of the pipeline, so later changes of the job do not touch it. Runs are concurrent and hold no executor.
 */
public final class KubeflowPipeline extends Job<KubeflowPipeline, PipelineRun>
        implements LazyBuildMixIn.LazyLoadingJob<KubeflowPipeline, PipelineRun>,
                ParameterizedJobMixIn.ParameterizedJob<KubeflowPipeline, PipelineRun>,
                SCMTriggerItem,
                TopLevelItem,
                Queue.FlyweightTask {
    private static final Logger LOGGER = Logger.getLogger(KubeflowPipeline.class.getName());

    private PipelineDefinition definition;
    private boolean disabled;
    private DescribableList<Trigger<?>, TriggerDescriptor> triggers;
    private transient LazyBuildMixIn<KubeflowPipeline, PipelineRun> buildMixIn;
    private transient volatile DerivedParameters derived;
    /** The revision for which polling has last wanted a run. */
    transient volatile String polled;

    public KubeflowPipeline(ItemGroup<?> parent, String name) {
        super(parent, name);
        buildMixIn = createBuildMixIn();
        triggers = new DescribableList<>(this);
    }

    private LazyBuildMixIn<KubeflowPipeline, PipelineRun> createBuildMixIn() {
        return new LazyBuildMixIn<>() {
            @Override
            protected KubeflowPipeline asJob() {
                return KubeflowPipeline.this;
            }

            @Override
            protected Class<PipelineRun> getBuildClass() {
                return PipelineRun.class;
            }
        };
    }

    private ParameterizedJobMixIn<KubeflowPipeline, PipelineRun> parameterized() {
        return new ParameterizedJobMixIn<>() {
            @Override
            protected KubeflowPipeline asJob() {
                return KubeflowPipeline.this;
            }
        };
    }

    @CheckForNull
    public PipelineDefinition getDefinition() {
        return definition;
    }

    public void setDefinition(PipelineDefinition newDefinition) {
        definition = newDefinition;
        derived = null;
    }

    /** The pipeline as the job's pages go by it; null when the definition cannot be read or has problems, which a run will name. */
    @CheckForNull
    public PipelineSpec currentSpec() {
        if (definition == null) {
            return null;
        }
        try {
            PipelineDefinition.Source source = definition.known(this);
            ReadResult result = SpecReader.read(source.bytes(), source.name());
            return result.spec();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "definition of " + getFullName());
            return null;
        }
    }

    /** The pipeline's inputs take the place of stored parameters. */
    @Override
    @SuppressWarnings("rawtypes")
    public <T extends JobProperty> T getProperty(Class<T> type) {
        if (type == ParametersDefinitionProperty.class) {
            DerivedParameters current = derived;
            Object revision = definition == null ? null : definition.revision(this);
            if (current == null || !Objects.equals(revision, current.revision())) {
                PipelineSpec spec = currentSpec();
                current = DerivedParameters.of(this, spec, revision);
                derived = current;
            }
            return current.isEmpty() ? null : type.cast(current);
        }
        return super.getProperty(type);
    }

    /** For scripts that ask what the job takes; forms find the same as a property. */
    @Exported
    public List<ParameterDefinition> getParameterDefinitions() {
        ParametersDefinitionProperty parameters = getProperty(ParametersDefinitionProperty.class);
        return parameters == null ? List.of() : parameters.getParameterDefinitions();
    }

    /** The kind of definition as configuration as code calls it; null for a job without a pipeline of its own. */
    @CheckForNull
    @Exported(name = "definition")
    public String getDefinitionKind() {
        return definition == null ? null : SymbolLookup.getSymbolValue(definition).stream().findFirst().orElse(definition.getClass().getSimpleName());
    }

    @Override
    protected void submit(StaplerRequest2 request, StaplerResponse2 response)
            throws IOException, ServletException, Descriptor.FormException {
        super.submit(request, response);
        JSONObject form = request.getSubmittedForm();
        setDefinition(request.bindJSON(PipelineDefinition.class, form.getJSONObject("definition")));
        makeDisabled(form.optBoolean("disable"));
        triggers().forEach(Trigger::stop);
        triggers().rebuild(request, form, Trigger.for_(this));
        start(true);
    }

    private synchronized DescribableList<Trigger<?>, TriggerDescriptor> triggers() {
        if (triggers == null) {
            triggers = new DescribableList<>(this);
        }
        return triggers;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private void start(boolean fresh) {
        for (Trigger trigger : triggers()) {
            trigger.start(this, fresh);
        }
    }

    /** These and no others. Saves the job. */
    public void setTriggers(List<? extends Trigger<?>> wanted) throws IOException {
        triggers().forEach(Trigger::stop);
        triggers().replaceBy(wanted);
        start(true);
    }

    /** Before the job's monitor is taken, which those who hear of a run's end may need. */
    @Override
    public void delete() throws IOException, InterruptedException {
        checkPermission(DELETE);
        triggers().forEach(Trigger::stop);
        ActiveRuns.kill(this);
        super.delete();
    }

    @Override
    public void onCreatedFromScratch() {
        super.onCreatedFromScratch();
        buildMixIn.onCreatedFromScratch();
    }

    @Override
    public void onLoad(ItemGroup<? extends Item> parent, String name) throws IOException {
        super.onLoad(parent, name);
        if (buildMixIn == null) {
            buildMixIn = createBuildMixIn();
        }
        buildMixIn.onLoad(parent, name);
        derived = null; // the configuration may have been read anew into this object
        triggers().setOwner(this);
        start(Items.currentlyUpdatingByXml());
    }

    @Override
    public LazyBuildMixIn<KubeflowPipeline, PipelineRun> getLazyBuildMixIn() {
        return buildMixIn;
    }

    @Override
    protected RunMap<PipelineRun> _getRuns() {
        return buildMixIn._getRuns();
    }

    @Override
    protected void removeRun(PipelineRun run) {
        buildMixIn.removeRun(run);
    }

    @Override
    public PipelineRun getBuild(String id) {
        return buildMixIn.getBuild(id);
    }

    @Override
    public PipelineRun getBuildByNumber(int number) {
        return buildMixIn.getBuildByNumber(number);
    }

    @Override
    public PipelineRun getFirstBuild() {
        return buildMixIn.getFirstBuild();
    }

    @Override
    public PipelineRun getLastBuild() {
        return buildMixIn.getLastBuild();
    }

    @Override
    public PipelineRun getNearestBuild(int number) {
        return buildMixIn.getNearestBuild(number);
    }

    @Override
    public PipelineRun getNearestOldBuild(int number) {
        return buildMixIn.getNearestOldBuild(number);
    }

    @Override
    protected List<PipelineRun> getEstimatedDurationCandidates() {
        return buildMixIn.getEstimatedDurationCandidates();
    }

    @Override
    protected HistoryWidget<?, ?> createHistoryWidget() {
        return buildMixIn.createHistoryWidget();
    }

    @Override
    protected SearchIndexBuilder makeSearchIndex() {
        return parameterized().extendSearchIndex(super.makeSearchIndex());
    }

    @Override
    public boolean isBuildable() {
        return ParameterizedJobMixIn.ParameterizedJob.super.isBuildable() && !(getParent() instanceof RunGroup group && !group.acceptsRuns());
    }

    @Exported
    @Override
    public boolean isDisabled() {
        return disabled;
    }

    @Override
    public void setDisabled(boolean off) {
        disabled = off;
    }

    @Override
    public boolean supportsMakeDisabled() {
        return true;
    }

    /** Remote starts use Jenkins' own API tokens, never a token of the job. */
    @Override
    @SuppressWarnings("deprecation")
    public hudson.model.BuildAuthorizationToken getAuthToken() {
        return null;
    }

    @Override
    public Map<TriggerDescriptor, Trigger<?>> getTriggers() {
        return triggers().toMap();
    }

    @Override
    public Item asItem() {
        return this;
    }

    @Override
    public QueueTaskFuture<PipelineRun> scheduleBuild2(int quietPeriod, Action... actions) {
        return ParameterizedJobMixIn.ParameterizedJob.super.scheduleBuild2(quietPeriod, actions);
    }

    @Override
    public int getQuietPeriod() {
        return ParameterizedJobMixIn.ParameterizedJob.super.getQuietPeriod();
    }

    @Override
    public SCMTrigger getSCMTrigger() {
        return triggers().get(SCMTrigger.class);
    }

    @NonNull
    @Override
    public Collection<? extends SCM> getSCMs() {
        return definition instanceof ScmDefinition scm ? List.of(scm.getScm()) : List.of();
    }

    /** Whether the repository has another pipeline than the last run had. Waits for the repository. */
    @NonNull
    @Override
    public PollingResult poll(@NonNull TaskListener listener) {
        return definition instanceof ScmDefinition scm ? new ScmPolling(this, scm, listener).poll() : PollingResult.NO_CHANGES;
    }

    /** A browser and a script hear what is wrong with a broken pipeline; otherwise the answer is Jenkins' own. */
    @Override
    public void doBuild(StaplerRequest2 request, StaplerResponse2 response, @QueryParameter TimeDuration delay) throws IOException, ServletException {
        checkPermission(BUILD);
        refuseBroken();
        ParameterizedJobMixIn.ParameterizedJob.super.doBuild(request, response, delay);
    }

    @Override
    public void doBuildWithParameters(StaplerRequest2 request, StaplerResponse2 response, @QueryParameter TimeDuration delay)
            throws IOException, ServletException {
        checkPermission(BUILD);
        refuseBroken();
        if (!isParameterized()) {
            throw new Failure("the pipeline of ‘" + getFullName() + "’ has no inputs that are known: start it with ‘build’");
        }
        ParameterizedJobMixIn.ParameterizedJob.super.doBuildWithParameters(request, response, delay);
    }

    private void refuseBroken() {
        List<String> broken = RunStarter.broken(this, List.of());
        if (!broken.isEmpty()) {
            throw new Failure(String.join("\n", broken), true);
        }
    }

    /** Runs of a pipeline do not get in each other's way. */
    @Override
    public boolean isConcurrentBuild() {
        return true;
    }

    @Override
    public PipelineRun createExecutable() throws IOException {
        if (disabled) {
            return null;
        }
        PipelineRun run = buildMixIn.newBuild();
        ActiveRuns.get().begins(run);
        return run;
    }

    /** The run holds an executor for the moment of its start only, so any node's flyweight will do. */
    @Override
    public Label getAssignedLabel() {
        return Jenkins.get().getSelfLabel();
    }

    @Override
    public Node getLastBuiltOn() {
        return Jenkins.get();
    }

    @Override
    public CauseOfBlockage getCauseOfBlockage() {
        return null;
    }

    @Override
    public Collection<? extends SubTask> getSubTasks() {
        return List.of(this);
    }

    @Override
    public boolean isInQueue() {
        return Queue.getInstance().contains(this);
    }

    /** The oldest of its runs that wait, for the job's page and scripts. */
    @Override
    public Queue.Item getQueueItem() {
        return Queue.getInstance().getItem(this);
    }

    @Override
    public Queue.Task getOwnerTask() {
        return this;
    }

    @Override
    public Object getSameNodeConstraint() {
        return null;
    }

    @Override
    public void checkAbortPermission() {
        checkPermission(CANCEL);
    }

    @Override
    public boolean hasAbortPermission() {
        return hasPermission(CANCEL);
    }

    @NonNull
    @Override
    public DescriptorImpl getDescriptor() {
        return (DescriptorImpl) Jenkins.get().getDescriptorOrDie(getClass());
    }

    /** For the job's own page. */
    public SortedMap<Integer, PipelineRun> getRunsByNumber() {
        return _getRuns();
    }


    @Extension
    @Symbol({"kubeflowPipeline", "kubeflowPipelineJob"})
    public static final class DescriptorImpl extends TopLevelItemDescriptor implements IconSpec {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.KubeflowPipeline_displayName();
        }

        @NonNull
        @Override
        public String getDescription() {
            return Messages.KubeflowPipeline_description();
        }

        @NonNull
        @Override
        public String getCategoryId() {
            return "standalone-projects";
        }

        @Override
        public String getIconClassName() {
            return "symbol-git-network-outline plugin-ionicons-api";
        }

        /** For the configuration form. */
        public List<Descriptor<PipelineDefinition>> getDefinitionDescriptors() {
            return Jenkins.get().getDescriptorList(PipelineDefinition.class);
        }

        @Override
        public TopLevelItem newInstance(ItemGroup parent, String name) {
            return new KubeflowPipeline(parent, name);
        }
    }
}
