package io.jenkins.plugins.kubeflow.job;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.plugins.git.ApiTokenPropertyConfiguration;
import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserRemoteConfig;
import hudson.scm.ChangeLogParser;
import hudson.scm.NullChangeLogParser;
import hudson.scm.NullSCM;
import hudson.scm.SCM;
import hudson.scm.SCMRevisionState;
import hudson.triggers.SCMTrigger;
import hudson.util.FormValidation;
import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.awaitility.Awaitility;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlFormUtil;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Pipelines out of a real Git repository. */
@WithJenkins
@DisabledOnOs(OS.WINDOWS)
class ScmDefinitionIT {
    private static final String STEP =
            "name: greet\ninputs:\n- {name: who, type: String, default: world}\nimplementation:\n  container:\n    image: busybox\n"
                    + "    command: [sh, -c, 'echo hello $0', {inputValue: who}]\n";

    @TempDir
    Path repository;

    private JenkinsRule r;
    private boolean before;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        r = rule;
        before = GitSCM.ALLOW_LOCAL_CHECKOUT;
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
        KubeflowConfiguration.get().setLocalProcesses(true);
        git("init", "-q", "-b", "main");
        commit(STEP);
    }

    @AfterEach
    void tearDown() {
        GitSCM.ALLOW_LOCAL_CHECKOUT = before;
    }

    private String git(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).directory(repository.toFile()).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out.strip();
    }

    private String commit(String text) throws Exception {
        Files.createDirectories(repository.resolve("pipelines"));
        Files.writeString(repository.resolve("pipelines/greet.yaml"), text);
        git("add", "-A");
        git("commit", "-q", "-m", "pipeline");
        return git("rev-parse", "HEAD");
    }

    private GitSCM scm() {
        return new GitSCM(
                List.of(new UserRemoteConfig(repository.toUri().toString(), null, null, null)), List.of(new BranchSpec("*/main")), null, null, List.of());
    }

    private KubeflowPipeline job(String path, boolean lightweight) throws IOException {
        KubeflowPipeline job = r.jenkins.createProject(KubeflowPipeline.class, "fromscm" + r.jenkins.getItems().size());
        ScmDefinition definition = new ScmDefinition(scm(), path);
        definition.setLightweight(lightweight);
        job.setDefinition(definition);
        return job;
    }

    @Test
    void eachRunReadsTheFileAnewAndKeepsItsRevision() throws Exception {
        String first = git("rev-parse", "HEAD");
        KubeflowPipeline job = job("pipelines/greet.yaml", true);
        assertThat(job.getProperty(ParametersDefinitionProperty.class)).as("nothing has been read yet").isNull();
        PipelineRun run = r.buildAndAssertSuccess(job);
        r.assertLogContains("pipeline from ‘pipelines/greet.yaml’", run);
        assertThat(run.getAction(ScmRevisionAction.class).getRevision()).isEqualTo(first);
        assertThat(Files.readString(run.directory().path().resolve("logs/greet.1.log"))).contains("hello world");
        assertThat(job.getProperty(ParametersDefinitionProperty.class).getParameterDefinitionNames()).containsExactly("who");

        String second = commit(STEP.replace("hello", "good morning").replace("- {name: who", "- {name: loud, type: Boolean, default: 'false'}\n- {name: who"));
        PipelineRun next = r.buildAndAssertSuccess(job);
        assertThat(next.getAction(ScmRevisionAction.class).getRevision()).isEqualTo(second);
        assertThat(Files.readString(next.directory().path().resolve("logs/greet.1.log"))).contains("good morning world");
        assertThat(job.getProperty(ParametersDefinitionProperty.class).getParameterDefinitionNames()).contains("loud", "who");
        assertThat(run.directory().path().resolve("pipeline.yaml")).as("a run keeps its own copy").hasContent(STEP);
        r.assertStringContains(r.createWebClient().getPage(next).asNormalizedText(), second);
    }

    @Test
    void pollingWantsARunWhenThePipelineHasChangedAndOnlyThen() throws Exception {
        KubeflowPipeline job = job("pipelines/greet.yaml", true);
        assertThat(job.poll(TaskListener.NULL).hasChanges()).as("no run yet").isTrue();
        r.buildAndAssertSuccess(job);
        assertThat(job.poll(TaskListener.NULL).hasChanges()).as("the same revision").isFalse();
        Files.writeString(repository.resolve("README"), "other things");
        git("add", "-A");
        git("commit", "-q", "-m", "other things");
        assertThat(job.poll(TaskListener.NULL).hasChanges()).as("another revision with the same pipeline").isFalse();
        commit(STEP.replace("hello", "good morning"));
        assertThat(job.poll(TaskListener.NULL).hasChanges()).isTrue();
        assertThat(job.poll(TaskListener.NULL).hasChanges()).as("the run that is wanted has not begun").isFalse();
        r.buildAndAssertSuccess(job);
        assertThat(job.poll(TaskListener.NULL).hasChanges()).isFalse();
    }

    @Test
    void aPushStartsARun() throws Exception {
        KubeflowPipeline job = job("pipelines/greet.yaml", true);
        r.jenkins.setQuietPeriod(0);
        r.buildAndAssertSuccess(job);
        SCMTrigger trigger = new SCMTrigger("");
        job.setTriggers(List.of(trigger));
        commit(STEP.replace("hello", "good evening"));
        String token = ApiTokenPropertyConfiguration.get().generateApiToken("push").getString("value");
        try (JenkinsRule.WebClient web = r.createWebClient().withJavaScriptEnabled(false)) {
            web.goTo("git/notifyCommit?token=" + token + "&url=" + repository.toUri(), "text/plain");
        }
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> job.getBuildByNumber(2) != null);
        PipelineRun run = r.waitForCompletion(job.getBuildByNumber(2));
        r.assertBuildStatusSuccess(run);
        assertThat(Files.readString(run.directory().path().resolve("logs/greet.1.log"))).contains("good evening");
    }

    @Test
    void withoutLightweightCheckoutTheRepositoryIsCheckedOut() throws Exception {
        KubeflowPipeline job = job("pipelines/greet.yaml", false);
        PipelineRun run = r.buildAndAssertSuccess(job);
        assertThat(Files.readString(run.directory().path().resolve("logs/greet.1.log"))).contains("hello world");
        assertThat(job.getProperty(ParametersDefinitionProperty.class).getParameterDefinitionNames()).containsExactly("who");
        assertThat(run.getAction(ScmRevisionAction.class).getRevision()).isEqualTo(git("rev-parse", "HEAD"));
    }

    @Test
    void aFileThatIsNotThereIsNamed() throws Exception {
        for (boolean lightweight : new boolean[] {true, false}) {
            PipelineRun run = r.buildAndAssertStatus(Result.FAILURE, job("pipelines/nothing.yaml", lightweight));
            r.assertLogContains("there is no file ‘pipelines/nothing.yaml’ in ", run);
            r.assertLogNotContains("\tat ", run);
        }
        PipelineRun outside = r.buildAndAssertStatus(Result.FAILURE, job("../../secrets/master.key", false));
        r.assertLogContains("leads out of the repository", outside);
    }

    /** A link of the repository must not show a file of the controller. */
    @Test
    void aLinkOutOfTheCheckoutIsRefused() throws Exception {
        Path secret = Files.writeString(r.jenkins.getRootDir().toPath().resolve("secret.txt"), "precious");
        Files.createSymbolicLink(repository.resolve("pipelines/link.yaml"), secret);
        commit(STEP);
        PipelineRun run = r.buildAndAssertStatus(Result.FAILURE, job("pipelines/link.yaml", false));
        r.assertLogContains("leads out of the checkout", run);
        r.assertLogNotContains("precious", run);
    }

    @Test
    void aBrokenPipelineIsReportedAndTheLastSoundOneKept() throws Exception {
        KubeflowPipeline job = job("pipelines/greet.yaml", true);
        r.buildAndAssertSuccess(job);
        commit("pipelineInfo: {name: broken}\nroot: 7\n");
        PipelineRun run = r.buildAndAssertStatus(Result.FAILURE, job);
        r.assertLogContains("schemaVersion", run);
        assertThat(job.getProperty(ParametersDefinitionProperty.class).getParameterDefinitionNames()).containsExactly("who");
    }

    /** The repository takes its time; the run is stopped meanwhile, by its button or by the executor's, or is deleted. */
    @Test
    void aRunThatIsStoppedWhileItReadsNeverBegins() throws Exception {
        for (String how : List.of("stop", "executor", "delete")) {
            KubeflowPipeline job = r.jenkins.createProject(KubeflowPipeline.class, "slow-" + how);
            SlowScm scm = new SlowScm();
            job.setDefinition(new ScmDefinition(scm, "pipelines/greet.yaml"));
            PipelineRun run = job.scheduleBuild2(0).waitForStart();
            SlowScm.reading.acquire();
            switch (how) {
                case "stop" -> run.cancel();
                case "executor" -> run.getExecutor().interrupt();
                default -> run.delete();
            }
            r.waitForCompletion(run);
            r.waitUntilNoActivity();
            assertThat(run.getResult()).as(how).isEqualTo(Result.ABORTED);
            assertThat(run.directory().record()).as("no task was ever laid down").doesNotExist();
            assertThat(ActiveRuns.runIds()).isEmpty();
        }
    }

    /** Says that it is being read, and then waits until it is interrupted. */
    public static final class SlowScm extends SCM {
        static final Semaphore reading = new Semaphore(0);

        @Override
        public String getKey() {
            return "slow";
        }

        @Override
        public void checkout(Run<?, ?> run, Launcher launcher, FilePath directory, TaskListener listener, File log, SCMRevisionState state)
                throws InterruptedException {
            reading.release();
            new CountDownLatch(1).await();
        }

        @Override
        public ChangeLogParser createChangeLogParser() {
            return NullChangeLogParser.INSTANCE;
        }
    }

    @Test
    void theFormKeepsEverything() throws Exception {
        KubeflowPipeline job = job("pipelines/greet.yaml", false);
        r.configRoundtrip(job);
        ScmDefinition definition = (ScmDefinition) job.getDefinition();
        assertThat(definition.getPath()).isEqualTo("pipelines/greet.yaml");
        assertThat(definition.isLightweight()).isFalse();
        assertThat(definition.getScm()).isInstanceOf(GitSCM.class);
        assertThat(definition.getScm().getKey()).isEqualTo(scm().getKey());
        ScmDefinition.DescriptorImpl descriptor = r.jenkins.getDescriptorByType(ScmDefinition.DescriptorImpl.class);
        assertThat(descriptor.getScmDescriptors(job)).isNotEmpty().noneMatch(NullSCM.DescriptorImpl.class::isInstance);
        assertThat(descriptor.doCheckPath(job, "a/../b").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(descriptor.doCheckPath(job, "a/b.yaml").kind).isEqualTo(FormValidation.Kind.OK);
    }

    @Test
    void theFormStartsRunsOfWhatOnlyARunCanRead() throws Exception {
        KubeflowPipeline job = job("pipelines/greet.yaml", false);
        try (JenkinsRule.WebClient web = r.createWebClient()) {
            HtmlPage before = web.getPage(job, "new-run/");
            assertThat(before.getElementById("kubeflow-unread")).isNotNull();
            assertThat(before.getElementById("kubeflow-problems")).isNull();
            HtmlFormUtil.submit(before.getFormByName("run"));
            r.waitUntilNoActivity();
            r.assertBuildStatusSuccess(job.getBuildByNumber(1));
            HtmlForm form = web.<HtmlPage>getPage(job, "new-run/").getFormByName("run");
            form.getInputByName("value").setValue("moon");
            HtmlFormUtil.submit(form);
            r.waitUntilNoActivity();
        }
        assertThat(Files.readString(job.getBuildByNumber(2).directory().path().resolve("logs/greet.1.log"))).contains("hello moon");
        assertThat(Posts.json(r, job.getUrl() + "new-run/start", "{'parameter': {'name': 'whom', 'value': 'x'}}").getContentAsString())
                .contains("‘whom’ is not an input");
        assertThat(job.getLastBuild().getNumber()).isEqualTo(2);
    }
}
