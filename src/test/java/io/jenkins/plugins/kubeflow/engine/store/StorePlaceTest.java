package io.jenkins.plugins.kubeflow.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pipeline roots with settings in their query, as KFP takes them. */
class StorePlaceTest {
    @ParameterizedTest
    @CsvSource({
        "s3://bucket/x, https://store, eu-north-1, true",
        "s3://bucket/x?region=eu-west-1, https://store, eu-west-1, true",
        "s3://bucket/x?region=us-west-2&endpoint=minio:9000&disableSSL=true&s3ForcePathStyle=true, http://minio:9000, us-west-2, true",
        "minio://bucket?endpoint=minio.kubeflow:9000, https://minio.kubeflow:9000, eu-north-1, true",
        "minio://bucket?endpoint=http%3A%2F%2Fminio%3A9000&awssdk=v2&use_path_style=false, http://minio:9000, eu-north-1, false",
        "s3://bucket?s3ForcePathStyle=false, https://store, eu-north-1, false",
    })
    void theQuerySaysWhereTheStoreIs(String root, String endpoint, String region, boolean pathStyle) throws StoreException {
        StorePlace place = StorePlace.of(root);
        StoreAddress address = place.address(StoreAddress.of("https://store", "eu-north-1", true));
        assertThat(address).isEqualTo(StoreAddress.of(endpoint, region, pathStyle));
        assertThat(place.toString()).as("URIs of artifacts have no query").doesNotContain("?").startsWith(place.uri().scheme() + "://bucket");
    }

    @ParameterizedTest
    @CsvSource({
        "s3://bucket?profile=x, ‘profile’ is not understood; a pipeline root may say region",
        "s3://bucket?region=a b, is not the name of a region",
        "s3://bucket?endpoint=ftp://x, is not an endpoint",
        "s3://bucket?endpoint=%zz, its query cannot be read",
        "s3://bucket/../x?region=r, has an empty part",
        "file:///x?region=r, is not of the form",
    })
    void whatIsNotUnderstoodIsRefused(String root, String sentence) {
        assertThatThrownBy(() -> StorePlace.of(root)).isInstanceOf(StoreException.class).hasMessageContaining(sentence);
    }

    @Test
    void theInnermostPlaceCounts() throws StoreException {
        S3Settings settings = S3Settings.of(
                StoreAddress.of("http://store", "a", true), StoreCredentials.of(S3Keys.of("k", "s", null)),
                List.of("s3://bucket?region=b", "s3://bucket/deep/er?endpoint=http://other", "s3://bucket/deep?region=c", "gs://bucket"));
        S3Store store = new S3Store(settings);
        assertThat(store.readUrl("s3://bucket/x")).startsWith("http://store/bucket/x?").contains("%2Fb%2Fs3%2Faws4_request");
        assertThat(store.readUrl("minio://bucket/deep/x")).startsWith("http://store/bucket/deep/x?").contains("%2Fc%2Fs3%2F");
        assertThat(store.readUrl("s3://bucket/deep/er/x")).startsWith("http://other/bucket/deep/er/x?").contains("%2Fa%2Fs3%2F");
        assertThatThrownBy(() -> store.readUrl("s3://buckets/x")).hasMessageContaining("not below s3://bucket or s3://bucket/deep/er or");
    }

    @Test
    void googleIsWhereGoogleIs() throws StoreException {
        S3Settings settings = S3Settings.of(null, null, true, "hmac", "s", null, List.of());
        assertThat(new S3Store(settings).readUrl("gs://bucket/x")).startsWith("https://storage.googleapis.com/bucket/x?X-Amz-Algorithm");
        assertThat(new S3Store(settings).readUrl("s3://bucket/x")).startsWith("https://s3.us-east-1.amazonaws.com/bucket/x?");
    }
}
