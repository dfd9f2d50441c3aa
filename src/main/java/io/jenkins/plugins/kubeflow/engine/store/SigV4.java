package io.jenkins.plugins.kubeflow.engine.store;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Amazon's signature version 4 for S3: of a request's headers, or of a URL that whoever holds it may use for a while. Pure. */
final class SigV4 {
    static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final String region;
    private final S3Keys keys;

    SigV4(String region, S3Keys keys) {
        this.region = region;
        this.keys = keys;
    }

    /**
     * The headers to send, those given among them.
     *
     * @param path decoded, with a leading slash
     * @param payload SHA-256 of the body in hexadecimal digits
     */
    SortedMap<String, String> headers(
            String method, String host, String path, Map<String, String> query, Map<String, String> given, String payload, Instant at) {
        SortedMap<String, String> headers = new TreeMap<>();
        given.forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value.trim()));
        headers.put("host", host);
        headers.put("x-amz-date", TIME.format(at));
        headers.put("x-amz-content-sha256", payload);
        if (keys.sessionToken() != null) {
            headers.put("x-amz-security-token", keys.sessionToken());
        }
        String signed = String.join(";", headers.keySet());
        String signature = signature(method, path, query(new TreeMap<>(query)), headers, payload, at);
        headers.put(
                "authorization",
                ALGORITHM + " Credential=" + keys.accessKey() + "/" + scope(at) + ",SignedHeaders=" + signed + ",Signature=" + signature);
        return headers;
    }

    /** The whole query of a URL that needs no credentials, for a body of any content. */
    String presigned(String method, String host, String path, Map<String, String> query, long seconds, Instant at) {
        SortedMap<String, String> all = new TreeMap<>(query);
        all.put("X-Amz-Algorithm", ALGORITHM);
        all.put("X-Amz-Credential", keys.accessKey() + "/" + scope(at));
        all.put("X-Amz-Date", TIME.format(at));
        all.put("X-Amz-Expires", Long.toString(seconds));
        all.put("X-Amz-SignedHeaders", "host");
        if (keys.sessionToken() != null) {
            all.put("X-Amz-Security-Token", keys.sessionToken());
        }
        SortedMap<String, String> headers = new TreeMap<>(Map.of("host", host));
        return query(all) + "&X-Amz-Signature=" + signature(method, path, query(all), headers, "UNSIGNED-PAYLOAD", at);
    }

    private String signature(String method, String path, String query, SortedMap<String, String> headers, String payload, Instant at) {
        String canonical = method + "\n" + encode(path, true) + "\n" + query + "\n"
                + headers.entrySet().stream().map(h -> h.getKey() + ":" + h.getValue() + "\n").collect(Collectors.joining())
                + "\n" + String.join(";", headers.keySet()) + "\n" + payload;
        String text = ALGORITHM + "\n" + TIME.format(at) + "\n" + scope(at) + "\n" + sha256(canonical.getBytes(StandardCharsets.UTF_8));
        byte[] key = hmac(("AWS4" + keys.secretKey()).getBytes(StandardCharsets.UTF_8), day(at));
        for (String part : new String[] {region, "s3", "aws4_request", text}) {
            key = hmac(key, part);
        }
        return HexFormat.of().formatHex(key);
    }

    private String scope(Instant at) {
        return day(at) + "/" + region + "/s3/aws4_request";
    }

    static String time(Instant at) {
        return TIME.format(at);
    }

    private static String day(Instant at) {
        return TIME.format(at).substring(0, 8);
    }

    static String query(SortedMap<String, String> query) {
        return query.entrySet().stream()
                .map(entry -> encode(entry.getKey(), false) + "=" + encode(entry.getValue(), false))
                .collect(Collectors.joining("&"));
    }

    /** Everything but letters, digits and {@code -._~} is encoded; slashes stay in paths. */
    static String encode(String text, boolean path) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || "-._~".indexOf(c) >= 0 || path && c == '/';
            if (plain) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
