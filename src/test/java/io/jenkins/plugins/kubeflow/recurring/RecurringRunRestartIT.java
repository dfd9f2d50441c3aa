package io.jenkins.plugins.kubeflow.recurring;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Queue;
import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration;
import io.jenkins.plugins.kubeflow.job.InlineDefinition;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import io.jenkins.plugins.kubeflow.job.RunRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What has fired stays fired over a restart, and what had been decided but never began is queued again under its id. */
class RecurringRunRestartIT {
    private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private static RecurringRunClock at(Instant now) {
        RecurringRunClock clock = RecurringRunClock.get();
        clock.stop();
        clock.setClock(Clock.fixed(now, ZoneOffset.UTC));
        return clock;
    }

    private static void fire(JenkinsRule r) throws Exception {
        KubeflowConfiguration.get().setLocalProcesses(true);
        RecurringRunClock clock = at(NINE);
        KubeflowPipeline job = r.jenkins.createProject(KubeflowPipeline.class, "train");
        job.setDefinition(new InlineDefinition(Files.readString(Path.of("src/test/pipelines/containers.yaml"))));
        RecurringRun hourly = new RecurringRun("hourly", new CronRecurrence("0 0 * * * *"));
        hourly.setTimeZone("UTC");
        hourly.setEnd("2026-03-02 11:30");
        RecurringRuns.put(job, hourly);
        r.jenkins.doQuietDown(false, 0, null);
        at(NINE.plusSeconds(2 * 3600));
        clock.tick();
    }

    private static List<String> queued() {
        return Arrays.stream(Queue.getInstance().getItems())
                .map(item -> item.getAction(RunRequest.class).getRunId())
                .sorted()
                .toList();
    }

    @Test
    void theQueueOfAnOrderlyStopIsNotDoubled() throws Throwable {
        sessions.then(r -> {
            fire(r);
            assertThat(queued()).hasSize(2);
        });
        sessions.then(r -> {
            r.waitUntilNoActivity();
            KubeflowPipeline job = r.jenkins.getItemByFullName("train", KubeflowPipeline.class);
            assertThat(job.getBuilds()).extracting(run -> run.request().scheduled())
                    .containsExactlyInAnyOrder(NINE.plusSeconds(3600), NINE.plusSeconds(7200));
        });
    }

    @Test
    void aQueueThatACrashLostIsMadeAgainWithTheSameIds() throws Throwable {
        String[] ids = new String[2];
        sessions.then(r -> {
            fire(r);
            queued().toArray(ids);
            // what a kill leaves behind: the decision is on disk, the queue is not
            Path records = RecurringRecords.file(
                    r.jenkins.getItemByFullName("train", KubeflowPipeline.class).getRootDir().toPath());
            Files.copy(records, records.resolveSibling("kept"));
            Queue.getInstance().clear();
        });
        sessions.then(r -> {
            KubeflowPipeline job = r.jenkins.getItemByFullName("train", KubeflowPipeline.class);
            assertThat(job.getLastBuild()).isNull();
            Path records = RecurringRecords.file(job.getRootDir().toPath());
            Files.delete(records);
            Files.move(records.resolveSibling("kept"), records);
        });
        sessions.then(r -> {
            r.waitUntilNoActivity();
            KubeflowPipeline job = r.jenkins.getItemByFullName("train", KubeflowPipeline.class);
            assertThat(job.getBuilds()).extracting(PipelineRun::getRunId).containsExactlyInAnyOrder(ids);
            assertThat(job.getBuilds()).extracting(run -> run.request().getIndex()).containsExactlyInAnyOrder(1L, 2L);
        });
    }
}
