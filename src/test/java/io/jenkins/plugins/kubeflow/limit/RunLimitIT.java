package io.jenkins.plugins.kubeflow.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Queue;
import hudson.model.queue.QueueTaskFuture;
import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration;
import io.jenkins.plugins.kubeflow.experiment.Experiment;
import io.jenkins.plugins.kubeflow.job.ActiveRuns;
import io.jenkins.plugins.kubeflow.job.InlineDefinition;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is beyond a limit waits in the queue, says why, and goes on as soon as it may. */
@WithJenkins
class RunLimitIT {
    private static final String SLEEPS =
            "name: sleeps\nimplementation:\n  container:\n    image: busybox\n    command: [sh, -c, 'sleep 600']\n";
    private static final String QUICK =
            "name: quick\nimplementation:\n  container:\n    image: busybox\n    command: [sh, -c, 'sleep 0.2']\n";

    private JenkinsRule r;
    private Experiment experiment;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        r = rule;
        KubeflowConfiguration.get().setLocalProcesses(true);
        experiment = r.jenkins.createProject(Experiment.class, "nightly");
    }

    private KubeflowPipeline job(String name, String text) throws Exception {
        KubeflowPipeline job = experiment.createProject(KubeflowPipeline.class, name);
        job.setDefinition(new InlineDefinition(text));
        job.save();
        return job;
    }

    private static PipelineRun started(KubeflowPipeline job) throws Exception {
        return job.scheduleBuild2(0).waitForStart();
    }

    private static String waitsWhy(KubeflowPipeline job) {
        Queue.Item item = job.getQueueItem();
        return item == null ? "" : String.valueOf(item.getWhy());
    }

    private void endsAndTheNextGoesOn(PipelineRun first, KubeflowPipeline job, String why) throws Exception {
        QueueTaskFuture<PipelineRun> second = job.scheduleBuild2(0);
        await().until(() -> waitsWhy(job), text -> text.contains(why));
        first.doStop();
        PipelineRun next = second.waitForStart();
        assertThat(first.isBuilding()).isFalse();
        next.doStop();
        r.waitForCompletion(next);
    }

    @Test
    void aJobsRunsWaitForItsLimit() throws Exception {
        KubeflowPipeline job = job("sleeps", SLEEPS);
        job.addProperty(new RunLimitJobProperty(1));
        endsAndTheNextGoesOn(started(job), job, "1 of at most 1 runs of this job");
    }

    @Test
    void aFoldersJobsWaitForEachOther() throws Exception {
        KubeflowPipeline job = job("sleeps", SLEEPS);
        KubeflowPipeline other = job("other", SLEEPS);
        experiment.addProperty(new RunLimitFolderProperty(1));
        endsAndTheNextGoesOn(started(job), other, "1 of at most 1 runs below ‘nightly’");
    }

    @Test
    void aLimitOfAllHoldsForOtherFoldersToo() throws Exception {
        KubeflowPipeline job = job("sleeps", SLEEPS);
        KubeflowPipeline outside = r.jenkins.createProject(KubeflowPipeline.class, "outside");
        outside.setDefinition(new InlineDefinition(SLEEPS));
        KubeflowConfiguration.get().setRunsAtOnce(1);
        endsAndTheNextGoesOn(started(job), outside, "1 of at most 1 pipeline runs");
    }

    @Test
    void whatComesAtOnceKeepsToTheLimit() throws Exception {
        KubeflowPipeline job = job("quick", QUICK);
        job.addProperty(new RunLimitJobProperty(2));
        List<QueueTaskFuture<PipelineRun>> asked = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            asked.add(job.scheduleBuild2(0));
        }
        long most = 0;
        while (!asked.get(11).isDone()) {
            most = Math.max(most, ActiveRuns.count(name -> true));
            Thread.sleep(5);
        }
        assertThat(most).isEqualTo(2);
        for (QueueTaskFuture<PipelineRun> run : asked) {
            r.assertBuildStatusSuccess(run);
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> ActiveRuns.count(name -> true) == 0);
    }

    @Test
    void formsKeepTheLimits() throws Exception {
        KubeflowPipeline job = job("quick", QUICK);
        job.addProperty(new RunLimitJobProperty(3));
        experiment.addProperty(new RunLimitFolderProperty(5));
        KubeflowConfiguration.get().setRunsAtOnce(7);
        r.configRoundtrip(job);
        r.configRoundtrip(experiment);
        r.configRoundtrip();
        assertThat(job.getProperty(RunLimitJobProperty.class).getRuns()).isEqualTo(3);
        assertThat(experiment.getProperties().get(RunLimitFolderProperty.class).getRuns()).isEqualTo(5);
        assertThat(KubeflowConfiguration.get().getRunsAtOnce()).isEqualTo(7);
    }
}
