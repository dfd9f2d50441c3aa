package io.jenkins.plugins.kubeflow.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Result;
import hudson.tasks.LogRotator;
import hudson.search.SearchItem;
import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration;
import io.jenkins.plugins.kubeflow.job.InlineDefinition;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import io.jenkins.plugins.kubeflow.job.RunRequest;
import io.jenkins.plugins.kubeflow.recurring.IntervalRecurrence;
import io.jenkins.plugins.kubeflow.recurring.RecurringRun;
import io.jenkins.plugins.kubeflow.recurring.RecurringRuns;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ExperimentIT {
    private JenkinsRule r;
    private Experiment experiment;

    @BeforeEach
    void anExperiment(JenkinsRule rule) throws Exception {
        r = rule;
        KubeflowConfiguration.get().setLocalProcesses(true);
        experiment = r.jenkins.createProject(Experiment.class, "vision");
    }

    private KubeflowPipeline job(String name, int exitCode) throws Exception {
        KubeflowPipeline job = experiment.createProject(KubeflowPipeline.class, name);
        job.setDefinition(new InlineDefinition("name: " + name
                + "\ninputs:\n- {name: lr, type: Float, default: '0.1'}\nimplementation:\n  container:\n    image: busybox\n    command: [sh, -c, 'exit " + exitCode
                + "', '{inputValue: lr}']\n"));
        job.save();
        return job;
    }

    private List<String> listed() throws Exception {
        return experiment.runs().find(RunQuery.NEWEST).rows().stream()
                .map(row -> row.job() + "#" + row.number() + " " + row.state()).sorted().toList();
    }

    @Test
    void theTableShowsAllRunsOfTheFolder() throws Exception {
        PipelineRun good = r.buildAndAssertStatus(Result.SUCCESS, job("good", 0));
        PipelineRun bad = r.buildAndAssertStatus(Result.FAILURE, job("bad", 3));
        r.assertLogContains("exit code 3", bad);
        assertThat(listed()).containsExactly("bad#1 FAILED", "good#1 SUCCEEDED");
        RunRow row = experiment.runs().get(good.getRunId());
        assertThat(row.parameters()).containsEntry("lr", "0.1");
        assertThat(row.pipeline()).isEqualTo("good");
        try (JenkinsRule.WebClient web = r.createWebClient()) {
            HtmlPage page = web.getPage(experiment, "?column=parameter%3Alr");
            assertThat(page.asNormalizedText()).contains("good #1", "bad #1", "0.1", "1–2 of 2");
            assertThat(web.getPage(experiment, "?state=FAILED").asNormalizedText()).contains("1–1 of 1");
            assertThat(web.getPage(experiment, "?text=lr%3D7").asNormalizedText()).contains("No run is like that");
            web.assertFails(experiment.getUrl() + "nothing", 404);
        }
        good.setDisplayName("the one");
        assertThat(experiment.runs().get(good.getRunId()).name()).isEqualTo("the one");
    }

    @Test
    void namesAreShownAsText() throws Exception {
        PipelineRun run = r.buildAndAssertStatus(Result.SUCCESS, job("good", 0));
        run.setDisplayName("<script>alert(1)</script>");
        RunTags.add(run, "<b>x");
        try (JenkinsRule.WebClient web = r.createWebClient()) {
            HtmlPage page = web.getPage(experiment);
            assertThat(page.asNormalizedText()).contains("<script>alert(1)</script>", "<b>x");
            assertThat(page.getWebResponse().getContentAsString()).doesNotContain("<script>alert(1)", "<b>x");
        }
    }

    @Test
    void deletingRunsAndJobsTakesThemOutOfTheTable() throws Exception {
        KubeflowPipeline job = job("good", 0);
        r.buildAndAssertSuccess(job);
        PipelineRun second = r.buildAndAssertStatus(Result.SUCCESS, job);
        r.buildAndAssertStatus(Result.SUCCESS, job("other", 0));
        second.delete();
        assertThat(listed()).containsExactly("good#1 SUCCEEDED", "other#1 SUCCEEDED");
        job.delete();
        assertThat(listed()).containsExactly("other#1 SUCCEEDED");
    }

    @Test
    void theBuildDiscarderTakesTheDataAndTheRowsOfOldRuns() throws Exception {
        KubeflowPipeline job = job("often", 0);
        PipelineRun first = r.buildAndAssertSuccess(job);
        r.buildAndAssertSuccess(job);
        assertThat(first.directory().path()).isDirectory();
        job.setBuildDiscarder(new LogRotator(-1, 1, -1, -1));
        job.logRotate();
        assertThat(listed()).containsExactly("often#2 SUCCEEDED");
        assertThat(first.getRootDir()).doesNotExist();
    }

    @Test
    void aRunThatIsDeletedWhileItRunsLeavesNoRow() throws Exception {
        KubeflowPipeline job = experiment.createProject(KubeflowPipeline.class, "long");
        job.setDefinition(new InlineDefinition("name: long\nimplementation:\n  container:\n    image: busybox\n    command: [sh, -c, 'sleep 600']\n"));
        PipelineRun run = job.scheduleBuild2(0).waitForStart();
        r.waitForMessage("RUNNING", run);
        run.delete();
        r.waitUntilNoActivity();
        assertThat(listed()).isEmpty();
        assertThat(run.getRootDir()).doesNotExist();
    }

    @Test
    void archivingHoldsSchedulesAndRestoringLetsThemGoOn() throws Exception {
        KubeflowPipeline job = job("good", 0);
        RecurringRuns.put(job, new RecurringRun("often", new IntervalRecurrence("1d")));
        String times = "job/vision/job/good/recurring-runs/api/json";
        assertThat(r.getJSON(times).getContentAsString()).contains("\"nextTimes\":[\"");
        experiment.setArchived(true);
        assertThat(r.getJSON(times).getContentAsString()).contains("\"nextTimes\":[]");
        experiment.setArchived(false);
        assertThat(r.getJSON(times).getContentAsString()).contains("\"nextTimes\":[\"");
    }

    @Test
    void renamesAndMovesTakeTheRowsAlong() throws Exception {
        KubeflowPipeline job = job("good", 0);
        r.buildAndAssertStatus(Result.SUCCESS, job);
        job.renameTo("better");
        assertThat(listed()).containsExactly("better#1 SUCCEEDED");
        experiment.renameTo("sight");
        assertThat(listed()).containsExactly("better#1 SUCCEEDED");
        Experiment other = r.jenkins.createProject(Experiment.class, "other");
        hudson.model.Items.move(job, other);
        assertThat(listed()).isEmpty();
        assertThat(other.runs().find(RunQuery.NEWEST).rows()).extracting(RunRow::runId).containsExactly(job.getLastBuild().getRunId());
        KubeflowPipeline outside = r.jenkins.createProject(KubeflowPipeline.class, "outside");
        outside.setDefinition(job.getDefinition());
        r.buildAndAssertStatus(Result.SUCCESS, outside);
        hudson.model.Items.move(outside, experiment);
        assertThat(listed()).containsExactly("outside#1 SUCCEEDED");
    }

    @Test
    void aLostIndexIsMadeAnewFromTheBuilds() throws Exception {
        PipelineRun run = r.buildAndAssertStatus(Result.SUCCESS, job("good", 0));
        RunTags.add(run, "kept");
        RunRow before = experiment.runs().get(run.getRunId());
        experiment.runs().rebuild();
        assertThat(experiment.runs().get(run.getRunId())).isEqualTo(before);
        assertThat(before.tags()).containsExactly("kept");
    }

    @Test
    void anArchivedExperimentStartsNothing() throws Exception {
        KubeflowPipeline job = job("good", 0);
        r.buildAndAssertStatus(Result.SUCCESS, job);
        try (JenkinsRule.WebClient web = r.createWebClient()) {
            assertThat(post(web, "archive")).isEqualTo(200);
            assertThat(experiment.isArchived()).isTrue();
            assertThat(job.isBuildable()).isFalse();
            assertThat(web.getPage(experiment).asNormalizedText()).contains("This experiment is archived", "good #1");
            r.jenkins.reload();
            experiment = r.jenkins.getItemByFullName("vision", Experiment.class);
            assertThat(experiment.isArchived()).isTrue();
            assertThat(listed()).containsExactly("good#1 SUCCEEDED");
            assertThat(post(web, "restore")).isEqualTo(200);
            assertThat(r.jenkins.getItemByFullName("vision/good", KubeflowPipeline.class).isBuildable()).isTrue();
        }
    }

    @Test
    void chosenRunsAreTaggedAndPutAway() throws Exception {
        KubeflowPipeline job = job("good", 0);
        PipelineRun first = r.buildAndAssertStatus(Result.SUCCESS, job);
        PipelineRun second = r.buildAndAssertStatus(Result.SUCCESS, job);
        try (JenkinsRule.WebClient web = r.createWebClient()) {
            assertThat(post(web, "selection/change", "action", "tag", "tag", "best", "run", first.getRunId())).isEqualTo(200);
            assertThat(web.getPage(experiment, "?tag=best").asNormalizedText()).contains("1–1 of 1", "good #1");
            assertThat(post(web, "selection/change", "action", "archive", "run", second.getRunId())).isEqualTo(200);
            assertThat(listed()).containsExactly("good#1 SUCCEEDED");
            assertThat(web.getPage(experiment, "?archived=on").asNormalizedText()).contains("good #2");
            assertThat(post(web, "selection/change", "action", "tag", "tag", " ", "run", first.getRunId())).isEqualTo(400);
            assertThat(post(web, "selection/change", "action", "tag", "tag", "x", "run", "nobody")).isEqualTo(404);
            assertThat(post(web, "selection/change", "action", "explode", "run", first.getRunId())).isEqualTo(400);
        }
        r.jenkins.reload();
        experiment = r.jenkins.getItemByFullName("vision", Experiment.class);
        assertThat(experiment.runs().get(first.getRunId()).tags()).containsExactly("best");
    }

    @Test
    void onlyPipelinesGoInside() throws Exception {
        assertThat(experiment.isAllowedChildDescriptor(r.jenkins.getDescriptorByType(KubeflowPipeline.DescriptorImpl.class))).isTrue();
        assertThat(experiment.isAllowedChildDescriptor(r.jenkins.getDescriptorByType(FreeStyleProject.DescriptorImpl.class))).isFalse();
        assertThat(Experiment.getOrCreateDefault()).isSameAs(Experiment.getOrCreateDefault()).isSameAs(r.jenkins.getItem("Default"));
    }

    @Test
    void runsAreFoundByIdAndByName() throws Exception {
        PipelineRun run = r.buildAndAssertStatus(Result.SUCCESS, job("good", 0));
        run.setDisplayName("champion");
        for (String token : List.of(run.getRunId(), "champion")) {
            List<SearchItem> found = new ArrayList<>();
            new RunSearch(experiment).find(token, found);
            assertThat(found).extracting(SearchItem::getSearchUrl).containsExactly("/job/vision/job/good/1/");
        }
    }

    @Test
    void jenkinsOwnSearchFindsRunsOfAllExperiments() throws Exception {
        PipelineRun run = r.assertBuildStatusSuccess(job("good", 0).scheduleBuild2(0, new RunRequest().name("an odd name")));
        try (JenkinsRule.WebClient web = r.createWebClient().withJavaScriptEnabled(false)) {
            HtmlPage page = web.goTo("search/?q=" + run.getRunId());
            assertThat(page.getUrl().getPath()).endsWith("/job/vision/job/good/1/");
            assertThat(web.goTo("search/suggest?query=odd", "application/json").getWebResponse().getContentAsString())
                    .contains("an odd name", "/job/vision/job/good/1/");
        }
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy().grant(Jenkins.READ).everywhere().toEveryone());
        try (JenkinsRule.WebClient web = r.createWebClient().withJavaScriptEnabled(false).withBasicCredentials("somebody")) {
            assertThat(web.goTo("search/suggest?query=odd", "application/json").getWebResponse().getContentAsString()).doesNotContain("odd name");
        }
    }

    @Test
    void scriptsListRuns() throws Exception {
        PipelineRun run = r.buildAndAssertStatus(Result.SUCCESS, job("good", 0));
        r.buildAndAssertStatus(Result.FAILURE, job("bad", 3));
        JSONObject json = r.getJSON("job/vision/runs/api/json?state=SUCCEEDED").getJSONObject();
        assertThat(json.getInt("total")).isEqualTo(1);
        JSONObject row = json.getJSONArray("runs").getJSONObject(0);
        assertThat(row.getString("runId")).isEqualTo(run.getRunId());
        assertThat(row.getString("job")).isEqualTo("vision/good");
        assertThat(row.getString("url")).isEqualTo("job/vision/job/good/1/");
        assertThat(row.getString("state")).isEqualTo("SUCCEEDED");
    }

    @Test
    void whoMayWhat() throws Exception {
        PipelineRun run = r.buildAndAssertStatus(Result.SUCCESS, job("good", 0));
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER).everywhere().to("admin")
                .grant(Jenkins.READ).everywhere().toEveryone()
                .grant(Item.READ).onItems(experiment).to("folder")
                .grant(Item.READ).everywhere().to("reader"));
        try (JenkinsRule.WebClient web = r.createWebClient()) {
            web.getOptions().setThrowExceptionOnFailingStatusCode(false);
            for (String path : List.of("archive", "restore", "rebuildRuns", "selection/change")) {
                assertThat(web.goTo(experiment.getUrl() + path, null).getWebResponse().getStatusCode()).as("GET %s by nobody", path).isEqualTo(404);
            }
            web.login("reader");
            for (String path : List.of("archive", "restore", "rebuildRuns")) {
                assertThat(post(web, path)).as(path).isEqualTo(403);
                assertThat(web.goTo(experiment.getUrl() + path, null).getWebResponse().getStatusCode()).as("GET %s", path).isEqualTo(405);
            }
            assertThat(post(web, "selection/change", "action", "tag", "tag", "x", "run", run.getRunId())).isEqualTo(403);
            assertThat(experiment.isArchived()).isFalse();
            assertThat(RunTags.of(run).getTags()).isEmpty();
            assertThat(web.getPage(experiment).asNormalizedText()).contains("good #1").doesNotContain("Rebuild");
            web.login("folder");
            assertThat(web.getPage(experiment).asNormalizedText()).doesNotContain("good #1");
            web.login("admin");
            assertThat(post(web, "rebuildRuns")).isEqualTo(200);
        }
    }

    private int post(JenkinsRule.WebClient web, String path, String... parameters) throws Exception {
        web.getOptions().setThrowExceptionOnFailingStatusCode(false);
        WebRequest request = new WebRequest(new URL(r.getURL() + experiment.getUrl() + path), HttpMethod.POST);
        List<NameValuePair> values = new ArrayList<>();
        for (int i = 0; i < parameters.length; i += 2) {
            values.add(new NameValuePair(parameters[i], parameters[i + 1]));
        }
        request.setRequestParameters(values);
        web.addCrumb(request);
        return web.getPage(request).getWebResponse().getStatusCode();
    }
}
