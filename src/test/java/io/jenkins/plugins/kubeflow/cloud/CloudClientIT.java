package io.jenkins.plugins.kubeflow.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.sun.net.httpserver.HttpServer;
import hudson.util.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesCloud;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The client lives as long as its cloud's settings; the credentials may change before. */
@WithJenkins
class CloudClientIT {
    private static void token(String text) throws Exception {
        var credentials = SystemCredentialsProvider.getInstance().getCredentials();
        credentials.clear();
        credentials.add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "token", "", Secret.fromString(text)));
        SystemCredentialsProvider.getInstance().save();
    }

    @Test
    void aTokenThatWasRenewedIsUsed(JenkinsRule r) throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] list = "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{},\"items\":[]}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, list.length);
            exchange.getResponseBody().write(list);
            exchange.close();
        });
        server.start();
        token("one");
        KubernetesCloud cloud = new KubernetesCloud("cluster");
        cloud.setServerUrl("http://127.0.0.1:" + server.getAddress().getPort());
        cloud.setCredentialsId("token");
        r.jenkins.clouds.add(cloud);
        try (KubernetesClient client = CloudClient.of(cloud, Duration.ZERO)) {
            client.pods().inNamespace("n").list();
            token("two");
            client.pods().inNamespace("n").list();
            assertThat(asked).containsExactly("Bearer one", "Bearer two");
        } finally {
            server.stop(0);
        }
    }
}
