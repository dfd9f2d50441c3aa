package io.jenkins.plugins.kubeflow.engine.store;

import java.time.Instant;
import java.util.Map;

/** What signs requests to an object store. Immutable; its text form holds no secret. */
public sealed interface StoreKeys permits S3Keys, GoogleKey {
    /**
     * A request as it is to be sent.
     *
     * @param query encoded, without the question mark
     */
    record Signed(String query, Map<String, String> headers) {}

    /**
     * @param path decoded, with a leading slash
     * @param payload SHA-256 of the body in hexadecimal digits
     */
    Signed request(
            String region, String method, String host, String path, Map<String, String> query, Map<String, String> headers, String payload,
            Instant at);

    /** The whole query of a URL that needs no credentials, for a body of any content. */
    String url(String region, String method, String host, String path, Map<String, String> query, long seconds, Instant at);
}
