package io.jenkins.plugins.kubeflow.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3SettingsTest {
    private static S3Settings settings(String endpoint, boolean pathStyle) throws StoreException {
        return S3Settings.of(endpoint, null, pathStyle, "key", "secret", null, List.of());
    }

    @ParameterizedTest
    @CsvSource({
        ", true, https://s3.us-east-1.amazonaws.com, /bucket/a/b",
        ", false, https://bucket.s3.us-east-1.amazonaws.com, /a/b",
        "minio.kubeflow:9000, true, https://minio.kubeflow:9000, /bucket/a/b",
        "http://10.0.0.1:9000/, true, http://10.0.0.1:9000, /bucket/a/b",
        "https://s3.example.com, false, https://bucket.s3.example.com, /a/b",
    })
    void whereAnObjectIs(String endpoint, boolean pathStyle, String base, String path) throws StoreException {
        S3Settings settings = settings(endpoint, pathStyle);
        ObjectUri object = ObjectUri.of("s3://bucket/a/b/");
        assertThat(settings.address(object).base(object)).isEqualTo(base);
        assertThat(settings.address(object).path(object)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://x", "http://a b", "http://x/path", "http://user@x", "http://x?q", "://"})
    void anEndpointThatIsNone(String endpoint) {
        assertThatThrownBy(() -> settings(endpoint, true)).isInstanceOf(StoreException.class).hasMessageContaining("is not an endpoint");
    }

    @Test
    void credentialsComeFromTheStandardVariables() throws StoreException {
        Map<String, String> environment = Map.of(
                "AWS_ACCESS_KEY_ID", "a", "AWS_SECRET_ACCESS_KEY", "geheim", "AWS_SESSION_TOKEN", "t", "AWS_DEFAULT_REGION", "eu-west-1",
                "AWS_ENDPOINT_URL", "http://store:1");
        StoreKeys keys = S3Settings.keys(environment);
        assertThat(keys).isEqualTo(new S3Keys("a", "geheim", "t", null));
        assertThat(keys.toString()).doesNotContain("geheim");
        assertThat(S3Settings.address(environment, null, null, true)).isEqualTo(StoreAddress.of("http://store:1", "eu-west-1", true));
        assertThat(S3Settings.address(environment, "http://other:2", "eu-north-1", true)).isEqualTo(StoreAddress.of("http://other:2", "eu-north-1", true));
        assertThatThrownBy(() -> S3Settings.keys(Map.of())).hasMessageContaining("has no credentials");
        assertThatThrownBy(() -> S3Settings.keys(Map.of("GOOGLE_APPLICATION_CREDENTIALS", "/no/file"))).hasMessageContaining("‘/no/file’ cannot be read");
    }

    @ParameterizedTest
    @CsvSource({
        ", eu-west-1, https://sts.eu-west-1.amazonaws.com",
        "https://s3.cn-north-1.amazonaws.com.cn, cn-north-1, https://sts.cn-north-1.amazonaws.com.cn",
        "http://minio:9000, us-east-1, http://minio:9000",
    })
    void whoExchangesTokens(String endpoint, String region, String service) throws StoreException {
        assertThat(StoreAddress.of(endpoint, region, true).tokenService()).isEqualTo(service);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://", "s3:///key", "s3://b/..", "s3://bucket/a/../b", "s3://bucket/a//b", "s3://bucket/./a", "s3://bucket/a\nb",
        "s3://buck et/a", "s3://user@bucket/a", "az://bucket/a", "s3://bucket?region=x"})
    void whatIsNoObject(String uri) {
        assertThatThrownBy(() -> ObjectUri.of(uri)).isInstanceOf(StoreException.class).hasMessageContaining("‘" + uri.substring(0, 2));
    }

    @Test
    void onlyWhatIsReadableIsRead() throws StoreException {
        S3Store store = new S3Store(S3Settings.of("http://127.0.0.1:1", null, true, "k", "s", null, List.of("s3://ours/root")));
        assertThat(store.readUrl("s3://ours/root/x")).startsWith("http://127.0.0.1:1/ours/root/x?X-Amz-Algorithm");
        assertThat(store.readUrl("minio://ours/root")).contains("/ours/root?");
        for (String foreign : List.of("s3://ours/rooter", "s3://ours", "s3://theirs/root/x")) {
            assertThatThrownBy(() -> store.readUrl(foreign)).hasMessageContaining("may not be read").hasMessageContaining("s3://ours/root");
            assertThatThrownBy(() -> store.find(foreign)).hasMessageContaining("may not be read");
            assertThatThrownBy(() -> store.open(foreign, 1)).hasMessageContaining("may not be read");
        }
        assertThatThrownBy(() -> store.readUrl("gs://ours/root/x")).as("the same name at Google").hasMessageContaining("may not be read");
    }

    @Test
    void namesInAFolderStayInIt() throws StoreException {
        assertThat(S3Store.child("s3://b2c/x", "a/b c")).isEqualTo("s3://b2c/x/a/b c");
        assertThatThrownBy(() -> S3Store.child("s3://b2c/x", "../y")).isInstanceOf(StoreException.class);
    }
}
