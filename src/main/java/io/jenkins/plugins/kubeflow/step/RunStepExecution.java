package io.jenkins.plugins.kubeflow.step;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.FilePath;
import hudson.console.ModelHyperlinkNote;
import hudson.model.Action;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Computer;
import hudson.model.ItemGroup;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.kubeflow.cloud.RunCloud;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ReadResult;
import io.jenkins.plugins.kubeflow.engine.ir.RunParameters;
import io.jenkins.plugins.kubeflow.engine.ir.SpecReader;
import io.jenkins.plugins.kubeflow.experiment.RunPlace;
import io.jenkins.plugins.kubeflow.job.GivenPipeline;
import io.jenkins.plugins.kubeflow.job.KnownPipeline;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.PipelineDefinition.Source;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import io.jenkins.plugins.kubeflow.job.RunRequest;
import io.jenkins.plugins.kubeflow.job.RunStarter;
import io.jenkins.plugins.kubeflow.registry.KubeflowPipelines;
import io.jenkins.plugins.kubeflow.registry.RegisteredDefinition;
import io.jenkins.plugins.kubeflow.registry.RegisteredPipeline;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/**
 * Schedules one run and waits for its end without a thread: {@link StepRuns} tells. Work that may block is done on Jenkins' pool, never
 * on the CPS thread. After a restart it finds the run again by its id; stopping the step cancels the run.
 */
final class RunStepExecution extends StepExecution {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(RunStepExecution.class.getName());

    private final StepRequest request;
    private final String runId = UUID.randomUUID().toString();
    /** With whose rights it was started; also after a restart. */
    private String user;
    /** The job of the run, once it has been scheduled. */
    private volatile String job;

    private volatile int number;
    private volatile boolean over;

    RunStepExecution(StepContext context, StepRequest request) {
        super(context);
        this.request = request;
    }

    String runId() {
        return runId;
    }

    @Override
    public boolean start() {
        Authentication starter = Jenkins.getAuthentication2();
        user = starter.getName();
        StepRuns.get().waiting(this);
        Computer.threadPoolForRemoting.execute(() -> schedule(starter));
        return false;
    }

    @Override
    public void onResume() {
        StepRuns.get().waiting(this);
        Computer.threadPoolForRemoting.execute(this::findAgain);
    }

    private void findAgain() {
        if (job == null) {
            scheduleAgain();
            return;
        }
        PipelineRun run = StepRuns.find(job, number, runId);
        if (run != null) {
            number = run.getNumber();
            if (!run.isBuilding()) {
                finished(run);
            }
        } else if (!StepRuns.isQueued(runId)) {
            fail(new AbortException("run " + runId + " of ‘" + job + "’ is gone"));
        }
    }

    private void scheduleAgain() {
        if (user == null || user.equals(ACL.SYSTEM2.getName())) {
            schedule(ACL.SYSTEM2);
            return;
        }
        User starter = User.getById(user, false);
        try {
            schedule(starter == null ? Jenkins.ANONYMOUS2 : starter.impersonate2());
        } catch (UsernameNotFoundException e) {
            fail(new AbortException("‘" + user + "’, who started the build, is no user of Jenkins any more"));
        }
    }

    private void schedule(Authentication starter) {
        try (ACLContext context = ACL.as2(starter)) {
            Run<?, ?> build = getContext().get(Run.class);
            ItemGroup<?> folder = build.getParent().getParent();
            Source source = request.job == null ? source() : null;
            KubeflowPipeline existing = source == null ? RunPlace.existing(request.job, folder) : null;
            KnownPipeline known = existing == null ? null : KnownPipeline.of(existing, request.version);
            PipelineSpec spec = existing == null ? sound(source) : known.spec();
            StepArguments arguments = new StepArguments(spec, request.parameters);
            Map<String, JsonNode> parameters = arguments.parameters();
            refuse(known == null ? RunParameters.resolve(spec, parameters).problems() : known.problems(parameters));
            KubeflowPipeline target =
                    existing == null ? RunPlace.ofExperiment(request.experiment, spec.name(), folder) : existing;
            if (request.pipeline != null && RunPlace.refersTo(target, request.pipeline)) {
                source = null; // the job reads it, and records the version
            }
            String closed = RunStarter.closed(target);
            refuse(closed == null ? List.of() : List.of(closed));
            job = target.getFullName();
            getContext().saveState();
            List<Action> actions = new ArrayList<>();
            actions.add(new RunRequest(runId).name(request.name).version(version()).cache(request.cache).pipelineRoot(request.pipelineRoot));
            actions.add(given(source, parameters, arguments, target, build));
            actions.add(new CauseAction(new Cause.UpstreamCause(build)));
            if (request.cloud != null) {
                actions.add(new RunCloud(request.cloud));
            }
            if (target.scheduleBuild2(0, actions.toArray(Action[]::new)) == null) {
                throw new AbortException("‘" + target.getFullName() + "’ takes no runs: it is disabled, or its experiment is archived");
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            fail(e instanceof IllegalArgumentException ? new AbortException(e.getMessage()) : e);
        }
    }

    private String version() {
        return request.pipeline != null && request.version == null ? RegisteredPipeline.LATEST : request.version;
    }

    private Source source() throws IOException, InterruptedException {
        if (request.pipeline != null) {
            Jenkins.get().checkPermission(KubeflowPipelines.READ);
            RegisteredDefinition registered = new RegisteredDefinition(request.pipeline);
            registered.setVersion(version());
            return registered.read();
        }
        if (request.text != null) {
            return new Source("pipeline.yaml", request.text.getBytes(StandardCharsets.UTF_8));
        }
        FilePath workspace = getContext().get(FilePath.class);
        if (workspace == null) {
            throw new AbortException("‘file: " + request.file + "’ needs a workspace: put the step into a node, or hand over the text");
        }
        FilePath file = workspace.child(request.file);
        if (!file.exists()) {
            throw new AbortException("there is no file ‘" + request.file + "’ in the workspace");
        }
        try (InputStream in = file.read()) {
            return new Source(file.getName(), in.readAllBytes());
        }
    }

    private GivenPipeline given(
            Source source, Map<String, JsonNode> parameters, StepArguments arguments, KubeflowPipeline target, Run<?, ?> build)
            throws IOException, InterruptedException {
        GivenPipeline given = GivenPipeline.keep(source, parameters);
        try {
            arguments.hand(given.artifacts(), target, build, getContext().get(FilePath.class));
            return given;
        } catch (IOException | InterruptedException | RuntimeException e) {
            given.discard();
            throw e;
        }
    }

    /** Problems come before anything is queued. */
    private static PipelineSpec sound(Source source) throws AbortException {
        ReadResult read = SpecReader.read(source.bytes(), source.name());
        if (!read.problems().isEmpty()) {
            throw new AbortException(String.join("\n", read.problems().stream().map(Object::toString).toList()));
        }
        return read.spec();
    }

    private static void refuse(List<String> problems) throws AbortException {
        if (!problems.isEmpty()) {
            throw new AbortException(String.join("\n", problems));
        }
    }

    /** The run has left the queue and begins. */
    void started(PipelineRun run) {
        number = run.getNumber();
        try {
            getContext().get(TaskListener.class).getLogger().println(
                    "Kubeflow run " + link(run) + " has started");
            ChildRuns.add(getContext().get(Run.class), run);
            getContext().saveState();
            if (!request.wait) {
                succeed(RunResults.of(run));
            }
        } catch (IOException | InterruptedException e) {
            LOGGER.log(Level.WARNING, e, () -> "start of " + run);
        }
    }

    private static String link(PipelineRun run) {
        return ModelHyperlinkNote.encodeTo("/" + run.getUrl(), run.getFullDisplayName());
    }

    /** The run is over. */
    void finished(PipelineRun run) {
        try {
            RunResult result = RunResults.of(run);
            getContext().get(TaskListener.class).getLogger().println(
                    "Kubeflow run " + link(run) + " " + result.getState());
            if (!request.propagate || result.getState().equals("SUCCEEDED")) {
                succeed(result);
            } else if (Result.ABORTED.equals(run.getResult())) {
                fail(new FlowInterruptedException(Result.ABORTED, false, new RunEnded(run.getFullDisplayName() + " was cancelled")));
            } else {
                fail(new AbortException(run.getFullDisplayName() + " " + result.getState()
                        + (result.getError() == null ? "" : ": " + result.getError())));
            }
        } catch (IOException | InterruptedException e) {
            fail(e);
        }
    }

    /** The run was taken out of the queue. */
    void dropped() {
        fail(new FlowInterruptedException(Result.ABORTED, false, new RunEnded("the run was taken out of the queue")));
    }

    private void succeed(RunResult result) {
        if (end()) {
            getContext().onSuccess(request.outputsOnly ? result.withArtifacts() : result);
        }
    }

    private void fail(Throwable why) {
        if (end()) {
            getContext().onFailure(why);
        }
    }

    private synchronized boolean end() {
        boolean first = !over;
        over = true;
        StepRuns.get().forget(runId);
        return first;
    }

    @Override
    public void stop(@NonNull Throwable cause) {
        Computer.threadPoolForRemoting.execute(() -> {
            StepRuns.cancel(job, number, runId);
            fail(cause);
        });
    }

    @Override
    public String getStatus() {
        return job == null ? "scheduling a run" : "waiting for run " + runId + " of " + job;
    }
}
