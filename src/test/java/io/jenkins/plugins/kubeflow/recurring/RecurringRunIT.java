package io.jenkins.plugins.kubeflow.recurring;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.ParametersAction;
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
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Recurring runs of a job by a clock that the test sets. Quiet-down keeps what has fired in the queue. */
@WithJenkins
class RecurringRunIT {
    private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");

    private JenkinsRule r;
    private RecurringRunClock clock;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        r = rule;
        KubeflowConfiguration.get().setLocalProcesses(true);
        clock = RecurringRunClock.get();
        clock.stop();
        set(NINE);
    }

    private void set(Instant now) {
        clock.setClock(Clock.fixed(now, ZoneOffset.UTC));
    }

    private void tick(Instant now) {
        set(now);
        clock.tick();
    }

    private KubeflowPipeline job() throws Exception {
        KubeflowPipeline job = r.jenkins.createProject(KubeflowPipeline.class, "train");
        job.setDefinition(new InlineDefinition(Files.readString(Path.of("src/test/pipelines/containers.yaml"))));
        job.save();
        return job;
    }

    private static RecurringRun hourly() {
        RecurringRun run = new RecurringRun("hourly", new CronRecurrence("0 0 * * * *"));
        run.setTimeZone("UTC");
        return run;
    }

    private List<Instant> queued() {
        return Arrays.stream(Queue.getInstance().getItems())
                .map(item -> item.getAction(RunRequest.class).scheduled())
                .sorted()
                .toList();
    }

    @Test
    void aSlotFiresOnceWithItsTimeItsCauseAndItsParameters() throws Exception {
        KubeflowPipeline job = job();
        RecurringRun hourly = hourly();
        hourly.setParameters(List.of(new RecurringParameter("text", "at [[ScheduledTime.15:04]], number [[Index]]")));
        RecurringRuns.put(job, hourly);
        clock.tick();
        assertThat(Queue.getInstance().isEmpty()).isTrue();
        tick(NINE.plusSeconds(3600));
        clock.tick();
        r.waitUntilNoActivity();
        assertThat(job.getBuilds()).hasSize(1);
        PipelineRun run = job.getLastBuild();
        assertThat(run.getCause(RecurringRunCause.class).getShortDescription())
                .isEqualTo("Recurring run ‘hourly’, number 1, scheduled for 2026-03-02T10:00:00Z");
        assertThat(Files.readString(run.directory().result())).contains("at 10:00, number 1");
        assertThat(run.record().scheduled()).isEqualTo(NINE.plusSeconds(3600));
        assertThat(run.getAction(ParametersAction.class).getParameters()).hasSize(1);
    }

    @Test
    void missedSlotsRunWithCatchUpAndAreNotFolded() throws Exception {
        KubeflowPipeline job = job();
        RecurringRuns.put(job, hourly());
        r.jenkins.doQuietDown(false, 0, null);
        tick(NINE.plusSeconds(3 * 3600 + 60));
        assertThat(queued()).containsExactly(NINE.plusSeconds(3600), NINE.plusSeconds(7200), NINE.plusSeconds(10800));
    }

    @Test
    void withoutCatchUpOneRunStandsForAll() throws Exception {
        KubeflowPipeline job = job();
        RecurringRun hourly = hourly();
        hourly.setCatchUp(false);
        RecurringRuns.put(job, hourly);
        r.jenkins.doQuietDown(false, 0, null);
        tick(NINE.plusSeconds(3 * 3600 + 60));
        assertThat(queued()).containsExactly(NINE.plusSeconds(10800));
    }

    @Test
    void noMoreRunsThanAllowedAndTheRestWhenThereIsRoom() throws Exception {
        KubeflowPipeline job = job();
        RecurringRun hourly = hourly();
        hourly.setMaxConcurrency(1);
        RecurringRuns.put(job, hourly);
        r.jenkins.doQuietDown(false, 0, null);
        tick(NINE.plusSeconds(3 * 3600 + 60));
        assertThat(queued()).containsExactly(NINE.plusSeconds(3600));
        clock.tick();
        assertThat(queued()).hasSize(1);
        Queue.getInstance().cancel(job);
        clock.tick();
        assertThat(queued()).containsExactly(NINE.plusSeconds(7200));
    }

    @Test
    void whatPassedWhileSwitchedOffIsNotMadeUpFor() throws Exception {
        KubeflowPipeline job = job();
        RecurringRuns.put(job, hourly());
        String id = RecurringRuns.of(job).get(0).getId();
        r.jenkins.doQuietDown(false, 0, null);
        RecurringRuns.enable(job, id, false);
        tick(NINE.plusSeconds(7260));
        assertThat(queued()).isEmpty();
        RecurringRuns.enable(job, id, true);
        clock.tick();
        assertThat(queued()).isEmpty();
        tick(NINE.plusSeconds(10800));
        assertThat(queued()).containsExactly(NINE.plusSeconds(10800));
        job.makeDisabled(true);
        tick(NINE.plusSeconds(2 * 10800));
        job.makeDisabled(false);
        clock.tick();
        assertThat(queued()).as("disabling takes runs out of the queue, and nothing is made up for").isEmpty();
    }

    @Test
    void deletedRenamedAndCopiedJobsDoWhatOneExpects() throws Exception {
        KubeflowPipeline job = job();
        RecurringRuns.put(job, hourly());
        String id = RecurringRuns.of(job).get(0).getId();
        r.jenkins.doQuietDown(false, 0, null);
        KubeflowPipeline copy = r.jenkins.copy(job, "copy");
        assertThat(RecurringRuns.of(copy)).hasSize(1).allSatisfy(run -> assertThat(run.getId()).isNotEqualTo(id));
        job.renameTo("renamed");
        assertThat(RecurringRuns.of(job).get(0).getId()).isEqualTo(id);
        tick(NINE.plusSeconds(3600));
        assertThat(queued()).as("a copy waits until somebody has saved it").containsExactly(NINE.plusSeconds(3600));
        job.delete();
        tick(NINE.plusSeconds(7200));
        assertThat(queued()).isEmpty();
    }

    @Test
    void aScriptThatWritesTheJobAnewKeepsTheRecurringRunOfThatName() throws Exception {
        KubeflowPipeline job = job();
        RecurringRuns.put(job, hourly());
        String id = RecurringRuns.of(job).get(0).getId();
        String xml = job.getConfigFile().asString().replaceAll("<id>[^<]*</id>", "");
        job.updateByXml(new javax.xml.transform.stream.StreamSource(new java.io.StringReader(xml)));
        assertThat(RecurringRuns.of(job).get(0).getId()).isEqualTo(id);
    }

    @Test
    void scriptsListRecurringRuns() throws Exception {
        KubeflowPipeline job = job();
        RecurringRuns.put(job, hourly());
        var json = r.getJSON("job/train/recurring-runs/api/json").getJSONObject().getJSONArray("recurringRuns").getJSONObject(0);
        assertThat(json.getString("name")).isEqualTo("hourly");
        assertThat(json.getString("schedule")).isEqualTo("cron 0 0 * * * *");
        assertThat(json.getJSONArray("nextTimes").toString()).contains("2026-03-02 10:00:00", "2026-03-02 14:00:00");
    }

    @Test
    void theJobsFormRefusesWhatCouldNeverFire() throws Exception {
        KubeflowPipeline job = job();
        RecurringRuns.put(job, hourly());
        job.setDescription("as it was");
        try (JenkinsRule.WebClient web = r.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            HtmlForm form = web.<HtmlPage>getPage(job, "configure").getFormByName("config");
            form.getInputByName("_.cron").setValue("every morning");
            form.getTextAreaByName("description").setText("changed");
            assertThat(r.submit(form).getWebResponse().getContentAsString()).contains("recurring run ‘hourly’", "cron");
        }
        assertThat(RecurringRuns.of(job).get(0).getSchedule().getText()).isEqualTo("cron 0 0 * * * *");
        assertThat(r.jenkins.getItemByFullName("train", KubeflowPipeline.class).getConfigFile().asString()).contains("as it was");
    }

    @Test
    void everythingOnTheFormComesBack() throws Exception {
        KubeflowPipeline job = job();
        RecurringRun run = hourly();
        run.setDescription("each hour");
        run.setStart("2026-01-01 08:00");
        run.setEnd("2030-01-01");
        run.setMaxConcurrency(3);
        run.setCatchUp(false);
        run.setCache(false);
        run.setVersion("v7");
        run.setParameters(List.of(new RecurringParameter("text", "x")));
        RecurringRuns.put(job, run);
        RecurringRun off = new RecurringRun("off", new JenkinsCronRecurrence("H H * * *"));
        off.setEnabled(false);
        RecurringRuns.put(job, off);
        job.setDescription("trains");
        String before = job.getConfigFile().asString();
        r.configRoundtrip(job);
        assertThat(job.getConfigFile().asString()).isEqualTo(before);
    }

    @Test
    void runNowTakesTheNextNumberAndLeavesTheScheduleAlone() throws Exception {
        KubeflowPipeline job = job();
        RecurringRuns.put(job, hourly());
        RecurringRun run = RecurringRuns.of(job).get(0);
        clock.runNow(job, run.getId(), null);
        r.waitUntilNoActivity();
        assertThat(job.getLastBuild().request().getIndex()).isEqualTo(1);
        r.jenkins.doQuietDown(false, 0, null);
        tick(NINE.plusSeconds(3600));
        assertThat(queued()).containsExactly(NINE.plusSeconds(3600));
    }
}
