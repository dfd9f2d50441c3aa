package io.jenkins.plugins.kubeflow.registry;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.cli.CLICommandInvoker;
import hudson.model.Item;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.util.FormValidation;
import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import io.jenkins.plugins.kubeflow.job.Posts;
import io.jenkins.plugins.kubeflow.recurring.RecurringRuns;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.htmlunit.html.HtmlFileInput;
import org.htmlunit.html.HtmlAnchor;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The registry's pages and jobs of registered pipelines, in a real Jenkins. */
@WithJenkins
class RegistryIT {
    private JenkinsRule r;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        r = rule;
        KubeflowConfiguration.get().setLocalProcesses(true);
    }

    private static byte[] document(String name) throws Exception {
        return Files.readAllBytes(Path.of("src/test/pipelines", name + ".yaml"));
    }

    private static RegisteredPipeline register(String name, String file) throws Exception {
        return KubeflowPipelines.get().registry().create(
                name, "", "", new Submission("", "", "", "", "p.yaml", document(file)), "alice", Instant.now());
    }

    private static void upload(String name, String file) throws Exception {
        PipelineRegistry registry = KubeflowPipelines.get().registry();
        registry.add(registry.find(name), new Submission("", "", "", "", "p.yaml", document(file)), "alice", Instant.now());
    }

    private KubeflowPipeline job(String name, String pipeline, String version) throws Exception {
        KubeflowPipeline job = r.jenkins.createProject(KubeflowPipeline.class, name);
        RegisteredDefinition definition = new RegisteredDefinition(pipeline);
        definition.setVersion(version);
        job.setDefinition(definition);
        job.save();
        return job;
    }

    private static void choose(HtmlForm form, String file) {
        ((HtmlFileInput) form.getInputByName("file")).setFiles(Path.of("src/test/pipelines", file).toFile());
    }

    @Test
    void aFileIsUploadedByForm() throws Exception {
        try (JenkinsRule.WebClient web = r.createWebClient()) {
            HtmlForm form = web.goTo("kubeflow-pipelines/upload/").getFormByName("upload");
            form.getInputByName("name").setValue("A & <b>");
            form.getInputByName("codeUrl").setValue("javascript:alert(1)");
            choose(form, "values.yaml");
            web.setThrowExceptionOnFailingStatusCode(false);
            HtmlPage refused = r.submit(form);
            assertThat(refused.getWebResponse().getStatusCode()).isEqualTo(400);
            assertThat(refused.querySelectorAll("[data-field=document]")).isEmpty();
            assertThat(refused.asNormalizedText()).contains("a name begins with a letter", "the link must begin with https://");
            assertThat(KubeflowPipelines.get().registry().pipelines()).isEmpty();
            form = refused.getFormByName("upload");
            assertThat(form.getInputByName("name").getValue()).isEqualTo("A & <b>");
            form.getInputByName("name").setValue("A (b)");
            form.getInputByName("codeUrl").setValue("https://example.org/");
            choose(form, "values.yaml");
            HtmlPage page = r.submit(form);
            assertThat(page.getWebResponse().getStatusCode()).as(page.asNormalizedText()).isEqualTo(200);
            assertThat(page.getUrl().getPath()).contains("/kubeflow-pipelines/pipeline/A%20");
            assertThat(page.getElementById("kubeflow-versions").asNormalizedText()).contains("v1", "Default, being the newest");
            assertThat(page.<HtmlAnchor>getFirstByXPath("//a[@href='https://example.org/']").asNormalizedText()).isEqualTo("code");
        }
    }

    @Test
    void textIsUploadedByFormAsAnotherVersion() throws Exception {
        register("p", "containers");
        try (JenkinsRule.WebClient web = r.createWebClient()) {
            HtmlForm form = web.goTo("kubeflow-pipelines/pipeline/p/upload/").getFormByName("upload");
            form.getTextAreaByName("text").setText("schemaVersion: 1\n<script>");
            web.setThrowExceptionOnFailingStatusCode(false);
            HtmlPage refused = r.submit(form);
            assertThat(refused.querySelectorAll("[data-field=document]")).isNotEmpty();
            assertThat(refused.getWebResponse().getContentAsString()).doesNotContain("1\n<script>");
            web.setThrowExceptionOnFailingStatusCode(true);
            form = refused.getFormByName("upload");
            assertThat(form.getTextAreaByName("text").getText()).contains("<script>");
            form.getTextAreaByName("text").setText(new String(document("values"), StandardCharsets.UTF_8));
            r.submit(form);
        }
        assertThat(KubeflowPipelines.get().registry().find("p").versions()).extracting(PipelineVersion::name).containsExactly("v2", "v1");
    }

    @Test
    void latestMovesAndAPinnedVersionStays() throws Exception {
        register("p", "containers");
        KubeflowPipeline latest = job("latest", "p", "latest");
        KubeflowPipeline pinned = job("pinned", "p", "v1");
        assertThat(latest.getProperty(ParametersDefinitionProperty.class).getParameterDefinition("text")).isNotNull();
        upload("p", "now");
        ParametersDefinitionProperty moved = latest.getProperty(ParametersDefinitionProperty.class);
        assertThat(moved == null ? null : moved.getParameterDefinition("text")).isNull();
        assertThat(pinned.getProperty(ParametersDefinitionProperty.class).getParameterDefinition("text")).isNotNull();
        PipelineRun run = r.buildAndAssertSuccess(pinned);
        r.assertLogContains("pipeline from registered pipeline ‘p’, version ‘v1’", run);
        assertThat(run.getAction(PipelineVersionAction.class).getVersion()).isEqualTo("v1");
        try (JenkinsRule.WebClient web = r.createWebClient().withJavaScriptEnabled(false)) {
            assertThat(web.getPage(run).getAnchorByText("p v1").getHrefAttribute()).endsWith("/kubeflow-pipelines/pipeline/p/version/v1/");
        }
        assertThat(r.getJSON(run.getUrl() + "api/json").getContentAsString()).contains("\"version\":\"v1\"");
    }

    @Test
    void whatIsGoneSaysSo() throws Exception {
        RegisteredPipeline p = register("p", "containers");
        KubeflowPipeline job = job("job", "p", "v1");
        upload("p", "containers");
        KubeflowPipelines.get().registry().deleteVersion(p, p.latest());
        r.assertLogContains("pipeline ‘p’ has no version ‘v1’; choose another one", r.buildAndAssertStatus(Result.FAILURE, job));
        KubeflowPipelines.get().registry().delete(p, true);
        r.assertLogContains("there is no registered pipeline ‘p’; upload it", r.buildAndAssertStatus(Result.FAILURE, job));
    }

    @Test
    void theJobsFormGoesRound() throws Exception {
        register("p", "containers");
        upload("p", "containers");
        for (String version : new String[] {"latest", "default", "v1"}) {
            KubeflowPipeline job = job("job-" + version, "p", version);
            r.configRoundtrip((Item) job);
            assertThat(((RegisteredDefinition) job.getDefinition()).getPipeline()).isEqualTo("p");
            assertThat(((RegisteredDefinition) job.getDefinition()).getVersion()).isEqualTo(version);
        }
        KubeflowPipeline gone = job("gone", "was here", "v7");
        r.configRoundtrip((Item) gone);
        assertThat(((RegisteredDefinition) gone.getDefinition()).getPipeline()).isEqualTo("was here");
        assertThat(((RegisteredDefinition) gone.getDefinition()).getVersion()).isEqualTo("v7");
    }

    @Test
    void pagesShowAndApiTells() throws Exception {
        register("p", "values");
        register("other", "containers");
        job("job", "p", "latest");
        try (JenkinsRule.WebClient web = r.createWebClient()) {
            assertThat(web.goTo("kubeflow-pipelines/?filter=OTH").getElementById("kubeflow-pipelines").asNormalizedText())
                    .contains("other").doesNotContain("p\t");
            HtmlPage page = web.goTo("kubeflow-pipelines/pipeline/p/");
            assertThat(page.getElementById("kubeflow-jobs").asNormalizedText()).contains("job", "latest", "Recurring runs");
            HtmlPage version = web.goTo("kubeflow-pipelines/pipeline/p/version/v1/");
            assertThat(version.getElementById("kubeflow-spec").getTextContent()).contains("schemaVersion: 2.1.0");
            assertThat(version.getElementById("kubeflow-inputs")).isNotNull();
            assertThat(web.goTo("kubeflow-pipelines/pipeline/p/version/v1/pipeline.yaml", "application/yaml").getWebResponse().getContentAsString())
                    .isEqualTo(new String(document("values"), StandardCharsets.UTF_8));
        }
        try (JenkinsRule.WebClient web = r.createWebClient().withJavaScriptEnabled(false)) {
            String graph = web.goTo("kubeflow-pipelines/pipeline/p/version/v1/graph/").getWebResponse().getContentAsString();
            assertThat(graph).contains("id=\"kubeflow-data\">{\"graph\":{\"format\":1");
        }
        assertThat(r.getJSON("kubeflow-pipelines/api/json?depth=2").getJSONObject().toString()).contains("\"sha256\":", "\"name\":\"other\"");
        assertThat(r.getJSON("kubeflow-pipelines/pipeline/p/api/json").getJSONObject().getString("defaultVersion")).isEqualTo("v1");
        assertThat(r.getJSON("kubeflow-pipelines/pipeline/p/version/v1/api/json").getJSONObject().getString("createdBy")).isEqualTo("alice");
    }

    @Test
    void formsChangeDeleteAndCreate() throws Exception {
        register("p", "containers");
        upload("p", "containers");
        PipelineRegistry registry = KubeflowPipelines.get().registry();
        try (JenkinsRule.WebClient web = r.createWebClient()) {
            HtmlForm form = web.goTo("kubeflow-pipelines/pipeline/p/configure").getFormByName("describe");
            form.getTextAreaByName("description").setText("new words");
            form.getInputByName("tags").setValue("b,a");
            assertThat(r.submit(form).asNormalizedText()).contains("new words", "Tags: a, b");

            web.setThrowExceptionOnFailingStatusCode(false);
            form = web.goTo("kubeflow-pipelines/pipeline/p/create/?version=v1").getFormByName("create");
            form.getInputByName("name").setValue("made");
            HtmlPage next = r.submit(form);
            assertThat(next.getUrl().toString()).endsWith("/job/made/new-run/");
            KubeflowPipeline made = r.jenkins.getItemByFullName("made", KubeflowPipeline.class);
            assertThat(((RegisteredDefinition) made.getDefinition()).getVersion()).isEqualTo("v1");

            form = web.goTo("kubeflow-pipelines/pipeline/p/create/").getFormByName("create");
            form.getInputByName("name").setValue("made");
            assertThat(r.submit(form).getWebResponse().getStatusCode()).isEqualTo(400);
            form = web.goTo("kubeflow-pipelines/pipeline/p/confirmDelete").getFormByName("delete");
            assertThat(r.submit(form).getWebResponse().getStatusCode()).isEqualTo(400);
            assertThat(registry.find("p")).isNotNull();
            web.setThrowExceptionOnFailingStatusCode(true);
            form = web.goTo("kubeflow-pipelines/pipeline/p/confirmDelete").getFormByName("delete");
            form.getInputByName("withVersions").setChecked(true);
            assertThat(r.submit(form).asNormalizedText()).contains("No pipeline is registered yet");
        }
        assertThat(registry.pipelines()).isEmpty();
    }

    @Test
    void aVersionIsCheckedAgainstItsOwnInputs() throws Exception {
        register("p", "containers");
        upload("p", "values");
        KubeflowPipeline job = job("job", "p", "latest");
        CLICommandInvoker run = new CLICommandInvoker(r, "kubeflow-run");
        CLICommandInvoker.Result result = run.invokeWithArgs("job", "--version", "v1", "-p", "text=x", "-s");
        assertThat(result.returnCode()).as(result.stderr()).isZero();
        assertThat(new CLICommandInvoker(r, "kubeflow-run").invokeWithArgs("job", "--version", "v1", "-p", "word=x").stderr())
                .contains("‘word’ is not an input of pipeline ‘containers’");
        assertThat(new CLICommandInvoker(r, "kubeflow-run").invokeWithArgs("job", "--version", "v9").stderr()).contains("no version ‘v9’");
        assertThat(job.getBuilds()).hasSize(1);
        String weekly = "'name': 'weekly', 'schedule': {'$class': 'io.jenkins.plugins.kubeflow.recurring.IntervalRecurrence', 'interval': '1w'}, 'enabled': true, 'maxConcurrency': '10'";
        String add = job.getUrl() + "recurring-runs/add";
        String text = "'parameters': {'name': 'text', 'value': 'x'}";
        assertThat(Posts.json(r, add, "{" + weekly + ", 'version': 'v9'}").getContentAsString()).contains("no version ‘v9’");
        assertThat(Posts.json(r, add, "{" + weekly + "," + text + "}").getContentAsString()).contains("‘text’ is not an input of pipeline ‘values’");
        assertThat(Posts.json(r, add, "{" + weekly + "," + text + ", 'version': 'v1'}").getStatusCode()).isEqualTo(200);
        assertThat(RecurringRuns.of(job)).hasSize(1);
    }

    @Test
    void aVersionThatIsGoneIsMarkedOnTheForm() throws Exception {
        register("p", "containers");
        KubeflowPipeline job = job("job", "p", "v1");
        RegisteredDefinition.DescriptorImpl form = r.jenkins.getDescriptorByType(RegisteredDefinition.DescriptorImpl.class);
        assertThat(form.doCheckVersion(job, "p", "v1").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(form.doCheckVersion(job, "p", "latest").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(form.doCheckVersion(job, "p", "v7").getMessage()).contains("no version");
    }

    @Test
    void whatNoFormSendsIsTheSendersMistake() throws Exception {
        for (String check : List.of("checkName", "checkVersion", "checkCodeUrl", "checkText")) {
            assertThat(Posts.send(r, "kubeflow-pipelines/upload/" + check).getStatusCode()).as(check).isEqualTo(200);
        }
        assertThat(Posts.json(r, "kubeflow-pipelines/upload/submit", "[]").getStatusCode()).isEqualTo(400);
    }
}
