package io.jenkins.plugins.kubeflow.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Against a real S3-compatible server, which src/test/s3/run starts; there is a bucket ‘artifacts’ in it. */
@EnabledIfEnvironmentVariable(named = "KUBEFLOW_S3_ENDPOINT", matches = ".+", disabledReason = "no S3 server: see src/test/s3/run")
class S3StoreTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private final String root = "s3://artifacts/" + UUID.randomUUID();
    private S3Store store;

    private static S3Settings settings(String secret) throws StoreException {
        return S3Settings.of(
                System.getenv("KUBEFLOW_S3_ENDPOINT"), null, true, System.getenv("AWS_ACCESS_KEY_ID"), secret, null, List.of());
    }

    @BeforeEach
    void store() throws StoreException {
        store = new S3Store(settings(System.getenv("AWS_SECRET_ACCESS_KEY")));
    }

    private static HttpResponse<String> send(String method, String url, byte[] body) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(url)).method(method, HttpRequest.BodyPublishers.ofByteArray(body)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void put(String uri, String content) throws IOException, InterruptedException {
        assertThat(send("PUT", store.writeUrl(uri), content.getBytes(StandardCharsets.UTF_8)).statusCode()).isEqualTo(200);
    }

    private static String text(InputStream in) throws IOException {
        try (in) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void filesAreWrittenAndReadByUrlsThatNeedNoCredentials() throws Exception {
        for (String name : List.of("plain", "with space", "süß", "a+b&c=d", "semi;colon'quote", "deep/er/file.txt", "100%", "~tilde(1)*!")) {
            String uri = root + "/" + name;
            put(uri, "content of " + name);
            assertThat(send("GET", store.readUrl(uri), new byte[0]).body()).as(name).isEqualTo("content of " + name);
            assertThat(text(store.open(uri, Long.MAX_VALUE))).isEqualTo("content of " + name);
            assertThat(text(store.open(uri, 3))).isEqualTo("con");
            assertThat(store.find(uri)).isInstanceOf(ArtifactStore.File.class);
        }
    }

    @Test
    void anUrlIsForOneMethodAndOneObject() throws Exception {
        put(root + "/x", "x");
        String url = store.readUrl(root + "/x");
        assertThat(send("PUT", url, "y".getBytes(StandardCharsets.UTF_8)).statusCode()).isEqualTo(403);
        assertThat(send("GET", url.replace("/x?", "/y?"), new byte[0]).statusCode()).isEqualTo(403);
        assertThat(send("GET", url.substring(0, url.indexOf('?')), new byte[0]).statusCode()).isEqualTo(403);
    }

    @Test
    void identityIsTheContents() throws Exception {
        put(root + "/x", "one");
        ArtifactStore.File one = (ArtifactStore.File) store.find(root + "/x");
        put(root + "/x", "two");
        ArtifactStore.File two = (ArtifactStore.File) store.find(root + "/x");
        put(root + "/x", "one");
        assertThat(one.size()).isEqualTo(3);
        assertThat(one.identity()).isNotEmpty().isNotEqualTo(two.identity());
        assertThat(store.find(root + "/x")).isEqualTo(one);
        assertThat(store.find(root + "/other")).isNull();
    }

    @Test
    void aFolderIsWhatLiesBelowIt() throws Exception {
        for (int i = 0; i < 1005; i++) { // more than one page of a listing
            put(root + "/folder/" + i % 7 + "/" + i, Integer.toString(i));
        }
        put(root + "/folder-beside", "no part of it");
        ArtifactStore.Folder folder = (ArtifactStore.Folder) store.find(root + "/folder");
        assertThat(folder.entries()).hasSize(1005).extracting(ArtifactStore.Entry::name).contains("0/0", "3/1004").doesNotContain("beside");
        assertThat(folder.truncated()).isFalse();
        put(root + "/folder/0/0", "changed");
        assertThat(store.find(root + "/folder").identity()).isNotEqualTo(folder.identity());
    }

    @Test
    void largeFilesGoInParts() throws Exception {
        S3Upload upload = store.upload(root + "/large");
        byte[] first = new byte[5 << 20];
        first[0] = 'a';
        String one = send("PUT", upload.partUrl(1), first).headers().firstValue("etag").orElseThrow();
        String two = send("PUT", upload.partUrl(2), "end".getBytes(StandardCharsets.UTF_8)).headers().firstValue("etag").orElseThrow();
        assertThat(store.find(root + "/large")).isNull();
        upload.complete(List.of(one.replace("\"", ""), two.replace("\"", "")));
        assertThat(((ArtifactStore.File) store.find(root + "/large")).size()).isEqualTo((5 << 20) + 3);
        S3Upload given = store.upload(root + "/given-up");
        given.abort();
        assertThat(send("PUT", given.partUrl(1), first).statusCode()).isEqualTo(404);
    }

    @Test
    void anEmptyFileIsAFile() throws Exception {
        put(root + "/empty", "");
        assertThat(((ArtifactStore.File) store.find(root + "/empty")).size()).isZero();
        assertThat(text(store.open(root + "/empty", 100))).isEmpty();
    }

    @Test
    void refusalsSayWhatToDo() throws Exception {
        assertThatThrownBy(() -> new S3Store(settings("wrong")).open("s3://artifacts/x", 1))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("s3://artifacts/x")
                .hasMessageContaining("403 SignatureDoesNotMatch")
                .hasMessageContaining("access key");
        assertThatThrownBy(() -> store.find("s3://no-such-bucket-there/x")).hasMessageContaining("no bucket ‘no-such-bucket-there’");
        assertThatThrownBy(() -> store.open(root + "/nothing", 1)).hasMessageContaining("there is nothing at");
        S3Store away = new S3Store(S3Settings.of("http://127.0.0.1:1", null, true, "k", "s", null, List.of()));
        assertThatThrownBy(() -> away.find(root + "/x"))
                .hasMessageContaining("http://127.0.0.1:1 does not answer")
                .matches(e -> ((StoreException) e).mayPass());
    }
}
