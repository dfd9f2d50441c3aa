package io.jenkins.plugins.kubeflow.engine.store;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A bucket, or what lies below a key of it, with what the query of its URI says of the store, in the words of KFP's pipeline roots:
 * {@code s3://bucket/prefix?region=eu-central-1&endpoint=minio:9000&disableSSL=true&s3ForcePathStyle=true}. The query is no part of the
 * URIs of artifacts.
 *
 * @param endpoint in place of the store's, or null
 * @param region in place of the store's, or null
 * @param pathStyle in place of the store's, or null
 */
public record StorePlace(ObjectUri uri, URI endpoint, String region, Boolean pathStyle) {
    private static final String WORDS = "region, endpoint, disableSSL, s3ForcePathStyle";

    /** @throws StoreException when it is no place in an object store, or says of it what is not understood */
    public static StorePlace of(String text) throws StoreException {
        int mark = text.indexOf('?');
        ObjectUri uri = ObjectUri.of(mark < 0 ? text : text.substring(0, mark));
        Map<String, String> query = query(text, mark < 0 ? "" : text.substring(mark + 1));
        String endpoint = query.remove("endpoint");
        boolean plain = isTrue(query.remove("disableSSL")) | isTrue(query.remove("disable_https"));
        String region = query.remove("region");
        String style = query.remove("s3ForcePathStyle");
        String other = query.remove("use_path_style");
        query.remove("awssdk"); // which library KFP should take
        query.remove("hostname_immutable");
        if (!query.isEmpty()) {
            throw new StoreException("‘" + text + "’: ‘" + query.keySet().iterator().next() + "’ is not understood; a pipeline root may say "
                    + WORDS, 400);
        }
        if (endpoint != null && plain && !endpoint.contains("://")) {
            endpoint = "http://" + endpoint;
        }
        return new StorePlace(
                uri, StoreAddress.endpoint(endpoint), region == null ? null : StoreAddress.region(region),
                style == null && other == null ? null : Boolean.valueOf(isTrue(style) || isTrue(other)));
    }

    private static Map<String, String> query(String text, String query) throws StoreException {
        Map<String, String> words = new LinkedHashMap<>();
        for (String part : query.isEmpty() ? new String[0] : query.split("&")) {
            int equals = part.indexOf('=');
            try {
                words.put(equals < 0 ? part : part.substring(0, equals),
                        equals < 0 ? "" : URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                throw new StoreException("‘" + text + "’: its query cannot be read: " + e.getMessage(), 400);
            }
        }
        return words;
    }

    private static boolean isTrue(String value) {
        return value != null && (value.equals("1") || value.equalsIgnoreCase("true") || value.equals("t"));
    }

    /** The store's address as it is here. */
    public StoreAddress address(StoreAddress store) {
        return new StoreAddress(
                endpoint != null ? endpoint : store.endpoint(), region != null ? region : store.region(),
                pathStyle != null ? pathStyle : store.pathStyle());
    }

    /** Whether the other place is this one or lies below it. */
    public boolean covers(ObjectUri other) {
        return uri.covers(other);
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
