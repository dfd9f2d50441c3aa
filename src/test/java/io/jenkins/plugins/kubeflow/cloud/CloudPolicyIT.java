package io.jenkins.plugins.kubeflow.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import hudson.model.Result;
import hudson.util.StreamTaskListener;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.kubeflow.engine.pod.PodNames;
import io.jenkins.plugins.kubeflow.job.CloudSweep;
import io.jenkins.plugins.kubeflow.job.InlineDefinition;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesCloud;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the administrator of a cloud decides: what pipelines may not do there is refused at once, and what runs leave is cleared away. */
@WithJenkins
class CloudPolicyIT {
    private static final String STEP =
            "name: step\nimplementation:\n  container:\n    image: evil.example.org/miner\n    command: [sh, -c, 'echo hello']\n";

    private JenkinsRule r;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        r = rule;
    }

    private KubeflowCloudTrait cloud(String url) throws Exception {
        KubernetesCloud cloud = new KubernetesCloud("cluster");
        cloud.setServerUrl(url);
        cloud.setNamespace("pipelines");
        KubeflowCloudTrait trait = new KubeflowCloudTrait();
        cloud.setTraits(List.of(trait));
        r.jenkins.clouds.add(cloud);
        return trait;
    }

    @Test
    void aForbiddenImageIsRefusedBeforeAnythingRuns() throws Exception {
        cloud("https://127.0.0.1:1").setAllowedImages("registry.example.org/*");
        KubeflowPipeline job = r.jenkins.createProject(KubeflowPipeline.class, "forbidden");
        job.setDefinition(new InlineDefinition(STEP));
        PipelineRun run = r.buildAndAssertStatus(Result.FAILURE, job);
        r.assertLogContains("task ‘step’", run);
        r.assertLogContains("evil.example.org/miner", run);
        assertThat(run.directory().record()).as("nothing was laid down").doesNotExist();
        assertThat(Files.exists(run.directory().journal())).isFalse();
    }

    private static ObjectMeta meta(String name, String owner, String run) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace("pipelines")
                .addToLabels(PodNames.MANAGED_BY, PodNames.MANAGER)
                .addToLabels(PodNames.OWNER, PodNames.label(owner))
                .addToAnnotations(PodNames.RUN_ID, run)
                .build();
    }

    /** Just enough of an API server to list and delete pods; every other list is empty. */
    private static final class Pods implements AutoCloseable {
        final List<Pod> pods = new CopyOnWriteArrayList<>();
        final HttpServer server;

        Pods() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::answer);
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        private void answer(HttpExchange exchange) throws IOException {
            String path = exchange.getRequestURI().getPath();
            Object body = new PodListBuilder().withItems(List.of()).build();
            if (exchange.getRequestMethod().equals("DELETE")) {
                pods.removeIf(pod -> path.endsWith("/pods/" + pod.getMetadata().getName()));
            } else if (path.endsWith("/namespaces/pipelines/pods")) {
                List<String> selector = List.of(String.valueOf(exchange.getRequestURI().getQuery()).replaceFirst("^.*labelSelector=", "").split(","));
                body = new PodListBuilder().withItems(pods.stream().filter(pod -> selector.stream().allMatch(label ->
                        label.equals(label.split("=")[0] + "=" + pod.getMetadata().getLabels().get(label.split("=")[0])))).toList()).build();
            }
            byte[] bytes = Serialization.asJson(body).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    @Test
    void podsOfNoRunAreSwept() throws Exception {
        try (Pods cluster = new Pods()) {
            cloud(cluster.url());
            String us = r.jenkins.getLegacyInstanceId();
            cluster.pods.add(new PodBuilder().withMetadata(meta("lost", us, "11111111-2222")).build());
            cluster.pods.add(new PodBuilder().withMetadata(meta("of-another-controller", "them", "11111111-2222")).build());
            assertThat(sweep()).contains("deleted pod/lost");
            assertThat(cluster.pods).extracting(pod -> pod.getMetadata().getName()).containsExactly("of-another-controller");
        }
    }

    /** A cluster that is away is one line in the log of the work. */
    @Test
    void aCloudThatIsAwayIsAskedAgainLater() throws Exception {
        cloud("http://127.0.0.1:1");
        assertThat(sweep()).contains("cloud ‘cluster’ cannot be swept: ").doesNotContain("\tat ");
    }

    private String sweep() throws IOException {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        r.jenkins.getExtensionList(CloudSweep.class).get(0).execute(new StreamTaskListener(log, StandardCharsets.UTF_8));
        return log.toString(StandardCharsets.UTF_8);
    }
}
