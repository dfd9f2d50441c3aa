package io.jenkins.plugins.kubeflow.command;

import hudson.Extension;
import hudson.cli.CLICommand;
import hudson.model.Action;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Item;
import hudson.model.queue.QueueTaskFuture;
import io.jenkins.plugins.kubeflow.cloud.RunCloud;
import io.jenkins.plugins.kubeflow.experiment.RunPlace;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.PipelineDefinition;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import io.jenkins.plugins.kubeflow.job.RunRequest;
import io.jenkins.plugins.kubeflow.job.RunStarter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jenkins.model.Jenkins;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/** {@code kubeflow-run}: starts a run of a job's pipeline, or of a pipeline that comes on standard input. */
@Extension
public final class KubeflowRunCommand extends CLICommand {
    @Argument(metaVar = "JOB", usage = "Full name of a pipeline job; leave it out to run the pipeline on standard input")
    private String job;

    @Option(name = "-p", metaVar = "NAME=VALUE", usage = "A parameter; the value is read by the input's type")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(name = "--experiment", metaVar = "NAME", usage = "Where a run of standard input is stored; Default unless named")
    private String experiment;

    @Option(name = "--name", usage = "The run's display name")
    private String name;

    @Option(name = "--description", usage = "The run's description")
    private String description;

    @Option(name = "--version", usage = "A version of the job's registered pipeline")
    private String version;

    @Option(name = "--cloud", usage = "The Kubernetes cloud; local-processes for none")
    private String cloud;

    @Option(name = "--no-cache", usage = "Carry out every task, whatever is remembered")
    private boolean noCache;

    @Option(name = "-s", usage = "Wait for the end; the exit status is 0 (succeeded), 1 (failed) or 130 (cancelled)")
    private boolean wait;

    @Option(name = "-v", usage = "With -s: print the run's log")
    private boolean log;

    private final RunRequest request = new RunRequest();

    @Override
    public String getShortDescription() {
        return "Starts a run of a Kubeflow pipeline.";
    }

    @Override
    protected int run() throws Exception {
        QueueTaskFuture<PipelineRun> scheduled = job == null ? ofStandardInput() : ofJob();
        PipelineRun run = scheduled.waitForStart();
        RunOutcome.announce(request.getRunId(), run, stdout);
        if (!wait) {
            return 0;
        }
        if (log) {
            RunOutcome.follow(run, () -> ended(scheduled), stdout);
        }
        return RunOutcome.tell(scheduled.get(), this);
    }

    /** Waits for a moment. */
    private static boolean ended(QueueTaskFuture<PipelineRun> run) {
        try {
            run.get(500, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException | CancellationException e) {
            return true; // whoever asks for the result hears of it
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private QueueTaskFuture<PipelineRun> ofJob() throws IOException {
        KubeflowPipeline target = RunPlace.existing(job, Jenkins.get());
        return RunStarter.start(target, parameters, actions());
    }

    private QueueTaskFuture<PipelineRun> ofStandardInput() throws IOException {
        PipelineDefinition.Source source = new PipelineDefinition.Source("pipeline", stdin.readAllBytes());
        String pipeline = RunStarter.read(source).name();
        KubeflowPipeline target = RunPlace.ofExperiment(experiment, pipeline, Jenkins.get());
        target.checkPermission(Item.BUILD);
        return RunStarter.start(target, source, parameters, actions());
    }

    private List<Action> actions() {
        List<Action> actions = new ArrayList<>();
        actions.add(new CauseAction(new Cause.UserIdCause()));
        actions.add(request.name(name).description(description).version(version).cache(!noCache));
        if (cloud != null) {
            actions.add(new RunCloud(cloud));
        }
        return actions;
    }
}
