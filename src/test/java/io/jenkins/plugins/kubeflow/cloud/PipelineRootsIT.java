package io.jenkins.plugins.kubeflow.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Result;
import hudson.util.Secret;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.kubeflow.experiment.Experiment;
import io.jenkins.plugins.kubeflow.job.InlineDefinition;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import io.jenkins.plugins.kubeflow.job.RunRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesCloud;
import org.htmlunit.html.HtmlForm;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Where artifacts may go is the administrator's; with a cluster and an S3 server (src/test/s3/run), that they go there. */
@WithJenkins
class PipelineRootsIT {
    private static final String STEP =
            "name: step\nimplementation:\n  container:\n    image: busybox\n    command: [sh, -c, 'echo hello']\n";

    private JenkinsRule r;
    private KubeflowCloudTrait settings;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        r = rule;
        KubernetesCloud cloud = new KubernetesCloud("cluster");
        settings = new KubeflowCloudTrait();
        cloud.setTraits(List.of(settings));
        r.jenkins.clouds.add(cloud);
    }

    private static void credentials(String key, String secret) throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().add(
                new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "store", "", key, secret));
        SystemCredentialsProvider.getInstance().save();
    }

    private KubeflowPipeline job(String text) throws Exception {
        KubeflowPipeline job = r.jenkins.createProject(KubeflowPipeline.class, "job");
        job.setDefinition(new InlineDefinition(text));
        return job;
    }

    @ParameterizedTest
    @CsvSource({
        "s3://other/place, is not below s3://artifacts/runs or s3://shared",
        "s3://artifacts/runsalike, is not below",
        "s3://artifacts/runs/../x, has an empty part",
        "gs://artifacts/runs/x, is not below",
        "s3://shared/x?endpoint=http://elsewhere:1, names another store than cloud ‘cluster’ has there (http://127.0.0.1:1",
        "s3://west/x?region=us-east-1, names another store than cloud ‘cluster’ has there (http://127.0.0.1:1, eu-west-1",
        "s3://shared/x?profile=root, ‘profile’ is not understood",
        "/var/lib/jenkins, is no place for artifacts",
        "file:///etc, is no place for artifacts",
    })
    void aJobMayChooseOnlyWhatAnAdministratorHasNamed(String root, String sentence) throws Exception {
        credentials("key", "secret");
        settings.setStoreCredentialsId("store");
        settings.setStoreEndpoint("http://127.0.0.1:1");
        settings.setPipelineRoot("s3://artifacts/runs");
        settings.setStoreUris("s3://shared\ns3://west?region=eu-west-1\n");
        KubeflowPipeline job = job(STEP);
        job.addProperty(new PipelineRootJobProperty(root));
        PipelineRun run = r.buildAndAssertStatus(Result.FAILURE, job);
        r.assertLogContains(sentence, run);
        assertThat(run.directory().record()).as("nothing was laid down").doesNotExist();
    }

    /** What a root says of its store is no part of the URIs below it. */
    @ParameterizedTest
    @CsvSource({
        "s3://west/x?region=eu-west-1, s3://west/x",
        "s3://artifacts/runs/y?endpoint=127.0.0.1:1&disableSSL=true&s3ForcePathStyle=true, s3://artifacts/runs/y",
        "s3://artifacts/runs, s3://artifacts/runs",
    })
    void aRootMaySayWhatItsPlaceSays(String root, String uri) throws Exception {
        settings.setStorePodIdentity(true);
        settings.setStoreEndpoint("http://127.0.0.1:1");
        settings.setPipelineRoot("s3://artifacts/runs");
        settings.setStoreUris("s3://west?region=eu-west-1\n");
        KubeflowPipeline job = job(STEP);
        PipelineRun run = job.scheduleBuild2(0, new RunRequest().pipelineRoot(null)).waitForStart();
        try {
            assertThat(PipelineRoots.of(run, root, (KubernetesCloud) r.jenkins.clouds.get(0))).isEqualTo(uri);
        } finally {
            run.doStop();
            r.waitForCompletion(run);
        }
    }

    @Test
    void aGoogleKeyIsASecretText() throws Exception {
        settings.setPipelineRoot("gs://artifacts/runs");
        settings.setStoreCredentialsId("google");
        SystemCredentialsProvider.getInstance().getCredentials().add(
                new StringCredentialsImpl(CredentialsScope.GLOBAL, "google", "", Secret.fromString("{\"client_email\": \"x\"}")));
        r.assertLogContains("have no client_email or no private_key", r.buildAndAssertStatus(Result.FAILURE, job(STEP)));
    }

    @Test
    void anObjectStoreNeedsCredentials() throws Exception {
        settings.setPipelineRoot("s3://artifacts/runs");
        r.assertLogContains("has no credentials for one", r.buildAndAssertStatus(Result.FAILURE, job(STEP)));
        settings.setStoreCredentialsId("gone");
        PipelineRun run = r.buildAndAssertStatus(Result.FAILURE, (KubeflowPipeline) r.jenkins.getItem("job"));
        r.assertLogContains("there are no credentials ‘gone’", run);
    }

    @Test
    void whatARunWasStartedWithCountsBeforeItsJob() throws Exception {
        KubeflowPipeline job = job(STEP);
        job.addProperty(new PipelineRootJobProperty("gs://of-the-job"));
        PipelineRun run = job.scheduleBuild2(0, new RunRequest().pipelineRoot("gs://of-the-run")).get();
        r.assertBuildStatus(Result.FAILURE, run);
        r.assertLogContains("gs://of-the-run", run);
    }

    @Test
    void whatTheNearestFolderSaysCountsBeforeTheCloud() throws Exception {
        settings.setPipelineRoot("s3://of-the-cloud");
        Folder outer = r.jenkins.createProject(Folder.class, "outer");
        outer.addProperty(new PipelineRootFolderProperty("x://of-the-outer-folder"));
        Experiment inner = outer.createProject(Experiment.class, "inner");
        KubeflowPipeline job = inner.createProject(KubeflowPipeline.class, "job");
        job.setDefinition(new InlineDefinition(STEP));
        r.assertLogContains("x://of-the-outer-folder", r.buildAndAssertStatus(Result.FAILURE, job));
        inner.addProperty(new PipelineRootFolderProperty("x://of-the-inner-folder"));
        r.assertLogContains("x://of-the-inner-folder", r.buildAndAssertStatus(Result.FAILURE, job));
        job.addProperty(new PipelineRootJobProperty("x://of-the-job"));
        r.assertLogContains("x://of-the-job", r.buildAndAssertStatus(Result.FAILURE, job));
        r.configRoundtrip(inner);
        assertThat(inner.getProperties().get(PipelineRootFolderProperty.class).getRoot()).isEqualTo("x://of-the-inner-folder");
    }

    @Test
    void theFormsKeepWhatIsSet() throws Exception {
        credentials("key", "secret");
        KubeflowPipeline job = job(STEP);
        job.addProperty(new PipelineRootJobProperty("pvc://claim/path"));
        r.configRoundtrip(job);
        assertThat(job.getProperty(PipelineRootJobProperty.class).getRoot()).isEqualTo("pvc://claim/path");
        settings.setStorePodIdentity(true);
        settings.setStoreRole("arn:aws:iam::1:role/x");
        HtmlForm form = r.createWebClient().goTo("cloud/cluster/configure").getFormByName("config");
        r.submit(form);
        KubeflowCloudTrait saved = ((KubernetesCloud) r.jenkins.clouds.getByName("cluster")).getTrait(KubeflowCloudTrait.class).orElseThrow();
        assertThat(saved).isNotSameAs(settings);
        assertThat(saved.isStorePodIdentity()).isTrue();
        assertThat(saved.getStoreRole()).isEqualTo("arn:aws:iam::1:role/x");
    }

    /** Each step has its word for the root. */
    @Test
    void aJenkinsfileNamesARoot() throws Exception {
        WorkflowJob caller = r.jenkins.createProject(WorkflowJob.class, "caller");
        caller.setDefinition(new CpsFlowDefinition("kubeflowPipeline text: '''" + STEP + "''', pipelineRoot: 'gs://of-the-step'", true));
        r.buildAndAssertStatus(Result.FAILURE, caller);
        r.assertLogContains("gs://of-the-step", r.jenkins.getItemByFullName("Default/step", KubeflowPipeline.class).getBuildByNumber(1));
    }

    /** No key anywhere: src/test/s3/identity has a store that takes tokens of the cluster. */
    @Test
    void theServiceAccountsOwnCredentialsDo() throws Exception {
        String role = System.getenv("KUBEFLOW_S3_ROLE");
        assumeTrue(System.getenv("KUBECONFIG") != null && role != null, "no store that takes tokens: see src/test/s3/identity");
        try (KubernetesClient client = new KubernetesClientBuilder().build()) {
            Namespace made = client.resource(new NamespaceBuilder().withNewMetadata().withGenerateName("kubeflow-it-").endMetadata().build()).create();
            try {
                settings.setNamespace(made.getMetadata().getName());
                settings.setStorePodIdentity(true);
                settings.setStoreRole(role);
                settings.setStoreEndpoint(System.getenv("KUBEFLOW_S3_ENDPOINT"));
                settings.setPipelineRoot("s3://artifacts/jenkins-identity");
                PipelineRun run = r.buildAndAssertSuccess(job(Files.readString(Path.of("src/test/e2e/stores/ok-stores.yaml"))));
                assertThat(r.createWebClient().withJavaScriptEnabled(false)
                                .goTo(run.getUrl() + "graph/artifact?path=check&name=table&index=0", "application/octet-stream")
                                .getWebResponse().getContentAsString())
                        .isEqualTo("a,b\n1,2\n3,4\n");
                r.assertLogContains("CACHED", r.buildAndAssertSuccess((KubeflowPipeline) r.jenkins.getItem("job")));
                assertThat(client.pods().inNamespace(settings.getNamespace()).list().getItems()).isEmpty();
            } finally {
                client.resource(made).delete();
            }
        }
    }

    @Test
    void artifactsGoToTheStoreAndThePageShowsThem() throws Exception {
        String endpoint = System.getenv("KUBEFLOW_S3_ENDPOINT");
        boolean keys = System.getenv("AWS_ACCESS_KEY_ID") != null;
        assumeTrue(System.getenv("KUBECONFIG") != null && endpoint != null && keys, "no cluster or no S3 server: see src/test/s3/run");
        credentials(System.getenv("AWS_ACCESS_KEY_ID"), System.getenv("AWS_SECRET_ACCESS_KEY"));
        try (KubernetesClient client = new KubernetesClientBuilder().build()) {
            Namespace made = client.resource(new NamespaceBuilder().withNewMetadata().withGenerateName("kubeflow-it-").endMetadata().build()).create();
            try {
                settings.setNamespace(made.getMetadata().getName());
                settings.setStoreCredentialsId("store");
                settings.setStoreEndpoint(endpoint);
                settings.setPipelineRoot("s3://artifacts/jenkins");
                PipelineRun run = r.buildAndAssertSuccess(job(Files.readString(Path.of("src/test/e2e/stores/ok-stores.yaml"))));
                assertThat(run.record().pipelineRoot()).startsWith("s3://artifacts/jenkins/stores/" + run.getRunId());
                assertThat(run.directory().artifacts()).as("nothing passes the controller").doesNotExist();
                JenkinsRule.WebClient web = r.createWebClient().withJavaScriptEnabled(false);
                String page = run.getUrl() + "graph/";
                assertThat(web.goTo(page + "views?path=check", "application/json").getWebResponse().getContentAsString())
                        .contains("\"kind\":\"table\"", "[[\"1\",\"2\"],[\"3\",\"4\"]]");
                assertThat(web.goTo(page + "artifact?path=check&name=table&index=0", "application/octet-stream").getWebResponse().getContentAsString())
                        .isEqualTo("a,b\n1,2\n3,4\n");
                r.assertLogContains("CACHED", r.buildAndAssertSuccess((KubeflowPipeline) r.jenkins.getItem("job")));
                WorkflowJob caller = r.jenkins.createProject(WorkflowJob.class, "caller");
                caller.setDefinition(new CpsFlowDefinition(
                        "node { def run = kubeflowPipeline job: 'job'\nkubeflowArtifact run: run.runId, task: 'check', name: 'table', target: 't.csv'\n"
                                + "echo readFile('t.csv') }",
                        true));
                r.assertLogContains("a,b\n1,2\n3,4", r.buildAndAssertSuccess(caller));
            } finally {
                client.resource(made).delete();
            }
        }
    }
}
