package io.jenkins.plugins.kubeflow.engine.store;

import java.net.URI;
import java.util.List;

/**
 * Where an object store is.
 *
 * @param endpoint the server, or null for that of Amazon in the region, and of Google for {@code gs://}
 * @param pathStyle whether the bucket is the first part of the path; otherwise it is a part of the host's name
 */
public record StoreAddress(URI endpoint, String region, boolean pathStyle) {
    public static final String DEFAULT_REGION = "us-east-1";
    private static final URI GOOGLE = URI.create("https://storage.googleapis.com");

    /** @throws StoreException with a sentence that says what is wrong */
    public static StoreAddress of(String endpoint, String region, boolean pathStyle) throws StoreException {
        return new StoreAddress(endpoint(endpoint), region(region), pathStyle);
    }

    static String region(String region) throws StoreException {
        String where = region == null || region.isBlank() ? DEFAULT_REGION : region.trim();
        if (!where.matches("[A-Za-z0-9-]+")) {
            throw new StoreException("‘" + where + "’ is not the name of a region, such as eu-central-1", 400);
        }
        return where;
    }

    /** A host alone is https, as in KFP. */
    static URI endpoint(String text) throws StoreException {
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

    /** The server's address with the bucket in it where that is the style. */
    String base(ObjectUri object) {
        URI server = endpoint != null ? endpoint
                : object.scheme().equals("gs") ? GOOGLE
                : URI.create("https://s3." + region + ".amazonaws.com");
        return server.getScheme() + "://" + (pathStyle ? "" : object.bucket() + ".") + server.getRawAuthority();
    }

    String path(ObjectUri object) {
        return pathStyle ? "/" + object.bucket() + (object.key().isEmpty() ? "" : "/" + object.key()) : "/" + object.key();
    }

    /** Who hands out temporary credentials: Amazon's token service in the region; other stores do it themselves. */
    public String tokenService() {
        String host = endpoint == null ? "amazonaws.com" : endpoint.getHost();
        if (host.endsWith("amazonaws.com") || host.endsWith("amazonaws.com.cn")) {
            return "https://sts." + region + ".amazonaws.com" + (host.endsWith(".cn") ? ".cn" : "");
        }
        return endpoint.toString();
    }

    @Override
    public String toString() {
        return (endpoint == null ? "Amazon" : endpoint) + ", " + region;
    }
}
