package io.jenkins.plugins.kubeflow.job;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration;
import io.jenkins.plugins.kubeflow.recurring.IntervalRecurrence;
import io.jenkins.plugins.kubeflow.recurring.RecurringRun;
import io.jenkins.plugins.kubeflow.recurring.RecurringRuns;
import java.util.List;
import java.util.Map;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlFormUtil;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A form that is refused comes back with what was typed and, beside its field, with what is wrong; corrected, it is taken. */
@WithJenkins
class RefusedFormIT {
    private JenkinsRule r;
    private JenkinsRule.WebClient web;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        r = rule;
        KubeflowConfiguration.get().setLocalProcesses(true);
        web = r.createWebClient().withThrowExceptionOnFailingStatusCode(false);
    }

    private KubeflowPipeline job(String pipeline) throws Exception {
        KubeflowPipeline job = r.jenkins.createProject(KubeflowPipeline.class, pipeline);
        job.setDefinition(new InlineDefinition(PipelineRunIT.pipeline(pipeline)));
        job.save();
        return job;
    }

    private static HtmlPage refused(HtmlPage answer) {
        assertThat(answer.getWebResponse().getStatusCode()).isEqualTo(400);
        assertThat(answer.getElementById("kubeflow-refused")).isNotNull();
        return answer;
    }

    /** What stands beside the field of an input, once the page's own check has come back. */
    private String beside(HtmlPage page, String input) {
        web.waitForBackgroundJavaScript(5000);
        DomElement name = page.getFirstByXPath("//input[@type='hidden' and @name='name' and @value='" + input + "']");
        return ((DomElement) name.getFirstByXPath(
                "ancestor::div[contains(@class, 'jenkins-form-item')][1]//div[contains(@class, 'validation-error-area')]")).asNormalizedText();
    }

    private static void type(HtmlPage page, String form, String input, String text) {
        DomElement field = page.getFormByName(form).getFirstByXPath(
                ".//div[@name='parameter'][input[@name='name' and @value='" + input + "']]//*[@name='value']");
        ((HtmlInput) field).setValue(text);
    }

    @Test
    void aNewRun() throws Exception {
        KubeflowPipeline job = job("values");
        HtmlPage page = web.getPage(job, "new-run/");
        HtmlForm form = page.getFormByName("run");
        type(page, "run", "f", "fast");
        form.getInputByName("name").setValue("of today");
        form.getInputByName("description").setValue("why not");
        HtmlPage again = refused((HtmlPage) HtmlFormUtil.submit(form));
        assertThat(again.getElementById("kubeflow-refused").asNormalizedText()).contains("parameter ‘f’ is NUMBER_DOUBLE, got \"fast\"");
        assertThat(again.getFormByName("run").getInputByName("name").getValue()).isEqualTo("of today");
        assertThat(again.getFormByName("run").getInputByName("description").getValue()).isEqualTo("why not");
        assertThat(job.getLastBuild()).isNull();

        type(again, "run", "f", "0.5");
        HtmlFormUtil.submit(again.getFormByName("run"));
        r.waitUntilNoActivity();
        assertThat(r.assertBuildStatusSuccess(job.getLastBuild()).getDisplayName()).isEqualTo("of today");
    }

    @Test
    void aPlanAndAWrongNumberBesideItsField() throws Exception {
        KubeflowPipeline job = job("values");
        HtmlPage page = web.getPage(job, "new-run/");
        type(page, "run", "f", "fast");
        HtmlForm form = page.getFormByName("run");
        HtmlPage again = refused((HtmlPage) HtmlFormUtil.submit(form, HtmlFormUtil.getButtonByCaption(form, "Plan")));
        assertThat(beside(again, "f")).contains("is NUMBER_DOUBLE, got \"fast\"");
        assertThat(again.<DomElement>getFirstByXPath("//div[@name='parameter'][input[@value='f']]//input[@name='value']").getAttribute("value"))
                .isEqualTo("fast");
        assertThat(again.asNormalizedText()).as("the hint still names the default").contains("default ‘2.5’");
        assertThat(job.getLastBuild()).isNull();
    }

    @Test
    void whatIsRequiredHasToBeTyped() throws Exception {
        KubeflowPipeline job = job("flaky");
        HtmlPage again = refused((HtmlPage) HtmlFormUtil.submit(web.<HtmlPage>getPage(job, "new-run/").getFormByName("run")));
        assertThat(again.getElementById("kubeflow-refused").asNormalizedText()).contains("parameter ‘flag’ is required and has no value");
        assertThat(beside(again, "flag")).contains("is required and has no value");
        HtmlForm build = web.<HtmlPage>getPage(job, "build?delay=0sec").getFormByName("parameters");
        assertThat(((HtmlPage) HtmlFormUtil.submit(build)).asNormalizedText()).contains("parameter ‘flag’ is required and has no value");
        r.waitUntilNoActivity();
        assertThat(job.getLastBuild()).isNull();
    }

    @Test
    void withoutScriptsToo() throws Exception {
        KubeflowPipeline job = job("values");
        web.setJavaScriptEnabled(false);
        HtmlPage again = refused(Posts.page(web, r, job.getUrl() + "new-run/start", "{'parameter': {'name': 'i', 'value': '<b>fast'}}"));
        DomElement error = again.getFirstByXPath("//div[@data-parameter='i']");
        assertThat(error.asNormalizedText()).isEqualTo("is NUMBER_INTEGER, got \"<b>fast\"");
        assertThat(error.getElementsByTagName("b")).isEmpty();
    }

    @Test
    void aRetryAndTheCheckGoesByThePipelineOfTheRun() throws Exception {
        KubeflowPipeline job = job("flaky");
        PipelineDefinition.Source given = new InlineDefinition(PipelineRunIT.pipeline("flaky")).read();
        PipelineRun run = r.assertBuildStatus(Result.FAILURE, RunStarter.start(job, given, Map.of("flag", "bad"), List.of()).get());
        job.setDefinition(new InlineDefinition(PipelineRunIT.pipeline("containers")));
        HtmlPage again = refused(Posts.page(
                web, r, run.getUrl() + "retry/submit", "{'parameter': [{'name': 'flag', 'value': 'good'}, {'name': 'mode', 'value': 'c'}]}"));
        assertThat(beside(again, "mode")).contains("must be one of");
        assertThat(beside(again, "flag")).isEmpty();
        assertThat(run.isBuilding()).isFalse();
        assertThat(run.record().round()).isZero();
    }

    @Test
    void aRecurringRun() throws Exception {
        KubeflowPipeline job = job("flaky");
        HtmlPage page = web.getPage(job, "recurring-runs/new");
        HtmlForm form = page.getFormByName("recurring");
        form.getInputByName("_.name").setValue("nightly");
        form.getInputByName("_.timeZone").setValue("Mars/Olympus");
        HtmlPage again = refused((HtmlPage) HtmlFormUtil.submit(form));
        assertThat(again.getElementById("kubeflow-refused").asNormalizedText()).contains("Mars/Olympus");
        assertThat(again.getFormByName("recurring").getInputByName("_.name").getValue()).isEqualTo("nightly");
        assertThat(again.getFormByName("recurring").getInputByName("_.timeZone").getValue()).isEqualTo("Mars/Olympus");
        assertThat(RecurringRuns.of(job)).isEmpty();
    }

    @Test
    void anEditedRecurringRun() throws Exception {
        KubeflowPipeline job = job("containers");
        RecurringRuns.put(job, new RecurringRun("weekly", new IntervalRecurrence("1w")));
        String id = RecurringRuns.of(job).get(0).getId();
        HtmlPage page = web.getPage(job, "recurring-runs/run/" + id + "/edit");
        page.getFormByName("recurring").getInputByName("_.version").setValue("v1");
        HtmlPage again = refused((HtmlPage) HtmlFormUtil.submit(page.getFormByName("recurring")));
        assertThat(again.getElementById("kubeflow-refused").asNormalizedText()).contains("has no versions");
        assertThat(RecurringRuns.of(job).get(0).getVersion()).isNull();
        again.getFormByName("recurring").getInputByName("_.version").setValue("");
        again.getFormByName("recurring").getInputByName("_.name").setValue("each week");
        HtmlFormUtil.submit(again.getFormByName("recurring"));
        assertThat(RecurringRuns.of(job)).singleElement().satisfies(run -> {
            assertThat(run.getId()).isEqualTo(id);
            assertThat(run.getName()).isEqualTo("each week");
        });
    }
}
