package io.jenkins.plugins.kubeflow.recurring;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.ParametersAction;
import hudson.model.Queue;
import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration;
import io.jenkins.plugins.kubeflow.experiment.Experiment;
import io.jenkins.plugins.kubeflow.job.InlineDefinition;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import io.jenkins.plugins.kubeflow.job.Posts;
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

    private String refusal(KubeflowPipeline job, String change) throws Exception {
        var form = net.sf.json.JSONObject.fromObject("{'name': 'daily', 'schedule': {'$class': '" + CronRecurrence.class.getName()
                + "', 'cron': '0 0 9 * * *'}, 'enabled': true, 'maxConcurrency': '10'}");
        form.putAll(net.sf.json.JSONObject.fromObject(change));
        var answer = Posts.json(r, job.getUrl() + "recurring-runs/add", form.toString());
        return answer.getStatusCode() == 200 ? "taken" : answer.getContentAsString();
    }

    @Test
    void theFormRefusesWhatCannotWork() throws Exception {
        KubeflowPipeline job = job();
        String interval = "{'schedule': {'$class': '" + IntervalRecurrence.class.getName() + "', 'interval': '%s'}}";
        assertThat(refusal(job, "{'schedule': {'$class': '" + CronRecurrence.class.getName() + "', 'cron': '0 0 0 31 2 *'}}")).contains("never comes");
        assertThat(refusal(job, "{'schedule': {'$class': '" + JenkinsCronRecurrence.class.getName() + "', 'spec': '0 0 31 2 *'}}"))
                .doesNotContain("taken");
        assertThat(refusal(job, "{'end': '2026-03-01'}")).contains("has passed");
        assertThat(refusal(job, "{'version': 'v1'}")).contains("has no versions");
        assertThat(refusal(job, "{'maxConcurrency': '99'}")).contains("from 1 to 10");
        assertThat(refusal(job, "{'maxConcurrency': 'abc'}")).contains("from 1 to 10");
        assertThat(refusal(job, interval.formatted("99999999999w"))).contains("longer than ten years");
        assertThat(refusal(job, interval.formatted("10 20"))).contains("write it like");
        assertThat(refusal(job, "{'parameters': {'name': 'txt', 'value': 'x'}}")).contains("‘txt’ is not an input");
        job.setDefinition(new InlineDefinition(Files.readString(Path.of("src/test/pipelines/flaky.yaml"))));
        assertThat(refusal(job, "{}")).contains("‘flag’ is required and has no value");
        job.setDefinition(new InlineDefinition("root: 7"));
        assertThat(refusal(job, "{}")).contains("schemaVersion");
        assertThat(RecurringRuns.of(job)).isEmpty();
        job.setDefinition(new InlineDefinition(Files.readString(Path.of("src/test/pipelines/containers.yaml"))));
        assertThat(refusal(job, interval.formatted("1h 30m"))).isEqualTo("taken");
        assertThat(refusal(job, interval.formatted("90"))).isEqualTo("taken");
    }

    @Test
    void aRecurringRunThatIsOverDoesNotKeepTheJobFromBeingSaved() throws Exception {
        KubeflowPipeline job = job();
        RecurringRun over = hourly();
        over.setEnd("2026-03-01");
        RecurringRuns.put(job, over);
        r.configRoundtrip(job);
        assertThat(RecurringRuns.of(job).get(0).getEnd()).isEqualTo("2026-03-01");
        try (JenkinsRule.WebClient web = r.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            HtmlForm form = web.<HtmlPage>getPage(job, "configure").getFormByName("config");
            form.getInputByName("_.end").setValue("2026-02-28");
            assertThat(r.submit(form).getWebResponse().getContentAsString()).contains("has passed");
        }
        assertThat(RecurringRuns.of(job).get(0).getEnd()).isEqualTo("2026-03-01");
    }

    @Test
    void anExperimentListsThoseOfItsJobs() throws Exception {
        Experiment experiment = r.jenkins.createProject(Experiment.class, "nightly");
        for (String name : List.of("a", "b")) {
            KubeflowPipeline job = experiment.createProject(KubeflowPipeline.class, name);
            job.setDefinition(new InlineDefinition(Files.readString(Path.of("src/test/pipelines/containers.yaml"))));
            RecurringRun run = new RecurringRun("hourly " + name, new CronRecurrence("0 0 * * * *"));
            run.setTimeZone("UTC");
            RecurringRuns.put(job, run);
        }
        var json = r.getJSON("job/nightly/recurring-runs/api/json").getJSONObject().getJSONArray("recurringRuns");
        assertThat(json.size()).isEqualTo(2);
        assertThat(json.getJSONObject(1).getString("job")).isEqualTo("nightly/b");
        assertThat(json.getJSONObject(1).getJSONArray("nextTimes").toString()).contains("2026-03-02 10:00:00");
        try (JenkinsRule.WebClient web = r.createWebClient().withJavaScriptEnabled(false)) {
            HtmlPage page = web.getPage(experiment).getAnchorByText("Recurring runs").click();
            assertThat(page.getElementById("recurring-runs").asNormalizedText()).contains("hourly a", "hourly b", "Mon 2026-03-02 10:00:00");
            assertThat(page.getAnchorByText("hourly b").getHrefAttribute()).endsWith("/job/nightly/job/b/recurring-runs/");
        }
    }
}
