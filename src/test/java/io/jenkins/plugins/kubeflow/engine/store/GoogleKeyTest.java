package io.jenkins.plugins.kubeflow.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is signed is what Google's conformance tests of signed URLs say (googleapis/conformance-tests, storage/v1), by a key of our own. */
class GoogleKeyTest {
    private static final String EMAIL = "test-iam-credentials@dummy-project-id.iam.gserviceaccount.com";
    private static KeyPair pair;
    private static String json;

    @BeforeAll
    static void makeKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        pair = generator.generateKeyPair();
        String pem = "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        json = new ObjectMapper().writeValueAsString(Map.of("type", "service_account", "client_email", EMAIL, "private_key", pem));
    }

    @ParameterizedTest
    @CsvSource({
        "2019-02-01T09:00:00Z, 10, 20190201, 00e2fb794ea93d7adb703edaebdd509821fcc7d4f1a79ac5c8d2b394df109320",
        "2019-03-01T09:00:00Z, 20, 20190301, 779f19fdb6fd381390e2d5af04947cf21750277ee3c20e0c97b7e46a1dff8907",
    })
    void aUrlIsSignedAsGoogleSays(Instant at, long seconds, String day, String request) throws Exception {
        String query = GoogleKey.of(json).url("us-east-1", "GET", "storage.googleapis.com", "/test-bucket/test-object", Map.of(), seconds, at);
        String signature = "&X-Goog-Signature=";
        assertThat(query.substring(0, query.indexOf(signature))).isEqualTo(
                "X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Credential=test-iam-credentials%40dummy-project-id.iam.gserviceaccount.com%2F" + day
                        + "%2Fauto%2Fstorage%2Fgoog4_request&X-Goog-Date=" + day + "T090000Z&X-Goog-Expires=" + seconds + "&X-Goog-SignedHeaders=host");
        Signature check = Signature.getInstance("SHA256withRSA");
        check.initVerify(pair.getPublic());
        check.update(("GOOG4-RSA-SHA256\n" + day + "T090000Z\n" + day + "/auto/storage/goog4_request\n" + request).getBytes(StandardCharsets.UTF_8));
        assertThat(check.verify(HexFormat.of().parseHex(query.substring(query.indexOf(signature) + signature.length())))).isTrue();
    }

    /** No header says who asks: the URL does. */
    @Test
    void everyRequestGoesByASignedUrl() throws Exception {
        AtomicReference<String> asked = new AtomicReference<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.set(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + exchange.getRequestHeaders().get("Authorization")
                    + exchange.getRequestHeaders().get("Range"));
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("ab".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        try {
            StoreAddress address = StoreAddress.of("http://127.0.0.1:" + server.getAddress().getPort(), null, true);
            S3Store store = new S3Store(S3Settings.of(address, StoreCredentials.of(GoogleKey.of(json)), List.of("gs://bucket")));
            try (InputStream in = store.open("gs://bucket/a b", 2)) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("ab");
            }
            assertThat(asked.get()).startsWith("GET /bucket/a%20b?X-Goog-Algorithm=GOOG4-RSA-SHA256&").endsWith(" null[bytes=0-1]");
            assertThat(store.writeUrl("gs://bucket/x")).contains("/bucket/x?X-Goog-Algorithm").contains("X-Goog-Signature=");
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "no json", "{\"client_email\": \"x\"}", "{\"client_email\": \"x\", \"private_key\": \"secret\"}"})
    void whatIsNoKeyIsRefusedWithoutItsContent(String text) {
        assertThatThrownBy(() -> GoogleKey.of(text)).isInstanceOf(StoreException.class).hasMessageContaining("JSON").hasMessageNotContaining("secret");
    }

    @Test
    void itsTextHoldsNoSecret() throws StoreException {
        assertThat(GoogleKey.of(json).toString()).isEqualTo("GoogleKey[" + EMAIL + "]");
    }
}
