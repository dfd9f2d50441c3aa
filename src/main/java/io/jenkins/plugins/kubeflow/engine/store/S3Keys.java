package io.jenkins.plugins.kubeflow.engine.store;

import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Keys of Amazon's kind, which the other S3-compatible stores have too.
 *
 * @param sessionToken of temporary credentials, or null
 * @param expires when they end, or null
 */
public record S3Keys(String accessKey, String secretKey, String sessionToken, Instant expires) implements StoreKeys {
    /** @throws StoreException when one of the two is missing */
    public static S3Keys of(String accessKey, String secretKey, String sessionToken) throws StoreException {
        if (accessKey == null || accessKey.isBlank() || secretKey == null || secretKey.isBlank()) {
            throw new StoreException("the object store has no credentials: both an access key and a secret key are needed", 400);
        }
        return new S3Keys(
                accessKey.trim(), secretKey.trim(), sessionToken == null || sessionToken.isBlank() ? null : sessionToken.trim(), null);
    }

    @Override
    public Signed request(
            String region, String method, String host, String path, Map<String, String> query, Map<String, String> headers, String payload,
            Instant at) {
        SortedMap<String, String> signed = new SigV4(region, this).headers(method, host, path, query, headers, payload, at);
        return new Signed(SigV4.query(new TreeMap<>(query)), signed);
    }

    @Override
    public String url(String region, String method, String host, String path, Map<String, String> query, long seconds, Instant at) {
        return new SigV4(region, this).presigned(method, host, path, query, seconds, at);
    }

    @Override
    public String toString() {
        return "S3Keys[" + accessKey + (expires == null ? "" : ", until " + expires) + "]";
    }
}
