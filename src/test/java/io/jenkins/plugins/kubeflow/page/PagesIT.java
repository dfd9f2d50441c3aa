package io.jenkins.plugins.kubeflow.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration;
import io.jenkins.plugins.kubeflow.experiment.Experiment;
import io.jenkins.plugins.kubeflow.job.InlineDefinition;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import hudson.model.Item;
import jenkins.model.Jenkins;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Documents of the pages in a real Jenkins: kept by a browser, compared, and only for those who may read. */
@WithJenkins
class PagesIT {
    private JenkinsRule r;
    private KubeflowPipeline job;
    private JenkinsRule.WebClient web;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        r = rule;
        KubeflowConfiguration.get().setLocalProcesses(true);
        job = r.jenkins.createProject(KubeflowPipeline.class, "containers");
        job.setDefinition(new InlineDefinition(Files.readString(Path.of("src/test/pipelines/containers.yaml"))));
        job.save();
        web = r.createWebClient().withJavaScriptEnabled(false).withThrowExceptionOnFailingStatusCode(false);
        web.getCache().setMaxSize(0);
    }

    private WebResponse get(String path, String known) throws IOException {
        WebRequest request = new WebRequest(new URL(r.getURL(), path));
        if (known != null) {
            request.setAdditionalHeader("If-None-Match", known);
        }
        return web.loadWebResponse(request);
    }

    @Test
    void aFinishedRunsDocumentsAreSentOnce() throws Exception {
        PipelineRun run = r.buildAndAssertSuccess(job);
        for (String document : new String[] {"graph", "state?since=0", "task?path=produce", "history", "spec"}) {
            WebResponse first = get(run.getUrl() + "graph/" + document, null);
            assertThat(first.getStatusCode()).as(document).isEqualTo(200);
            WebResponse second = get(run.getUrl() + "graph/" + document, first.getResponseHeaderValue("ETag"));
            assertThat(second.getStatusCode()).as(document).isEqualTo(304);
            assertThat(second.getContentAsString()).isEmpty();
        }
    }

    @Test
    void comparesRunsAndSaysWhichThereAreNot() throws Exception {
        r.buildAndAssertSuccess(job);
        r.buildAndAssertSuccess(job);
        JsonNode compared = json("job/containers/compare/data?runs=1,2,77,../x");
        assertThat(compared.path("runs").findValuesAsText("id")).containsExactly("1", "2");
        assertThat(compared.path("tasks").findValuesAsText("name")).contains("produce", "consume");
        assertThat(compared.path("specs")).hasSize(1);
        assertThat(compared.path("problems")).hasSize(2);
        assertThat(json("job/containers/compare/choices").findValuesAsText("id")).containsExactly("2", "1");
        assertThat(json("job/containers/metrics-trend/data").path("numbers").toString()).isEqualTo("[1,2]");
        assertThat(get("job/containers/compare/?runs=1,2", null).getContentAsString()).contains("kubeflow-compare");
        assertThat(get("job/containers/", null).getContentAsString()).contains("kubeflow-trend");
    }

    @Test
    void aRunKnowsOtherRunsOfItsExperiment() throws Exception {
        Experiment experiment = r.jenkins.createProject(Experiment.class, "experiment");
        KubeflowPipeline maker = experiment.createProject(KubeflowPipeline.class, "maker");
        KubeflowPipeline taker = experiment.createProject(KubeflowPipeline.class, "taker");
        maker.setDefinition(job.getDefinition());
        taker.setDefinition(job.getDefinition());
        r.buildAndAssertSuccess(maker);
        r.buildAndAssertSuccess(taker);
        JsonNode taken = json("job/experiment/job/taker/1/graph/lineage?path=produce");
        assertThat(taken.at("/origin/run").asText()).isEqualTo("maker #1");
        assertThat(taken.at("/origin/url").asText()).endsWith("/job/maker/1/graph/");
        assertThat(taken.at("/artifacts/0/used").findValuesAsText("path")).containsExactly("consume");
        JsonNode made = json("job/experiment/job/maker/1/graph/lineage?path=consume");
        assertThat(made.at("/artifacts/0/elsewhere").findValuesAsText("how")).contains("cached", "used");
        JsonNode expected = json("job/experiment/job/taker/1/graph/expected");
        assertThat(expected.path("runs").asInt()).isEqualTo(1);
        assertThat(expected.at("/tasks/produce").asDouble()).isPositive();

        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ).everywhere().toEveryone()
                .grant(Item.READ).onItems(experiment, taker).toEveryone());
        JsonNode hidden = json("job/experiment/job/taker/1/graph/lineage?path=produce");
        assertThat(hidden.at("/origin/url").isNull()).isTrue();
        assertThat(hidden.at("/artifacts/0/elsewhere")).isEmpty();
    }

    @Test
    void onlyReadersSeeThem() throws Exception {
        r.buildAndAssertSuccess(job);
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy().grant(Jenkins.READ).everywhere().toEveryone());
        for (String path : new String[] {"1/graph/state?since=0", "1/graph/lineage?path=produce", "1/graph/expected", "compare/data?runs=1", "compare/choices", "metrics-trend/data"}) {
            assertThat(get("job/containers/" + path, null).getStatusCode()).as(path).isIn(403, 404);
        }
    }

    private JsonNode json(String path) throws IOException {
        return new ObjectMapper().readTree(get(path, null).getContentAsString());
    }
}
