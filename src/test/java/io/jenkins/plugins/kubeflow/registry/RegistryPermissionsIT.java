package io.jenkins.plugins.kubeflow.registry;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Every address of the registry against every kind of user. */
@WithJenkins
class RegistryPermissionsIT {
    private static final String BASE = "kubeflow-pipelines/";
    private static final String PIPELINE = BASE + "pipeline/p/";
    private static final String VERSION = PIPELINE + "version/v1/";

    /** Method, address, and what a stranger, a reader, an uploader and a deleter get. */
    private static final List<String> MATRIX = List.of(
            "GET  404 200 200 200 " + BASE,
            "GET  404 200 200 200 " + BASE + "api/json",
            "GET  404 404 404 404 " + BASE + "pipeline/none/",
            "GET  404 200 200 200 " + PIPELINE,
            "GET  404 200 200 200 " + PIPELINE + "api/json",
            "GET  404 404 404 404 " + PIPELINE + "version/none/",
            "GET  404 200 200 200 " + VERSION,
            "GET  404 200 200 200 " + VERSION + "api/json",
            "GET  404 200 200 200 " + VERSION + "pipeline.yaml",
            "GET  404 200 200 200 " + PIPELINE + "create/",
            "GET  404 403 200 403 " + BASE + "upload/",
            "GET  404 403 200 403 " + PIPELINE + "upload/",
            "GET  404 403 200 403 " + PIPELINE + "configure",
            "GET  404 403 403 200 " + PIPELINE + "confirmDelete",
            "GET  404 405 405 405 " + PIPELINE + "delete",
            "GET  404 405 405 405 " + PIPELINE + "describe",
            "GET  404 405 405 405 " + PIPELINE + "setDefault?version=v1",
            "GET  404 405 405 405 " + PIPELINE + "create/submit",
            "GET  404 405 405 405 " + VERSION + "delete",
            "POST 404 403 400 403 " + BASE + "upload/submit?json=%7B%7D",
            "POST 404 403 400 403 " + PIPELINE + "upload/submit?json=%7B%7D",
            "POST 404 403 200 403 " + BASE + "upload/checkName?value=x",
            "POST 404 403 200 403 " + BASE + "upload/checkVersion?value=x",
            "POST 404 403 200 403 " + BASE + "upload/checkCodeUrl?value=x",
            "POST 404 403 200 403 " + BASE + "upload/checkText?value=x",
            "POST 404 403 400 403 " + PIPELINE + "setDefault?version=none",
            "POST 404 403 200 403 " + PIPELINE + "describe?description=d&tags=t",
            "POST 404 400 400 400 " + PIPELINE + "create/submit?name=n&folder=none&version=v1",
            "POST 404 403 403 400 " + PIPELINE + "delete?withVersions=false");

    private JenkinsRule r;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        r = rule;
        KubeflowPipelines.get().registry().create(
                "p", "", "", new Submission("", "", "", "", "p.yaml", Files.readAllBytes(Path.of("src/test/pipelines/containers.yaml"))), null, Instant.now());
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ).everywhere().toEveryone()
                .grant(KubeflowPipelines.READ).everywhere().to("reader")
                .grant(KubeflowPipelines.READ, KubeflowPipelines.UPLOAD).everywhere().to("uploader")
                .grant(KubeflowPipelines.READ, KubeflowPipelines.DELETE).everywhere().to("deleter")
                .grant(Item.READ, Item.CONFIGURE, Item.DELETE).everywhere().to("implied"));
    }

    private int ask(JenkinsRule.WebClient web, String method, String address) throws Exception {
        WebRequest request = new WebRequest(new URL(r.getURL(), address), HttpMethod.valueOf(method));
        if (method.equals("POST")) {
            web.addCrumb(request);
        }
        return web.getPage(request).getWebResponse().getStatusCode();
    }

    @ParameterizedTest
    @CsvSource({"stranger, 1", "reader, 2", "uploader, 3", "deleter, 4"})
    void everyAddress(String user, int column) throws Exception {
        try (JenkinsRule.WebClient web = r.createWebClient().withJavaScriptEnabled(false).withThrowExceptionOnFailingStatusCode(false)) {
            web.getOptions().setCssEnabled(false);
            web.withBasicCredentials(user);
            for (String line : MATRIX) {
                String[] cells = line.split(" +");
                assertThat(ask(web, cells[0], cells[5])).as(line).isEqualTo(Integer.parseInt(cells[column]));
            }
        }
        assertThat(KubeflowPipelines.get().registry().find("p").versions()).hasSize(1);
        assertThat(r.jenkins.getAllItems(KubeflowPipeline.class)).isEmpty();
    }

    @Test
    void permissionsOnAllJobsImplyThoseOfTheRegistry() throws Exception {
        try (JenkinsRule.WebClient web = r.createWebClient().withJavaScriptEnabled(false)) {
            web.withBasicCredentials("implied");
            assertThat(ask(web, "GET", BASE + "upload/")).isEqualTo(200);
            assertThat(ask(web, "POST", VERSION + "delete")).isEqualTo(200);
        }
        assertThat(KubeflowPipelines.get().registry().find("p").versions()).isEmpty();
    }
}
