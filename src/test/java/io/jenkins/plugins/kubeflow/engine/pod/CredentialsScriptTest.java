package io.jenkins.plugins.kubeflow.engine.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.kubeflow.engine.store.S3Keys;
import io.jenkins.plugins.kubeflow.engine.store.StoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that finds the credentials of a pod, in a shell of this machine, against what answers as Amazon's services are documented. */
class CredentialsScriptTest {
    private static final String JSON =
            "{\"Code\":\"Success\",\"AccessKeyId\":\"AK\",\"SecretAccessKey\":\"s3cret\",\"Token\":\"tok\",\"Expiration\":\"2030-01-01T00:00:00Z\"}";
    private static final S3Keys KEYS = new S3Keys("AK", "s3cret", "tok", Instant.parse("2030-01-01T00:00:00Z"));

    @TempDir
    Path directory;

    private final List<String> requests = new ArrayList<>();
    private final Map<String, String> answers = new HashMap<>();
    private int status = 200;
    private HttpServer server;
    private String url;

    @BeforeEach
    void serve() throws IOException, InterruptedException {
        assumeTrue(new ProcessBuilder("sh", "-c", "command -v curl").start().waitFor() == 0, "there is no curl");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getOrDefault("Authorization", List.of()) + exchange.getRequestHeaders()
                            .getOrDefault("X-aws-ec2-metadata-token", List.of()) + " " + body);
            byte[] answer = answers.getOrDefault(exchange.getRequestURI().toString(), "").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        url = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private S3Keys keys(String... environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", StepScript.CREDENTIALS, "sh", url).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.toLowerCase(java.util.Locale.ROOT).endsWith("_proxy"));
        for (int i = 0; i < environment.length; i += 2) {
            builder.environment().put(environment[i], environment[i + 1]);
        }
        Process process = builder.start();
        process.getOutputStream().close();
        return CredentialsAnswer.keys(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    private String token() throws IOException {
        return Files.writeString(directory.resolve("token"), "ey+J.a/b=").toString();
    }

    @Test
    void aWebIdentityIsExchanged() throws Exception {
        answers.put("/", "<AssumeRoleWithWebIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\n<Credentials>"
                + "<AccessKeyId>AK</AccessKeyId><SecretAccessKey>s3cret</SecretAccessKey><SessionToken>tok</SessionToken>"
                + "<Expiration>2030-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleWithWebIdentityResponse>");
        assertThat(keys("AWS_WEB_IDENTITY_TOKEN_FILE", token(), "AWS_ROLE_ARN", "arn:aws:iam::1:role/x")).isEqualTo(KEYS);
        assertThat(requests).singleElement().asString()
                .startsWith("POST / ")
                .contains("Action=AssumeRoleWithWebIdentity&Version=2011-06-15")
                .contains("WebIdentityToken=ey%2BJ.a%2Fb%3D")
                .contains("RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fx");
        answers.clear();
        status = 403;
        answers.put("/", "<ErrorResponse><Error><Code>AccessDenied</Code><Message>Not authorized to perform sts</Message></Error></ErrorResponse>");
        assertThatThrownBy(() -> keys("AWS_WEB_IDENTITY_TOKEN_FILE", token(), "AWS_ROLE_ARN", "x"))
                .hasMessage("the token service at " + url + " answered 403: AccessDenied: Not authorized to perform sts")
                .matches(e -> !((StoreException) e).mayPass());
    }

    @Test
    void anAgentIsAsked() throws Exception {
        answers.put("/v1/credentials", JSON);
        assertThat(keys("AWS_CONTAINER_CREDENTIALS_FULL_URI", url + "/v1/credentials", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", token()))
                .isEqualTo(KEYS);
        assertThat(requests).containsExactly("GET /v1/credentials [ey+J.a/b=][] ");
    }

    @Test
    void theNodeIsAsked() throws Exception {
        answers.put("/latest/api/token", "session");
        answers.put("/latest/meta-data/iam/security-credentials/", "node-role\n");
        answers.put("/latest/meta-data/iam/security-credentials/node-role", JSON);
        assertThat(keys("AWS_EC2_METADATA_SERVICE_ENDPOINT", url + "/")).isEqualTo(KEYS);
        assertThat(requests.get(2)).isEqualTo("GET /latest/meta-data/iam/security-credentials/node-role [][session] ");
    }

    @Test
    void itsEnvironmentCountsFirst() throws Exception {
        assertThat(keys("AWS_ACCESS_KEY_ID", "AK", "AWS_SECRET_ACCESS_KEY", "s3cret", "AWS_WEB_IDENTITY_TOKEN_FILE", "/no")).isEqualTo(
                new S3Keys("AK", "s3cret", null, null));
        assertThat(requests).isEmpty();
    }

    @Test
    void whoDoesNotAnswerIsNamed() throws Exception {
        server.stop(0);
        assertThatThrownBy(() -> keys("AWS_EC2_METADATA_SERVICE_ENDPOINT", url))
                .hasMessageContaining("the metadata service of the node at " + url + " does not answer")
                .matches(e -> ((StoreException) e).mayPass());
        assertThatThrownBy(() -> CredentialsAnswer.keys("no curl\n")).hasMessageContaining("has no curl");
        assertThatThrownBy(() -> CredentialsAnswer.keys("way x\n{\"a\": \"s3cret\"}\nstatus 200\n"))
                .hasMessage("x answered something else than credentials");
    }
}
