package io.jenkins.plugins.kubeflow.engine.store;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How an S3-compatible store is reached. Immutable; its text form holds no secret.
 *
 * @param endpoint the server, or null for that of Amazon in the region
 * @param pathStyle whether the bucket is the first part of the path; otherwise it is a part of the host's name
 * @param sessionToken of temporary credentials, or null
 * @param readable URIs at and below which artifacts may be read; empty for all that the credentials can reach
 */
public record S3Settings(
        URI endpoint, String region, boolean pathStyle, String accessKey, String secretKey, String sessionToken, List<String> readable) {

    public static final String DEFAULT_REGION = "us-east-1";

    /** @throws StoreException with a sentence that says what is missing or wrong */
    public static S3Settings of(
            String endpoint, String region, boolean pathStyle, String accessKey, String secretKey, String sessionToken, List<String> readable)
            throws StoreException {
        String where = region == null || region.isBlank() ? DEFAULT_REGION : region.trim();
        if (!where.matches("[A-Za-z0-9-]+")) {
            throw new StoreException("‘" + where + "’ is not the name of a region, such as eu-central-1", 400);
        }
        if (accessKey == null || accessKey.isBlank() || secretKey == null || secretKey.isBlank()) {
            throw new StoreException("the object store has no credentials: both an access key and a secret key are needed", 400);
        }
        for (String uri : readable) {
            ObjectUri.of(uri);
        }
        return new S3Settings(
                endpoint(endpoint), where, pathStyle, accessKey.trim(), secretKey.trim(),
                sessionToken == null || sessionToken.isBlank() ? null : sessionToken.trim(), List.copyOf(readable));
    }

    /** A host alone is https, as in KFP. */
    private static URI endpoint(String text) throws StoreException {
        if (text == null || text.isBlank()) {
            return null;
        }
        String full = text.trim().contains("://") ? text.trim() : "https://" + text.trim();
        try {
            URI uri = URI.create(full);
            boolean plain = uri.getRawQuery() == null && uri.getRawUserInfo() == null && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
            if (uri.getHost() != null && plain && List.of("http", "https").contains(uri.getScheme())) {
                return URI.create(uri.getScheme() + "://" + uri.getRawAuthority());
            }
        } catch (IllegalArgumentException notOne) {
            // said below
        }
        throw new StoreException("‘" + text + "’ is not an endpoint, such as https://minio.example.com:9000", 400);
    }

    /** Those of the standard variables of Amazon's tools; what is given wins. */
    public static S3Settings ofEnvironment(Map<String, String> environment, String endpoint, String region, boolean pathStyle) throws StoreException {
        return of(
                first(endpoint, environment.get("AWS_ENDPOINT_URL_S3"), environment.get("AWS_ENDPOINT_URL")),
                first(region, environment.get("AWS_REGION"), environment.get("AWS_DEFAULT_REGION")),
                pathStyle,
                environment.get("AWS_ACCESS_KEY_ID"),
                environment.get("AWS_SECRET_ACCESS_KEY"),
                environment.get("AWS_SESSION_TOKEN"),
                List.of());
    }

    private static String first(String... values) {
        for (String value : values) {
            if (value != null && !value.isBlank()) {
                return value;
            }
        }
        return null;
    }

    /** The same, with one more place that may be read; nothing changes where everything may be. */
    public S3Settings alsoReadable(String uri) {
        if (readable.isEmpty() || readable.contains(uri)) {
            return this;
        }
        List<String> more = new ArrayList<>(readable);
        more.add(uri);
        return new S3Settings(endpoint, region, pathStyle, accessKey, secretKey, sessionToken, List.copyOf(more));
    }

    /** The server's address with the bucket in it where that is the style. */
    String base(String bucket) {
        URI server = endpoint != null ? endpoint : URI.create("https://s3." + region + ".amazonaws.com");
        return server.getScheme() + "://" + (pathStyle ? "" : bucket + ".") + server.getRawAuthority();
    }

    String path(ObjectUri object) {
        return pathStyle ? "/" + object.bucket() + (object.key().isEmpty() ? "" : "/" + object.key()) : "/" + object.key();
    }

    @Override
    public String toString() {
        return "S3Settings[" + (endpoint == null ? "Amazon" : endpoint) + ", " + region + ", " + accessKey + "]";
    }
}
